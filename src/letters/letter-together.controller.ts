import { Body, Controller, Post } from '@nestjs/common';
import { z } from 'zod';
import { labels } from '../platform/labels';
import { invalid, Page, redirect, type Invalid, type Redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { chosenCodes } from './chosen';
import { reasonFields, typedReason } from './draft-form';
import { LetterApproval } from './letter-approval.service';
import { LetterChoice } from './letter-choice.service';
import { LetterService } from './letter.service';
import { TogetherPages } from './together-pages.service';

const chosen = z.object({ thu: chosenCodes });
type Chosen = z.infer<typeof chosen>;
const reasonForm = z.object({ thu: chosenCodes, ...reasonFields });
type ReasonForm = z.infer<typeof reasonForm>;

const REASON = { title: 'Ghi lý do chung', nav: '/thu-xin-loi' };
const APPROVE = { title: 'Duyệt thư', nav: '/thu-xin-loi' };

/** One act for many letters, each on a page that says for which. */
@Controller('thu-xin-loi/theo-lo')
export class LetterTogetherController {
  constructor(
    private readonly choice: LetterChoice,
    private readonly letters: LetterService,
    private readonly approval: LetterApproval,
    private readonly pages: TogetherPages,
  ) {}

  @Post('ly-do')
  @Roles('officer', 'clerk')
  @Page('letters/reason', REASON)
  askReason(@CurrentReader() reader: Reader, @Body({ schema: chosen }) { thu }: Chosen) {
    return this.pages.reason(reader, thu, null);
  }

  @Post('ghi-ly-do')
  @Roles('officer', 'clerk')
  @Page('letters/reason', REASON)
  async giveReason(
    @CurrentReader() reader: Reader,
    @Body({ schema: reasonForm }) form: ReasonForm,
  ): Promise<Redirect | Invalid> {
    const letters = await this.choice.of(reader, form.thu);
    const given = { reason: typedReason(form), nature: form.tinh_chat ?? null };
    const result = await this.letters.giveReason(reader, letters, given);
    if (Array.isArray(result)) return invalid(await this.pages.reason(reader, form.thu, form), result);
    return redirect('/thu-xin-loi', labels.letter.reasonGiven(result));
  }

  @Post('duyet')
  @Roles('supervisor')
  @Page('letters/approve', APPROVE)
  askApproval(@CurrentReader() reader: Reader, @Body({ schema: chosen }) { thu }: Chosen) {
    return this.pages.approval(reader, thu);
  }

  @Post('da-duyet')
  @Roles('supervisor')
  @Page('letters/approve', APPROVE)
  async approve(
    @CurrentReader() reader: Reader,
    @Body({ schema: chosen }) { thu }: Chosen,
  ): Promise<Redirect | Invalid> {
    const letters = await this.choice.of(reader, thu);
    const faults = await this.approval.approve(reader, letters);
    if (faults.length > 0) return invalid(await this.pages.approval(reader, thu), faults);
    return redirect('/thu-xin-loi', labels.letter.approved(letters.length));
  }
}
