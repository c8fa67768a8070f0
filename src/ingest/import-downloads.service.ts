import { Injectable, StreamableFile } from '@nestjs/common';
import { XLSX } from '../documents/sheet-cell';
import type { Reader } from '../web/reader';
import { FaultyRows } from './faulty-rows.service';
import { importReach } from './import-reach';
import { faultyRowsName } from './import-words';
import { RunLog } from './run-log.service';
import { SampleListWriter } from './sample-list.writer';

/** Workbooks of imports, to be saved by a browser or a program. */
@Injectable()
export class ImportDownloads {
  constructor(
    private readonly runs: RunLog,
    private readonly faulty: FaultyRows,
    private readonly sample: SampleListWriter,
  ) {}

  async sampleList(): Promise<StreamableFile> {
    return attached(await this.sample.workbook(), 'tep-mau-ho-so.xlsx');
  }

  /** @throws AppError IMPORT_NOT_FOUND, FILE_MISSING */
  async faultyRows(reader: Reader, id: number): Promise<StreamableFile> {
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
