import { Body, Controller, Get, HttpCode, Post, Query, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { XLSX } from '../documents/sheet-cell';
import { Page } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { CaseListWriter } from './case-list.writer';
import { queueQuery, type QueueQuery } from './queue-query';
import { QueueService } from './queue.service';

const codes = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((v) => (v === undefined ? [] : [v].flat()));
const bulk = z.object({ viec: z.enum(['xuat', 'xuat-het']), ho_so: codes });

@Controller('hang-viec')
@Roles('officer', 'supervisor')
export class QueueController {
  constructor(
    private readonly queue: QueueService,
    private readonly writer: CaseListWriter,
  ) {}

  @Get()
  @Page('cases/queue', { title: 'Hàng việc', nav: '/hang-viec', pageClass: 'p-queue' })
  page(@CurrentReader() reader: Reader, @Query({ schema: queueQuery }) query: QueueQuery) {
    return this.queue.page(reader, query);
  }

  @Get('ban-in')
  @Page('cases/queue-print', { title: 'Hàng việc', nav: '/hang-viec', pageClass: 'p-queue' })
  print(@CurrentReader() reader: Reader, @Query({ schema: queueQuery }) query: QueueQuery) {
    return this.queue.printed(reader, query);
  }

  /** The picked cases, or with 'xuat-het' everything the filter shows, as a workbook. */
  @Post('thao-tac')
  @HttpCode(200)
  async bulk(
    @CurrentReader() reader: Reader,
    @Query({ schema: queueQuery }) query: QueueQuery,
    @Body({ schema: bulk }) { viec, ho_so }: z.infer<typeof bulk>,
  ): Promise<StreamableFile> {
    const rows = await this.queue.exported(reader, query, viec === 'xuat' ? ho_so : []);
    const { file, name } = await this.writer.workbook(rows);
    return new StreamableFile(file, { type: XLSX, disposition: `attachment; filename="${name}"` });
  }
}
