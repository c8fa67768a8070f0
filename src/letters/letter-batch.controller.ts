import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { parseTypedDay } from '../web/typed-instant';
import { paddedNumber } from '../documents/document-format';
import { isoDay } from '../domain/local-date';
import { labels } from '../platform/labels';
import { invalid, Page, redirect, type Invalid, type Redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { BatchPages } from './batch-pages.service';
import { chosenCodes, numberOf, typedNumbers } from './chosen';
import { LetterBatchService } from './letter-batch.service';

const chosen = z.object({ thu: chosenCodes });
const confirmation = z.object({
  thu: chosenCodes,
  ngay: z.string().max(100).default(''),
  ma_xac_nhan: z.string().min(8).max(100),
  so: typedNumbers,
});
const taken = z.object({
  nam: z.coerce.number().int().min(2000).max(2200),
  tu: z.coerce.number().int().min(1).max(99_999),
  den: z.coerce.number().int().min(1).max(99_999),
});

type Chosen = z.infer<typeof chosen>;
type ConfirmationForm = z.infer<typeof confirmation>;

const CONFIRM = { title: 'Cấp số và in', nav: '/thu-xin-loi' };

/** Numbers are given on a page of its own: it says which ones, to whom, and that they cannot be taken back. */
@Controller('thu-xin-loi/theo-lo')
@Roles('clerk')
export class LetterBatchController {
  constructor(
    private readonly batches: LetterBatchService,
    private readonly pages: BatchPages,
  ) {}

  @Get()
  @Page('letters/confirm', CONFIRM)
  ask(@CurrentReader() reader: Reader, @Query({ schema: chosen }) { thu }: Chosen) {
    return this.pages.confirm(reader, thu, null);
  }

  /** From the list: too many letters for an address. */
  @Post()
  @Page('letters/confirm', CONFIRM)
  askMany(@CurrentReader() reader: Reader, @Body({ schema: chosen }) { thu }: Chosen) {
    return this.pages.confirm(reader, thu, null);
  }

  @Post('cap-so')
  @Page('letters/confirm', CONFIRM)
  async number(
    @CurrentReader() reader: Reader,
    @Body({ schema: confirmation }) form: ConfirmationForm,
  ): Promise<Redirect | Invalid> {
    const day = parseTypedDay(form.ngay);
    const typed = new Map(form.thu.map((code, i) => [code, form.so[i] ?? '']));
    const external = form.so.length > 0;
    const result = await this.batches.confirm(reader, {
      codes: form.thu,
      letterDate: day === null ? null : isoDay(day),
      token: form.ma_xac_nhan,
      given: external ? new Map([...typed].map(([code, text]) => [code, numberOf(text)])) : null,
    });
    if (Array.isArray(result))
      return invalid(await this.pages.confirm(reader, form.thu, { ...form, so: typed }), result);
    if (external) return redirect('/thu-xin-loi', labels.letter.numbersEntered(result.numbers.length));
    const [first, last] = [result.numbers[0]!, result.numbers[result.numbers.length - 1]!];
    return redirect(
      `/thu-xin-loi/theo-lo/da-cap?nam=${result.year}&tu=${first}&den=${last}`,
      labels.letter.numbered(paddedNumber(first), paddedNumber(last), result.numbers.length),
    );
  }

  @Get('da-cap')
  @Page('letters/numbered', { title: 'Thư đã cấp số', nav: '/thu-xin-loi' })
  numbered(
    @CurrentReader() reader: Reader,
    @Query({ schema: taken }) { nam, tu, den }: z.infer<typeof taken>,
  ) {
    return this.pages.numbered(reader, { year: nam, from: tu, to: den });
  }
}
