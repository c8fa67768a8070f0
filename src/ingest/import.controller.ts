import { Controller, Get, Header, Headers, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf } from '../audit/actor';
import { AppError } from '../platform/errors';
import { invalid, Page, redirect, type FormFault, type Redirect } from '../web/page';
import { HTML } from '../web/page.interceptor';
import { PageRenderer } from '../web/page-renderer';
import { CurrentReader, Roles, Unattended, type Reader } from '../web/reader';
import { IMPORTS, runHref } from './import-address';
import { ImportPages, type TypedSource } from './import-pages';
import { importPlace } from './import-reach';
import { ImportRunPage } from './import-run-page';
import { OTHER_SOURCE, SOURCE_NAME_MISSING } from './import-words';
import { IngestService } from './ingest.service';
import { RunId } from './run-id';
import { Upload, type ReceivedFile } from './upload';

const place = { title: 'Nhập hồ sơ', nav: '/quan-tri', subnav: IMPORTS };
const page = z.coerce.number().int().min(1).max(100_000).catch(1);
const paging = z.object({ trang: page });
const filter = z.object({
  trang: page,
  tinh_trang: z.string().max(20).optional().catch(undefined),
  nguon: z.string().max(40).optional().catch(undefined),
});
const UPLOAD_FAULTS: Record<string, string> = {
  UPLOAD_MISSING: 'tep',
  UPLOAD_TOO_LARGE: 'tep',
  SOURCE_NAME: 'nguon_khac',
};

/** Files are chosen here, and every import has its page. */
@Controller('quan-tri/nhap-ho-so')
@Roles('administrator')
export class ImportController {
  constructor(
    private readonly ingest: IngestService,
    private readonly upload: Upload,
    private readonly pages: ImportPages,
    private readonly runPage: ImportRunPage,
    private readonly renderer: PageRenderer,
  ) {}

  @Get()
  @Page('ingest/imports', place)
  list(@CurrentReader() reader: Reader, @Query({ schema: filter }) query: z.infer<typeof filter>) {
    return this.pages.history(reader, query);
  }

  @Post()
  @Page('ingest/imports', place)
  async send(@Req() request: FastifyRequest, @CurrentReader() reader: Reader) {
    const typed: TypedSource = { nguon: '', nguon_khac: '' };
    try {
      const keep = ({ nguon = '', nguon_khac = '' }: Record<string, string>) =>
        Object.assign(typed, { nguon, nguon_khac });
      const id = await this.upload.receive(request, (file) => this.start(reader, file, typed), keep);
      return redirect(runHref(id));
    } catch (e) {
      const told = faultOf(e);
      if (!told) throw e;
      return invalid(await this.pages.history(reader, { trang: 1 }, typed), [told]);
    }
  }

  @Get(':lan')
  @Page('ingest/import', place)
  run(
    @Param('lan', RunId) id: number,
    @CurrentReader() reader: Reader,
    @Query({ schema: paging }) { trang }: z.infer<typeof paging>,
  ) {
    return this.runPage.of(reader, id, trang);
  }

  /** The page asks every two seconds while the run is under way; when it is over the page is loaded anew. */
  @Get(':lan/tien-do')
  @Unattended()
  @Header('content-type', HTML)
  async progress(
    @Param('lan', RunId) id: number,
    @CurrentReader() reader: Reader,
    @Headers('hx-request') partial: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Redirect> {
    if (!partial) return redirect(runHref(id));
    const model = await this.runPage.progress(reader, id);
    if (model) return this.renderer.fragment('ingest/progress', model);
    void reply.header('hx-refresh', 'true');
    return '';
  }

  private start(reader: Reader, file: ReceivedFile, { nguon, nguon_khac }: TypedSource): Promise<number> {
    const other = nguon === OTHER_SOURCE.value;
    if (other && nguon_khac.trim() === '') throw new SourceNameMissing();
    return this.ingest.start({
      ...file,
      ...actorOf(reader),
      channel: 'page',
      unitId: importPlace(reader),
      source: (other ? nguon_khac : nguon) || undefined,
    });
  }
}

class SourceNameMissing extends Error {}

function faultOf(e: unknown): FormFault | null {
  if (e instanceof SourceNameMissing) return { field: 'nguon_khac', text: SOURCE_NAME_MISSING };
  const field = e instanceof AppError ? UPLOAD_FAULTS[e.code] : undefined;
  return field === undefined ? null : { field, text: `${(e as AppError).message} ${(e as AppError).remedy}` };
}
