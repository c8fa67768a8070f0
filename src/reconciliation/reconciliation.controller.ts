import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { XLSX } from '../documents/sheet-cell';
import { Page } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { reconciliationQuery, type Asked } from './reconciliation-query';
import { ReconciliationService } from './reconciliation.service';
import { ReconciliationWriter } from './reconciliation.writer';

/** Suspected false overdue and promises that differ from the calendar, by cause. */
@Controller()
@Roles('officer', 'supervisor', 'administrator')
export class ReconciliationController {
  constructor(
    private readonly reconciliation: ReconciliationService,
    private readonly writer: ReconciliationWriter,
  ) {}

  @Get('doi-soat')
  @Page('reconciliation/list', {
    title: 'Đối soát quá hạn',
    nav: '/dieu-hanh',
    subnav: '/doi-soat',
    pageClass: 'p-recon',
  })
  page(@CurrentReader() reader: Reader, @Query({ schema: reconciliationQuery }) asked: Asked) {
    return this.reconciliation.page(reader, asked);
  }

  /** Everything the filter shows. */
  @Get('doi-soat.xlsx')
  async workbook(
    @CurrentReader() reader: Reader,
    @Query({ schema: reconciliationQuery }) asked: Asked,
  ): Promise<StreamableFile> {
    const { name, file } = await this.writer.workbook(await this.reconciliation.exported(reader, asked));
    return new StreamableFile(file, { type: XLSX, disposition: `attachment; filename="${name}"` });
  }
}
