import { Body, Controller, Get, Param, ParseIntPipe, Post } from '@nestjs/common';
import { z } from 'zod';
import { absenceTexts } from '../platform/alert-labels';
import { readForm } from '../units/form';
import { invalid, Page, redirect, type Redirect } from '../web/page';
import { CurrentReader, SignedIn, type Reader } from '../web/reader';
import { typedDay } from '../web/typed-day';
import { Absences } from './absence.service';

const LIST = '/nhac-viec/vang-mat';
const place = { title: 'Vắng mặt', nav: '/nhac-viec' };
const FAULT_FIELD = {
  ...{ order: 'den_ngay', past: 'den_ngay', 'too-long': 'den_ngay' },
  ...{ oneself: 'nguoi_thay', 'substitute-away': 'nguoi_thay' },
};
const person = z.union([z.literal(''), z.coerce.number().int().positive()]).optional();
const form = z.object({
  nguoi: person,
  nguoi_thay: person,
  tu_ngay: typedDay,
  den_ngay: typedDay,
});

/** Who is away, and who is told instead. */
@Controller('nhac-viec/vang-mat')
@SignedIn()
export class AbsenceController {
  constructor(private readonly absences: Absences) {}

  @Get()
  @Page('alerts/absences', place)
  async list(@CurrentReader() reader: Reader) {
    return { ...(await this.absences.page(reader)), form: EMPTY };
  }

  @Post()
  @Page('alerts/absences', place)
  async note(@CurrentReader() reader: Reader, @Body() body: Record<string, unknown>) {
    const again = async () => ({ ...(await this.absences.page(reader)), form: { ...EMPTY, ...body } });
    const read = readForm(form, body);
    if (read.faults) return invalid(await again(), read.faults);
    const { nguoi, nguoi_thay, tu_ngay, den_ngay } = read.value;
    const fault = await this.absences.note(reader, {
      ...{
        userId: nguoi || reader.id,
        substituteId: nguoi_thay || null,
        firstDay: tu_ngay,
        lastDay: den_ngay,
      },
    });
    if (fault) return invalid(await again(), [{ field: FAULT_FIELD[fault], text: absenceTexts[fault] }]);
    return redirect(LIST, absenceTexts.noted);
  }

  @Post(':id/het')
  async end(@CurrentReader() reader: Reader, @Param('id', ParseIntPipe) id: number): Promise<Redirect> {
    await this.absences.end(reader, id);
    return redirect(LIST, absenceTexts.ended);
  }
}

const EMPTY = { nguoi: '', nguoi_thay: '', tu_ngay: '', den_ngay: '' };
