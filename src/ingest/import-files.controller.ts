import { Controller, Get, Param, type StreamableFile } from '@nestjs/common';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { ImportDownloads } from './import-downloads.service';
import { RunId } from './run-id';

/** Workbooks of the import pages. */
@Controller('quan-tri/nhap-ho-so')
@Roles('administrator')
export class ImportFilesController {
  constructor(private readonly downloads: ImportDownloads) {}

  @Get('tep-mau.xlsx')
  sampleList(): Promise<StreamableFile> {
    return this.downloads.sampleList();
  }

  @Get(':lan/loi.xlsx')
  faultyRows(@Param('lan', RunId) id: number, @CurrentReader() reader: Reader): Promise<StreamableFile> {
    return this.downloads.faultyRows(reader, id);
  }
}
