import { Controller, Get, Param, ParseIntPipe, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { labels } from '../platform/labels';
import { Page, redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { DEADLINE_CHECKS, DeadlineCheckPages, DeadlineRebuild } from './deadline-check-pages.service';

const place = { title: 'Đối chiếu hạn', nav: '/quan-tri', subnav: DEADLINE_CHECKS };
const paging = z.object({ trang: z.coerce.number().int().min(1).max(1_000).catch(1) });

/** Whether every stored deadline is what would be computed now. */
@Controller('quan-tri/doi-chieu')
@Roles('administrator')
export class DeadlineCheckController {
  constructor(
    private readonly pages: DeadlineCheckPages,
    private readonly rebuild: DeadlineRebuild,
  ) {}

  @Get()
  @Page('cases/deadline-checks', place)
  list() {
    return this.pages.list();
  }

  @Post()
  async check() {
    await this.rebuild.verify();
    return redirect(DEADLINE_CHECKS, labels.deadlineCheckQueued);
  }

  @Post('tinh-lai')
  async recompute(@CurrentReader() reader: Reader) {
    return redirect(DEADLINE_CHECKS, labels.deadlinesRebuilt(await this.rebuild.run(reader)));
  }

  @Get(':so')
  @Page('cases/deadline-check', place)
  one(
    @CurrentReader() reader: Reader,
    @Param('so', ParseIntPipe) id: number,
    @Query({ schema: paging }) { trang }: z.infer<typeof paging>,
  ) {
    return this.pages.one(reader, id, trang);
  }
}
