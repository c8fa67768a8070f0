import { Controller, Get, Header, Headers, Param, Post, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { DOCX } from '../documents/media-type';
import { FileStore } from '../platform/file-store';
import { AppError } from '../platform/errors';
import { letterFileLabels as words } from '../platform/letter-file-labels';
import { Page, redirect, type Redirect } from '../web/page';
import { HTML } from '../web/page.interceptor';
import { PageRenderer } from '../web/page-renderer';
import { CurrentReader, Roles, Unattended, type Reader } from '../web/reader';
import { fileHref, type LetterFileBatch } from './letter-file-batch';
import { LetterFileBatches } from './letter-file-batches.service';

const TYPES: Record<string, string> = {
  pdf: 'application/pdf',
  zip: 'application/zip',
  docx: DOCX,
};

/** A large file: how far it is, and the file itself. */
@Controller('thu-xin-loi/tep')
@Roles('clerk', 'supervisor')
export class LetterFileBatchController {
  constructor(
    private readonly batches: LetterFileBatches,
    private readonly store: FileStore,
    private readonly renderer: PageRenderer,
  ) {}

  @Get(':tep')
  @Page('letters/batch', { title: 'Tệp đang làm', nav: '/thu-xin-loi', pageClass: 'p-batch' })
  async page(@CurrentReader() reader: Reader, @Param('tep') id: string) {
    const file = fileView(await this.batches.find(reader, known(id)));
    return { title: file.name, file };
  }

  /** The page asks every two seconds; when the file is made the page is loaded anew. */
  @Get(':tep/tien-do')
  @Unattended()
  @Header('content-type', HTML)
  async progress(
    @Param('tep') id: string,
    @CurrentReader() reader: Reader,
    @Headers('hx-request') partial: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | Redirect> {
    if (!partial) return redirect(fileHref(known(id)));
    const file = fileView(await this.batches.find(reader, known(id)));
    if (file.open) return this.renderer.fragment('letters/batch-progress', { file });
    void reply.header('hx-refresh', 'true');
    return '';
  }

  @Get(':tep/tai')
  async download(@Param('tep') id: string, @CurrentReader() reader: Reader): Promise<StreamableFile> {
    const { sha256, name } = await this.batches.made(reader, known(id));
    return new StreamableFile(this.store.stream(sha256), {
      type: TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
      disposition: `attachment; filename="${name}"`,
    });
  }

  @Post(':tep/lam-lai')
  async again(@Param('tep') id: string, @CurrentReader() reader: Reader): Promise<Redirect> {
    await this.batches.again(reader, known(id));
    return redirect(fileHref(id), words.again);
  }
}

/** An address somebody mistyped names no file. */
function known(id: string): string {
  if (!z.guid().safeParse(id).success) throw new AppError('LETTER_FILE_NOT_FOUND');
  return id;
}

export function fileView(batch: LetterFileBatch) {
  const { total, done, state } = batch;
  return {
    ...batch,
    href: fileHref(batch.id),
    name: words.kind[batch.kind],
    stateName: words.state[state],
    open: state === 'waiting' || state === 'running',
    percent: total > 0 ? Math.floor((100 * done) / total) : null,
    period: 'from' in batch.request ? { from: batch.request.from, to: batch.request.to } : null,
  };
}
