import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { typed } from '../web/typed-instant';
import { Clock } from '../platform/clock';
import { labels } from '../platform/labels';
import { invalid, Page, redirect, type Invalid, type Redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { addresseeOf } from './addressee';
import { chosenCodes } from './chosen';
import { CHANNELS, deliveryForm, DeliveryService, type DeliveryForm } from './delivery.service';
import type { Letter } from './letter';

const chosen = z.object({ thu: chosenCodes });
const manyForm = deliveryForm.extend({ thu: chosenCodes });
type ManyForm = z.infer<typeof manyForm>;

const PAGE = { title: 'Ghi nhận đã gửi', nav: '/thu-xin-loi' };

/** How, when and to whom letters went out, with the proof. */
@Controller('thu-xin-loi')
@Roles('clerk')
export class DeliveryController {
  constructor(
    private readonly deliveries: DeliveryService,
    private readonly clock: Clock,
  ) {}

  @Get(':ma/da-gui')
  @Page('letters/sent', PAGE)
  ask(@CurrentReader() reader: Reader, @Param('ma') code: string) {
    return this.page(reader, [code], null);
  }

  @Post(':ma/da-gui')
  @Page('letters/sent', PAGE)
  record(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Body({ schema: deliveryForm }) form: DeliveryForm,
  ) {
    return this.write(reader, [code], form);
  }

  /** Several letters that left together: one trip to the post office, one list of posting. */
  @Post('theo-lo/gui')
  @Page('letters/sent', PAGE)
  askMany(@CurrentReader() reader: Reader, @Body({ schema: chosen }) { thu }: z.infer<typeof chosen>) {
    return this.page(reader, thu, null);
  }

  @Post('theo-lo/da-gui')
  @Page('letters/sent', PAGE)
  recordMany(@CurrentReader() reader: Reader, @Body({ schema: manyForm }) { thu, ...form }: ManyForm) {
    return this.write(reader, thu, form);
  }

  private async write(reader: Reader, codes: string[], form: DeliveryForm): Promise<Redirect | Invalid> {
    const faults = await this.deliveries.record(reader, codes, form);
    if (faults.length > 0) return invalid(await this.page(reader, codes, form), faults);
    return redirect('/so-thu-xin-loi', labels.letter.sent(codes.length));
  }

  private async page(reader: Reader, codes: string[], form: DeliveryForm | null): Promise<object> {
    const letters = await this.deliveries.sendable(reader, codes);
    const now = typed(this.clock.now());
    const single = letters.length === 1 ? nameOf(letters[0]!) : '';
    return {
      letters: letters.map(({ code, number, suffix, procedureName, applicantName }) => ({
        code,
        number,
        suffix,
        procedure: procedureName,
        who: applicantName,
      })),
      single: letters.length === 1,
      action:
        letters.length === 1 ? `/thu-xin-loi/${letters[0]!.code}/da-gui` : '/thu-xin-loi/theo-lo/da-gui',
      channels: CHANNELS,
      form: form ?? { cach: null, ngay: now.day, gio: now.time, nguoi_nhan: single, minh_chung: '' },
    };
  }
}

const nameOf = (letter: Letter): string => addresseeOf(letter.applicantName, letter.applicantKind, null).name;
