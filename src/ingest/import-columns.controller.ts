import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { invalid, Page, redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { IMPORTS, runHref } from './import-address';
import { ImportColumnsPage } from './import-columns-page';
import { ImportColumns } from './import-columns.service';
import { importNotices } from './import-words';
import { RunId } from './run-id';

const place = { title: 'Chỉ cột thủ công', nav: '/quan-tri', subnav: IMPORTS };
const form = z.record(z.string().max(20), z.string().max(60));

/** What the columns of a file hold, told by a person. */
@Controller('quan-tri/nhap-ho-so/:lan/cot')
@Roles('administrator')
export class ImportColumnsController {
  constructor(
    private readonly page: ImportColumnsPage,
    private readonly columns: ImportColumns,
  ) {}

  @Get()
  @Page('ingest/columns', place)
  async show(@Param('lan', RunId) id: number, @CurrentReader() reader: Reader) {
    return this.page.model(await this.page.run(reader, id));
  }

  @Post()
  @Page('ingest/columns', place)
  async choose(
    @Param('lan', RunId) id: number,
    @CurrentReader() reader: Reader,
    @Body({ schema: form }) chosen: z.infer<typeof form>,
  ) {
    const run = await this.page.run(reader, id);
    const { fields, faults } = this.page.read(run, chosen);
    if (faults.length > 0) return invalid(this.page.model(run, fields), faults);
    await this.columns.choose(reader, run, fields);
    return redirect(runHref(id), importNotices.mapped);
  }
}
