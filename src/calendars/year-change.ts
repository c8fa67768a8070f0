import { civil, isoDay, type EpochDay } from '../domain/local-date';
import { forecastDaysOff } from '../domain/holiday-forecast';
import type { WorkingCalendar } from '../domain/working-calendar';
import { labels } from '../platform/labels';
import { dayWithWeekday, fullDay } from '../web/view-helpers';
import { blankForm, WHOLE_FORM, type CalendarForm, type Refusals } from './calendar-form';
import type { CalendarDayRow } from './calendar-rows';
import { coveredDay, dayRow, ownRow, withDays, type ChangeGround, type ReadAct } from './change-ground';
import { swapRows, withPartners } from './day-changes';

const words = labels.calendar;

/** One line of the form: a day off, and the day worked for it when there is one. */
interface TypedLine {
  at: number;
  off: string;
  name: string;
  worked: string;
  document: string;
}

const linesOf = ({ nghi, ten_ngay, bu, van_ban_ngay }: CalendarForm): TypedLine[] =>
  nghi
    .map((off, at) => ({
      ...{ at, off, name: ten_ngay[at] ?? '', worked: bu[at] ?? '', document: van_ban_ngay[at] ?? '' },
    }))
    .filter(({ off, name, worked, document }) => off + name + worked + document !== '');

/** The documents of a year as typed, one a line or with ';' between. */
const documentsOf = (typed: string): string[] =>
  typed
    .split(/[;\n]/)
    .map((document) => document.replace(/\s+/g, ' ').trim())
    .filter((document) => document !== '');

/** Days off of the year that the form shows, and that a decision replaces: holidays and swaps, no half days. */
const replacedRows = (rows: readonly CalendarDayRow[], year: number): CalendarDayRow[] =>
  withPartners(
    rows,
    rows.filter((row) => row.kind === 'off' && row.day.startsWith(`${year}-`)),
  );

/** Decisions come year after year: the one whose turn it is. */
export const decidableYear = (calendar: WorkingCalendar): number =>
  Math.max(
    ...calendar
      .years()
      .filter((y) => y.state === 'decided')
      .map((y) => y.year),
  ) + 1;

function yearRefused({ above, calendar }: ChangeGround, year: number, refusals: Refusals): boolean {
  const decided = calendar.years().filter((y) => y.state === 'decided');
  const next = decidableYear(calendar);
  if (above.length > 0) refusals.add(WHOLE_FORM, 'CALENDAR_YEAR_OF_NATION');
  else if (decided.some((y) => y.year === year)) refusals.add(WHOLE_FORM, 'CALENDAR_YEAR_DECIDED', { year });
  else if (year !== next) refusals.add(WHOLE_FORM, 'CALENDAR_YEAR_ORDER', { year, next });
  return refusals.any;
}

/** Reads the lines; `taken` tells what each day is entered as already. */
class YearLines {
  private readonly taken = new Map<EpochDay, string>();

  constructor(
    private readonly year: number,
    private readonly ground: ChangeGround,
    private readonly refusals: Refusals,
  ) {}

  rows({ at, ...line }: TypedLine, document: string): CalendarDayRow[] {
    const { refusals } = this;
    const off = this.day(`nghi-${at}`, line.off, false);
    const worked = line.worked === '' ? null : this.day(`bu-${at}`, line.worked, true);
    const name = refusals.line(`ten_ngay-${at}`, line.name, 'CALENDAR_NAME_MISSING');
    if (off !== null && civil(off).year !== this.year)
      refusals.add(`nghi-${at}`, 'CALENDAR_OTHER_YEAR', { day: dayWithWeekday(off), year: this.year });
    if (off !== null) this.taken.set(off, name);
    if (worked !== null) this.taken.set(worked, name);
    if (refusals.any || off === null) return [];
    const facts = { name, document: line.document || document };
    if (worked === null) return [dayRow(off, { kind: 'off', ...facts })];
    return swapRows(this.ground, { off, worked, ...facts, hours: [] });
  }

  /** A day off must fall on a weekday of the office, a make-up day on none. */
  private day(field: string, typed: string, worked: boolean): EpochDay | null {
    const { ground, refusals } = this;
    const read = refusals.day(field, typed, worked ? words.dayWorked : words.dayOff);
    const day = coveredDay(ground, refusals, field, read);
    if (day === null) return null;
    const text = { day: dayWithWeekday(day) };
    const name = this.taken.get(day) ?? ownRow(ground, day)?.name;
    if (name !== undefined) return refusals.add(field, 'CALENDAR_ENTERED_ALREADY', { ...text, name });
    if (ground.calendar.isOfficeWeekday(day) !== worked) return day;
    return refusals.add(field, worked ? 'CALENDAR_WORKED_ALREADY' : 'CALENDAR_REST_DAY_ALREADY', text);
  }
}

/** A year's decision: its days by rule become days by document, with the swaps that no rule tells. */
export const decidedYear: ReadAct = (form, ground, refusals) => {
  const year = Number(form.nam);
  if (yearRefused(ground, year, refusals)) return null;
  const documents = documentsOf(form.van_ban);
  if (documents.length === 0) refusals.add('van_ban', 'CALENDAR_DOCUMENT_MISSING');
  const replaced = replacedRows(ground.own.days, year);
  const own = { ...ground.own, days: ground.own.days.filter((row) => !replaced.includes(row)) };
  const kept = { ...own, days: own.days.filter((row) => row.kind !== 'awaited') };
  const lines = linesOf(form);
  if (lines.length === 0) refusals.add('nghi-0', 'CALENDAR_YEAR_EMPTY', { year });
  const reading = new YearLines(year, { ...ground, own: kept }, refusals);
  const days = lines.flatMap((line) => reading.rows(line, documents[0] ?? ''));
  if (refusals.any) return null;
  return {
    rows: { ...own, days: withDays(own.days, days), years: [...own.years, { year, documents }] },
    words: words.decided(year),
    document: documents.join('; '),
  };
};

/** Empty lines for swaps that no rule tells. */
const SPARE_LINES = 4;

/** The form with the days off as they are known so far: entered ones, else those by rule. */
export function yearForm({ own }: Pick<ChangeGround, 'own'>, year: number): CalendarForm {
  const entered = replacedRows(own.days, year);
  const rows = new Map(
    forecastDaysOff(year).map(({ day, name }) => [isoDay(day), { day: isoDay(day), name, document: '' }]),
  );
  for (const { day, name, document, kind } of entered)
    if (kind === 'off') rows.set(day, { day, name, document: document ?? '' });
  const days = [...rows.values()].sort((a, b) => (a.day < b.day ? -1 : 1));
  const spare = Array<string>(SPARE_LINES).fill('');
  const workedFor = (day: string): string => {
    const partner = entered.find((row) => row.inExchangeFor === day);
    return partner ? fullDay(partner.day) : '';
  };
  return blankForm({
    ...{ viec: 'nam', nam: String(year) },
    nghi: [...days.map((d) => fullDay(d.day)), ...spare],
    ten_ngay: [...days.map((d) => d.name), ...spare],
    bu: [...days.map((d) => workedFor(d.day)), ...spare],
    van_ban_ngay: [...days.map((d) => d.document), ...spare],
  });
}
