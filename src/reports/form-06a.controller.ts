import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { XLSX } from '../documents/sheet-cell';
import { civil, dayOfInstant, epochDay, isoDay } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import { form06aLabels as words } from '../platform/form-06a-labels';
import { Page } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { fullDay } from '../web/view-helpers';
import { typedDay } from '../web/typed-day';
import { balanceOf } from './form-06a-paper';
import { Form06aService, type Form06aMaking } from './form-06a.service';
import type { Period } from './on-time.service';

const query = z.object({
  tu: typedDay.optional().catch(undefined),
  den: typedDay.optional().catch(undefined),
  don_vi: z.coerce.number().int().optional().catch(undefined),
});
type Form06aQuery = z.infer<typeof query>;

/** Form II.06a of any period; without one of the reporting year so far. */
@Controller()
@Roles('supervisor', 'administrator', 'clerk')
export class Form06aController {
  constructor(
    private readonly form: Form06aService,
    private readonly clock: Clock,
  ) {}

  @Get('dieu-hanh/bieu-06a')
  @Page('reports/form-06a', { title: 'Biểu II.06a', nav: '/dieu-hanh' })
  async page(@CurrentReader() reader: Reader, @Query({ schema: query }) asked: Form06aQuery) {
    const { unitId, period } = this.making(reader, asked);
    const figures = await this.form.figures([unitId], period);
    const typed = new URLSearchParams({ tu: fullDay(period.from), den: fullDay(period.to) }).toString();
    return { period, figures, balance: balanceOf(figures.total), typed };
  }

  @Get('dieu-hanh/bieu-06a.pdf')
  async pdf(@CurrentReader() reader: Reader, @Query({ schema: query }) asked: Form06aQuery) {
    const file = await this.form.pdf(this.making(reader, asked));
    return new StreamableFile(file, {
      type: 'application/pdf',
      disposition: `inline; filename="${words.file}.pdf"`,
    });
  }

  @Get('dieu-hanh/bieu-06a.xlsx')
  async workbook(@CurrentReader() reader: Reader, @Query({ schema: query }) asked: Form06aQuery) {
    const file = await this.form.workbook(this.making(reader, asked));
    return new StreamableFile(file, { type: XLSX, disposition: `attachment; filename="${words.file}.xlsx"` });
  }

  private making(reader: Reader, { tu, den, don_vi: asked }: Form06aQuery): Form06aMaking {
    const unitId = asked ?? reader.communeIds[0] ?? reader.unitId;
    if (!reader.communeIds.includes(unitId)) throw new AppError('UNIT_NOT_FOUND', { code: unitId });
    const at = this.clock.now();
    const year = reportingYear(at);
    return { unitId, period: { from: tu ?? year.from, to: den ?? year.to }, madeBy: reader.name, at };
  }
}

/** The year of reports on control of procedures: 15/12 to 14/12 (Decree 09/2019, Điều 12). */
export function reportingYear(at: Date): Period {
  const { year, month, day } = civil(dayOfInstant(at));
  const ends = month === 12 && day >= 15 ? year + 1 : year;
  return { from: isoDay(epochDay(ends - 1, 12, 15)), to: isoDay(epochDay(ends, 12, 14)) };
}
