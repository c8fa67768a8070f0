import { Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf } from '../audit/actor';
import { AppError } from '../platform/errors';
import { invalid, Page, redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { ImportPages } from './import-pages';
import { IngestService } from './ingest.service';
import { Upload } from './upload';

const ADDRESS = '/quan-tri/nhap-ho-so';
const place = { title: 'Nhập hồ sơ', nav: '/quan-tri', subnav: ADDRESS };
const paging = z.object({ trang: z.coerce.number().int().min(1).max(100_000).catch(1) });
const UPLOAD_FAULTS = ['UPLOAD_MISSING', 'UPLOAD_TOO_LARGE'];

@Controller('quan-tri/nhap-ho-so')
@Roles('administrator')
export class ImportController {
  constructor(
    private readonly ingest: IngestService,
    private readonly upload: Upload,
    private readonly pages: ImportPages,
  ) {}

  @Get()
  @Page('ingest/imports', place)
  list(@CurrentReader() reader: Reader, @Query({ schema: paging }) { trang }: z.infer<typeof paging>) {
    return this.pages.history(reader, trang);
  }

  @Post()
  @Page('ingest/imports', place)
  async send(@Req() request: FastifyRequest, @CurrentReader() reader: Reader) {
    try {
      const { runId } = await this.upload.receive(request, (file) =>
        this.ingest.importFile({
          ...file,
          ...actorOf(reader),
          channel: 'page',
          unitId: onlyOf(reader.communeIds),
        }),
      );
      return redirect(`${ADDRESS}/${runId}`);
    } catch (e) {
      if (!(e instanceof AppError) || !UPLOAD_FAULTS.includes(e.code)) throw e;
      return invalid(await this.pages.history(reader, 1), [
        { field: 'tep', text: `${e.message} ${e.remedy}` },
      ]);
    }
  }

  @Get(':lan')
  @Page('ingest/import', place)
  result(
    @Param('lan') id: string,
    @CurrentReader() reader: Reader,
    @Query({ schema: paging }) { trang }: z.infer<typeof paging>,
  ) {
    if (!/^\d{1,9}$/.test(id)) throw new AppError('IMPORT_NOT_FOUND', { id });
    return this.pages.run(reader, Number(id), trang);
  }
}

const onlyOf = (ids: number[]): number | undefined => (ids.length === 1 ? ids[0] : undefined);
