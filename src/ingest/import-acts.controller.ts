import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { actorOf } from '../audit/actor';
import { Clock } from '../platform/clock';
import { Page, redirect, type Redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { ImportActs } from './import-acts.service';
import { IMPORTS, runHref } from './import-address';
import { ImportConfirmPages } from './import-confirm-pages';
import { ImportCorrections } from './import-corrections.service';
import { importNotices } from './import-words';
import { RunId } from './run-id';

const ALL = 'tat-ca';
const OVERWRITE = 'ghi-de';
const YES = 'co';

const place = { title: 'Nhập hồ sơ', nav: '/quan-tri', subnav: IMPORTS };
const confirmation = z.object({
  cach: z.enum(['giu', OVERWRITE]).catch('giu'),
  xac_nhan: z.literal(YES).optional().catch(undefined),
});
const suggestion = z.object({ loi: z.union([z.literal(ALL), z.coerce.number().int().positive()]) });
/** 'line field' */
const corrected = z.object({ o: z.union([z.literal(ALL), z.string().regex(/^\d{1,9} [A-Za-z]{1,40}$/)]) });

/** What a person does to an import. What cannot be taken back lightly is asked on a page of its own. */
@Controller('quan-tri/nhap-ho-so/:lan')
@Roles('administrator')
export class ImportActsController {
  constructor(
    private readonly acts: ImportActs,
    private readonly corrections: ImportCorrections,
    private readonly pages: ImportConfirmPages,
    private readonly clock: Clock,
  ) {}

  @Post('ghi-nhan')
  async confirm(
    @Param('lan', RunId) id: number,
    @CurrentReader() reader: Reader,
    @Body({ schema: confirmation }) { cach, xac_nhan }: z.infer<typeof confirmation>,
  ): Promise<Redirect> {
    const overwrite = cach === OVERWRITE;
    if (overwrite && xac_nhan !== YES) return redirect(`${runHref(id)}/ghi-de`);
    const agreed = await this.acts.confirm(reader, id, { overwrite, now: this.clock.now() });
    return redirect(runHref(id), agreed ? undefined : importNotices.outdated);
  }

  @Post('kiem-tra-lai')
  async checkAgain(@Param('lan', RunId) id: number, @CurrentReader() reader: Reader): Promise<Redirect> {
    await this.acts.checkAgain(reader, id);
    return redirect(runHref(id));
  }

  @Get('ghi-de')
  @Page('ingest/overwrite', place)
  async askOverwrite(@Param('lan', RunId) id: number, @CurrentReader() reader: Reader) {
    return (await this.pages.overwrite(reader, id)) ?? redirect(runHref(id));
  }

  @Post('dung')
  async cancel(@Param('lan', RunId) id: number, @CurrentReader() reader: Reader): Promise<Redirect> {
    await this.acts.cancel(reader, id);
    return redirect(runHref(id));
  }

  @Post('tiep-tuc')
  async resume(@Param('lan', RunId) id: number, @CurrentReader() reader: Reader): Promise<Redirect> {
    await this.acts.resume(reader, id);
    return redirect(runHref(id), importNotices.goesOn);
  }

  @Post('goi-y')
  async accept(
    @Param('lan', RunId) id: number,
    @CurrentReader() reader: Reader,
    @Body({ schema: suggestion }) { loi }: z.infer<typeof suggestion>,
  ): Promise<Redirect> {
    const cells = await this.corrections.accept(reader, id, loi === ALL ? null : loi);
    return redirect(runHref(id), cells > 0 ? importNotices.corrected(cells) : undefined);
  }

  @Post('bo-sua')
  async takeBack(
    @Param('lan', RunId) id: number,
    @CurrentReader() reader: Reader,
    @Body({ schema: corrected }) { o }: z.infer<typeof corrected>,
  ): Promise<Redirect> {
    const [line = '', field = ''] = o.split(' ');
    const cell = o === ALL ? null : { line: Number(line), field };
    const cells = await this.corrections.takeBack(reader, id, cell);
    return redirect(runHref(id), cells > 0 ? importNotices.uncorrected(cells) : undefined);
  }

  @Get('hoan-tac')
  @Page('ingest/undo', { ...place, title: 'Hoàn tác lần nhập' })
  async askUndo(@Param('lan', RunId) id: number, @CurrentReader() reader: Reader) {
    return (await this.pages.undo(reader, id)) ?? redirect(runHref(id));
  }

  @Post('hoan-tac')
  async undo(@Param('lan', RunId) id: number, @CurrentReader() reader: Reader): Promise<Redirect> {
    await this.acts.undo(reader, id, { actor: actorOf(reader).actor, now: this.clock.now() });
    return redirect(runHref(id));
  }
}
