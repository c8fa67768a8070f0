import { Controller, Get, Param, StreamableFile } from '@nestjs/common';
import { XLSX } from '../documents/sheet-cell';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { FaultyRows } from './faulty-rows.service';
import { importReach } from './import-reach';
import { faultyRowsName } from './import-words';
import { RunId } from './run-id';
import { RunLog } from './run-log.service';
import { SampleListWriter } from './sample-list.writer';

/** Workbooks of the import pages. */
@Controller('quan-tri/nhap-ho-so')
@Roles('administrator')
export class ImportFilesController {
  constructor(
    private readonly runs: RunLog,
    private readonly faulty: FaultyRows,
    private readonly sample: SampleListWriter,
  ) {}

  @Get('tep-mau.xlsx')
  async sampleList(): Promise<StreamableFile> {
    return attached(await this.sample.workbook(), 'tep-mau-ho-so.xlsx');
  }

  @Get(':lan/loi.xlsx')
  async faultyRows(
    @Param('lan', RunId) id: number,
    @CurrentReader() reader: Reader,
  ): Promise<StreamableFile> {
    const run = await this.runs.detail(id, importReach(reader));
    return attached(await this.faulty.workbook(run), faultyRowsName(run.fileName));
  }
}

/** The name may hold any letter: browsers read the second form, the first is for those that do not. */
const attached = (file: Buffer, name: string): StreamableFile =>
  new StreamableFile(file, {
    type: XLSX,
    disposition: `attachment; filename="${name.replace(/[^\w. -]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name)}`,
  });
