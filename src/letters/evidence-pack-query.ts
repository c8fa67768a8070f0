import { z } from 'zod';
import { civil, epochDay, isoDay, type EpochDay } from '../domain/local-date';
import type { FormFault } from '../web/page';
import { typedDay } from '../web/typed-day';
import { fullDay } from '../web/view-helpers';

export const packQuery = z.object({
  tu: z.string().trim().max(20).optional().catch(undefined),
  den: z.string().trim().max(20).optional().catch(undefined),
  don_vi: z.coerce.number().int().optional().catch(undefined),
});
export type PackQuery = z.infer<typeof packQuery>;

export interface PackPeriod {
  from: string;
  to: string;
}

const year = (y: number): PackPeriod => ({ from: `${y}-01-01`, to: `${y}-12-31` });
/** 15/12 to 14/12, the year of reports on control of procedures (Decree 09/2019, Điều 12). */
const reportYear = (y: number): PackPeriod => ({
  from: isoDay(epochDay(y - 1, 12, 15)),
  to: isoDay(epochDay(y, 12, 14)),
});

/** The period typed, of this calendar year when nothing was. */
export function readPackPeriod(
  { tu, den }: PackQuery,
  today: EpochDay,
): { period: PackPeriod; faults: FormFault[] } {
  const usual = year(civil(today).year);
  const [from, to] = [
    typedDay.safeParse(tu || fullDay(usual.from)),
    typedDay.safeParse(den || fullDay(usual.to)),
  ];
  const faults = [
    ...(from.success ? [] : [{ field: 'tu', text: from.error.issues[0]!.message }]),
    ...(to.success ? [] : [{ field: 'den', text: to.error.issues[0]!.message }]),
  ];
  const period = { from: from.data ?? usual.from, to: to.data ?? usual.to };
  if (faults.length === 0 && period.from > period.to)
    faults.push({ field: 'den', text: 'Ngày cuối kỳ trước ngày đầu kỳ. Sửa lại một trong hai ngày.' });
  return { period: faults.length > 0 ? usual : period, faults };
}

export function offeredPackPeriods(today: EpochDay) {
  const now = civil(today).year;
  return [now, now - 1].flatMap((y) => [
    { ...year(y), label: `Năm ${y}` },
    { ...reportYear(y), label: `15/12/${y - 1} – 14/12/${y}` },
  ]);
}
