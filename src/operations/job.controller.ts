import { Controller, Get, Header, Param, Post } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { Page, redirect } from '../web/page';
import { HTML } from '../web/page.interceptor';
import { PageRenderer } from '../web/page-renderer';
import { CurrentReader, Roles, Unattended, type Reader } from '../web/reader';
import { JobPages } from './job-pages.service';

const JOBS = '/quan-tri/cong-viec';

/** Work that runs in the background: what failed, what waits, what comes when. */
@Controller('quan-tri/cong-viec')
@Roles('administrator')
export class JobController {
  constructor(
    private readonly pages: JobPages,
    private readonly renderer: PageRenderer,
  ) {}

  @Get()
  @Page('operations/jobs', { title: 'Công việc nền', nav: '/quan-tri', subnav: JOBS })
  list() {
    return this.pages.list();
  }

  @Get('so-viec')
  @Unattended()
  @Header('content-type', HTML)
  async counts(): Promise<string> {
    return this.renderer.fragment('operations/counts', { counts: await this.pages.counts() });
  }

  @Post('chay-lai')
  async retryAll(@CurrentReader() reader: Reader) {
    const count = await this.pages.retryAll(actorOf(reader));
    return redirect(JOBS, `Đã cho ${count} công việc chạy lại.`);
  }

  @Post(':hang/:id/chay-lai')
  async retry(@CurrentReader() reader: Reader, @Param('hang') queue: string, @Param('id') id: string) {
    const name = await this.pages.retry(actorOf(reader), queue, id);
    return redirect(JOBS, `Đã cho chạy lại: ${name}.`);
  }
}
