import { Controller, Get, Param, Query } from '@nestjs/common';
import { z } from 'zod';
import { Page } from '../web/page';
import { CurrentReader, SignedIn, type Reader } from '../web/reader';
import { CaseListService } from './case-list.service';
import { CaseService } from './case.service';

const listQuery = z.object({
  tim: z.string().trim().max(120).optional().catch(undefined),
  cho: z.literal('tiep-nhan').optional().catch(undefined),
  trang: z.coerce.number().int().min(1).max(10_000).catch(1),
});

@Controller('ho-so')
@SignedIn()
export class CaseController {
  constructor(
    private readonly cases: CaseService,
    private readonly lists: CaseListService,
  ) {}

  @Get()
  @Page('cases/list', { title: 'Hồ sơ', nav: '/ho-so' })
  list(@CurrentReader() reader: Reader, @Query({ schema: listQuery }) query: z.infer<typeof listQuery>) {
    const search = { text: query.tim || null, awaiting: query.cho !== undefined };
    return this.lists.list(reader, search, query.trang);
  }

  @Get(':ma')
  @Page('cases/case', { title: 'Hồ sơ', nav: '/ho-so' })
  page(@CurrentReader() reader: Reader, @Param('ma') code: string) {
    return this.cases.page(reader, code);
  }
}
