import { Body, Controller, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { labels } from '../platform/labels';
import { invalid, Page, redirect, type FormFault, type Invalid, type Redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { DeskService } from './desk.service';
import type { Letter } from './letter';
import { LetterApproval } from './letter-approval.service';
import { DESK } from './letter-desk.controller';
import { LetterReview } from './letter-review.service';
import { LetterService } from './letter.service';

const words = z.string().max(100_000).default('');
const remarkForm = z.object({ nhan_xet: words });
const reopenForm = z.object({ ly_do_sua: words });
const allowForm = z.object({ ly_do_cho_phep: words });

/** What those who answer for a letter decide about it. */
@Controller('thu-xin-loi/:ma')
@Roles('supervisor')
export class LetterReviewController {
  constructor(
    private readonly desk: DeskService,
    private readonly letters: LetterService,
    private readonly approval: LetterApproval,
    private readonly review: LetterReview,
  ) {}

  @Post('duyet')
  @Page('letters/desk', DESK)
  async approve(@CurrentReader() reader: Reader, @Param('ma') code: string): Promise<Redirect | Invalid> {
    const letter = await this.letters.ofCase(reader, code);
    const faults = await this.approval.approve(reader, [letter]);
    return this.answer(reader, letter, faults, labels.letter.approved(1));
  }

  @Post('tra-lai')
  @Page('letters/desk', DESK)
  async giveBack(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Body({ schema: remarkForm }) { nhan_xet }: z.infer<typeof remarkForm>,
  ): Promise<Redirect | Invalid> {
    const letter = await this.letters.ofCase(reader, code);
    const faults = await this.review.giveBack(reader, letter, nhan_xet);
    return this.answer(reader, letter, faults, labels.letter.givenBack);
  }

  @Post('sua-lai')
  @Roles('officer', 'clerk', 'supervisor')
  @Page('letters/desk', DESK)
  async reopen(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Body({ schema: reopenForm }) { ly_do_sua }: z.infer<typeof reopenForm>,
  ): Promise<Redirect | Invalid> {
    const letter = await this.letters.ofCase(reader, code);
    const faults = await this.review.reopen(reader, letter, ly_do_sua);
    return this.answer(reader, letter, faults, labels.letter.reopened);
  }

  @Post('cho-hen-them')
  @Page('letters/desk', DESK)
  async allowSecond(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Body({ schema: allowForm }) { ly_do_cho_phep }: z.infer<typeof allowForm>,
  ): Promise<Redirect | Invalid> {
    const letter = await this.letters.ofCase(reader, code);
    const faults = await this.review.allowSecond(reader, letter, ly_do_cho_phep);
    return this.answer(reader, letter, faults, labels.letter.secondAllowed);
  }

  private async answer(
    reader: Reader,
    { code }: Letter,
    faults: FormFault[],
    notice: string,
  ): Promise<Redirect | Invalid> {
    if (faults.length === 0) return redirect(`/thu-xin-loi/${encodeURIComponent(code)}`, notice);
    const letter = await this.letters.ofCase(reader, code);
    return invalid(await this.desk.page(reader, { letter, pick: null, typed: null }), faults);
  }
}
