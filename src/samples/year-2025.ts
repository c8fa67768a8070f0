import {
  atSecond,
  dayOf,
  isoWeekday,
  parseIsoDay,
  type EpochDay,
  type LocalSecond,
} from '../domain/local-date';
import type { WorkingCalendar } from '../domain/working-calendar';
import { CaseMaker } from './case-maker';
import { Random } from './random';
import type { SampleCase } from './sample-case';
import { longProcedures, sameDayProcedures } from './sample-procedures';

/** The totals of the plan: 2.141 settled, 2.089 of them early or on time, 52 late. */
const SETTLED = 2_141;
const EARLY = 384;
const OPEN_AT_YEAR_END = 21;
/** Received in December 2024, settled in 2025. */
const CARRIED_OVER = 14;

/** How the 52 late cases spread over the fields. */
const LATE: Record<string, number> = {
  'Hộ tịch': 13,
  'Bảo trợ xã hội': 11,
  'Chứng thực': 8,
  'Đất đai': 7,
  'Giáo dục': 4,
  'Người có công': 3,
  'Giảm nghèo': 2,
  'Xây dựng': 2,
  'Đăng ký kinh doanh': 2,
};

const FIRST = parseIsoDay('2025-01-01');
const LAST = parseIsoDay('2025-12-31');
/** The list was exported in the first days of the new year. */
const EXPORTED_AT: LocalSecond = atSecond(parseIsoDay('2026-01-05'), 9 * 3600);
const SEED = 20_250_001;

/** Every case settled in 2025, and those still open at its end: the list the one-stop system exports. */
export function casesOf2025(calendar: WorkingCalendar): SampleCase[] {
  const maker = new CaseMaker(calendar, new Random(SEED));
  const settled = [...carriedOver(maker), ...receivedIn2025(maker)];
  const late = settleLate(maker, settled);
  const inTime = settled.filter((record) => !late.has(record));
  const mayBeEarly = inTime.filter(
    ({ receivedAt, promisedAt }) =>
      dayOf(receivedAt) >= FIRST && calendar.workingDaysBetween(dayOf(receivedAt), dayOf(promisedAt)) > 1,
  );
  const early = new Set(maker.random.some(mayBeEarly, EARLY));
  for (const record of inTime) {
    const day = early.has(record) ? earlyDay(maker, record) : dueDay(record);
    maker.finish(record, day, EXPORTED_AT);
  }
  return maker.number([...settled, ...openAtYearEnd(maker)]);
}

const dueDay = (record: SampleCase): EpochDay => dayOf(record.promisedAt);

function carriedOver(maker: CaseMaker): SampleCase[] {
  return Array.from({ length: CARRIED_OVER }, () => {
    const procedure = maker.procedure(longProcedures(15));
    const back = maker.random.int(1, procedure.limit.amount - 3);
    return maker.receive(procedure, maker.minuteOf(maker.calendar.addWorkingDays(FIRST, -back)));
  });
}

function receivedIn2025(maker: CaseMaker): SampleCase[] {
  const days: EpochDay[] = [];
  for (let day = FIRST; day <= LAST; day++)
    if (maker.calendar.describe(day).kind === 'working') days.push(day);
  // People come on Mondays; the weeks before Tết and after it differ by chance.
  const weights = new Map(
    days.map((day) => [day, (7 - isoWeekday(day)) * 0.06 + 0.8 + maker.random.next() * 0.5]),
  );
  return Array.from({ length: SETTLED - CARRIED_OVER }, () => {
    const receivedAt = maker.minuteOf(maker.random.weighted(days, (day) => weights.get(day)!));
    const drawn = maker.receive(maker.procedure(), receivedAt);
    if (dueDay(drawn) <= LAST) return drawn;
    const morning = maker.minuteOf(maker.calendar.previousWorkingDay(LAST));
    return maker.receive(maker.procedure(sameDayProcedures()), Math.min(receivedAt, morning));
  });
}

/** Picks the late ones by field and settles them some working days after the promise, still within the year. */
function settleLate(maker: CaseMaker, settled: SampleCase[]): Set<SampleCase> {
  const latest = maker.calendar.addWorkingDays(LAST, -13);
  const late = new Set<SampleCase>();
  for (const [field, count] of Object.entries(LATE)) {
    const ofField = settled.filter((record) => record.procedure.field === field && dueDay(record) <= latest);
    for (const record of maker.random.some(ofField, count)) {
      const days = 1 + Math.floor(maker.random.next() ** 2 * 12);
      maker.finish(record, maker.calendar.addWorkingDays(dueDay(record), days), EXPORTED_AT);
      late.add(record);
    }
  }
  return late;
}

function earlyDay(maker: CaseMaker, record: SampleCase): EpochDay {
  const received = dayOf(record.receivedAt);
  const days = maker.calendar.workingDaysBetween(received, dueDay(record));
  return maker.calendar.addWorkingDays(received, maker.random.int(Math.ceil(days / 2), days - 1));
}

function openAtYearEnd(maker: CaseMaker): SampleCase[] {
  return Array.from({ length: OPEN_AT_YEAR_END }, () => {
    const procedure = maker.procedure(longProcedures(3));
    const back = maker.random.int(1, procedure.limit.amount - 1);
    return maker.receive(procedure, maker.minuteOf(maker.calendar.addWorkingDays(LAST + 1, -back)));
  });
}
