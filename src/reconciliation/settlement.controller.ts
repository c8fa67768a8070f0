import { Body, Controller, Get, HttpCode, Param, Post, Req, StreamableFile } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { labels } from '../platform/labels';
import { invalid, Page, redirect, type Invalid, type Redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { invalidRequest } from '../web/validation';
import { readSentForm } from './evidence-file';
import { SettlementPages } from './settlement-pages.service';
import { settlementForm, SettlementService } from './settlement.service';

const PAGE = { title: 'Xác minh quá hạn', nav: '/dieu-hanh', subnav: '/doi-soat' };
const MOST = 200;
const chosen = z.object({
  muc: z
    .union([z.string(), z.array(z.string()).max(MOST)])
    .optional()
    .transform((value) => (value === undefined ? [] : [value].flat())),
});

/** Where a person says what a suspicion came to. */
@Controller('doi-soat')
@Roles('officer', 'supervisor')
export class SettlementController {
  constructor(
    private readonly settlements: SettlementService,
    private readonly pages: SettlementPages,
  ) {}

  @Get('minh-chung/:sha256')
  @Roles('officer', 'supervisor', 'administrator')
  async evidence(@CurrentReader() reader: Reader, @Param('sha256') sha256: string): Promise<StreamableFile> {
    const { name, type, content } = await this.pages.evidence(reader, sha256);
    const disposition = `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;
    return new StreamableFile(content, { type, disposition, length: content.length });
  }

  @Get(':ma/:nguyen_nhan')
  @Page('reconciliation/settle', PAGE)
  @Roles('officer', 'supervisor', 'administrator')
  ask(@CurrentReader() reader: Reader, @Param('ma') code: string, @Param('nguyen_nhan') cause: string) {
    return this.pages.form(reader, [`${code}/${cause}`], null);
  }

  @Post(':ma/:nguyen_nhan')
  @Page('reconciliation/settle', PAGE)
  settle(
    @Req() request: FastifyRequest,
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Param('nguyen_nhan') cause: string,
  ) {
    return this.record(request, reader, [`${code}/${cause}`]);
  }

  /** Several with the same proof: one list of signed results, one repair of the synchronisation. */
  @Post('chon')
  @HttpCode(200)
  @Page('reconciliation/settle', PAGE)
  askMany(@CurrentReader() reader: Reader, @Body({ schema: chosen }) { muc }: z.infer<typeof chosen>) {
    return this.pages.form(reader, muc, null);
  }

  @Post('xac-minh')
  @Page('reconciliation/settle', PAGE)
  settleMany(@Req() request: FastifyRequest, @CurrentReader() reader: Reader) {
    return this.record(request, reader, null);
  }

  private async record(
    request: FastifyRequest,
    reader: Reader,
    only: string[] | null,
  ): Promise<Redirect | Invalid> {
    const sent = await readSentForm(request);
    const parsed = settlementForm.safeParse(sent.fields);
    if (!parsed.success) throw invalidRequest(parsed.error.issues);
    const keys = only ?? sent.picked.slice(0, MOST);
    const faults = await this.settlements.settle(reader, keys, parsed.data, sent.file);
    if (faults.length > 0) return invalid(await this.pages.form(reader, keys, parsed.data), faults);
    return redirect('/doi-soat', labels.reconciliation.settled(keys.length));
  }
}
