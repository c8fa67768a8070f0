import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { labels } from '../platform/labels';
import { invalid, Page, redirect, type Invalid, type Redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { PICKS } from './desk-list';
import { DeskService } from './desk.service';
import { draftForm, typedDraftOf, type DraftForm } from './draft-form';
import { LetterService } from './letter.service';

export const DESK = { title: 'Thư xin lỗi', nav: '/thu-xin-loi', pageClass: 'p-desk' };
const query = z.object({ chon: z.enum(PICKS).nullish().catch(null) });
type DeskQuery = z.infer<typeof query>;
const notNeededForm = z.object({ ly_do_khong_can: z.string().max(100_000).default('') });
const cancelForm = z.object({ ly_do_huy: z.string().max(100_000).default('') });

/** The letter desk: what is written into one letter, and what ends it without being sent. */
@Controller('thu-xin-loi')
@Roles('officer', 'clerk', 'supervisor')
export class LetterDeskController {
  constructor(
    private readonly desk: DeskService,
    private readonly letters: LetterService,
  ) {}

  @Get()
  @Page('letters/desk', DESK)
  all(@CurrentReader() reader: Reader, @Query({ schema: query }) { chon }: DeskQuery) {
    return this.desk.page(reader, { letter: null, pick: chon ?? null, typed: null });
  }

  @Get(':ma')
  @Page('letters/desk', DESK)
  async one(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Query({ schema: query }) { chon }: DeskQuery,
  ) {
    const letter = await this.letters.ofCase(reader, code);
    return this.desk.page(reader, { letter, pick: chon ?? null, typed: null });
  }

  @Post(':ma')
  @Roles('officer', 'clerk')
  @Page('letters/desk', DESK)
  async save(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Body({ schema: draftForm }) form: DraftForm,
  ): Promise<Redirect | Invalid> {
    const typed = typedDraftOf(form);
    const submitted = form.viec === 'trinh';
    const faults = await this.letters.save(reader, code, typed, submitted);
    if (faults.length > 0) {
      const letter = await this.letters.ofCase(reader, code);
      return invalid(await this.desk.page(reader, { letter, pick: null, typed }), faults);
    }
    const { submitted: done, saved } = labels.letter;
    return redirect(`/thu-xin-loi/${encodeURIComponent(code)}`, submitted ? done : saved);
  }

  /** The paper with what stands in the form; nothing is saved. */
  @Post(':ma/xem-truoc')
  @Roles('officer', 'clerk')
  @Page('letters/desk', DESK)
  async preview(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Body({ schema: draftForm }) form: DraftForm,
  ) {
    const letter = await this.letters.ofCase(reader, code);
    return this.desk.page(reader, { letter, pick: null, typed: typedDraftOf(form) });
  }

  @Post(':ma/khong-can')
  @Roles('clerk', 'supervisor')
  @Page('letters/desk', DESK)
  async notNeeded(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Body({ schema: notNeededForm }) form: z.infer<typeof notNeededForm>,
  ): Promise<Redirect | Invalid> {
    const faults = await this.letters.notNeeded(reader, code, form.ly_do_khong_can);
    if (faults.length === 0) return redirect('/thu-xin-loi', labels.letter.notNeeded);
    const letter = await this.letters.ofCase(reader, code);
    return invalid(await this.desk.page(reader, { letter, pick: null, typed: null }), faults);
  }

  @Post(':ma/huy')
  @Roles('clerk')
  @Page('letters/desk', DESK)
  async cancel(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Body({ schema: cancelForm }) form: z.infer<typeof cancelForm>,
  ): Promise<Redirect | Invalid> {
    const faults = await this.letters.cancel(reader, code, form.ly_do_huy);
    if (faults.length === 0) return redirect('/so-thu-xin-loi', labels.letter.numberCancelled);
    const letter = await this.letters.ofCase(reader, code);
    return invalid(await this.desk.page(reader, { letter, pick: null, typed: null }), faults);
  }
}
