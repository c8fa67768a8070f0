import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { labels } from '../platform/labels';
import { invalid, Page, redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { limitForm, type LimitForm } from './limit-form';
import { ProcedurePageService } from './procedure-page.service';

const listQuery = z.object({ tim: z.string().trim().max(120).optional().catch(undefined) });
const place = { nav: '/quan-tri', subnav: '/quan-tri/thu-tuc' };

@Controller('quan-tri/thu-tuc')
@Roles('administrator')
export class ProcedureController {
  constructor(private readonly procedures: ProcedurePageService) {}

  @Get()
  @Page('cases/procedures', { title: 'Thủ tục', ...place })
  list(@CurrentReader() reader: Reader, @Query({ schema: listQuery }) { tim }: z.infer<typeof listQuery>) {
    return this.procedures.list(reader, tim || null);
  }

  @Get(':ma')
  @Page('cases/procedure', { title: 'Thủ tục', ...place })
  page(@CurrentReader() reader: Reader, @Param('ma') slug: string) {
    return this.procedures.page(reader, slug);
  }

  @Post(':ma')
  @Page('cases/procedure', { title: 'Thủ tục', ...place })
  async set(
    @CurrentReader() reader: Reader,
    @Param('ma') slug: string,
    @Body({ schema: limitForm }) form: LimitForm,
  ) {
    const answer = await this.procedures.set(reader, slug, form);
    if (answer.kind === 'refused')
      return invalid(await this.procedures.page(reader, slug, form), answer.faults);
    if (answer.kind === 'shown') return answer.model;
    return redirect('/quan-tri/thu-tuc', labels.limitSaved(answer.changed));
  }
}
