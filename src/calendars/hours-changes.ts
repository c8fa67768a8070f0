import { isoDay } from '../domain/local-date';
import { labels } from '../platform/labels';
import { fullDay } from '../web/view-helpers';
import { weekdayName } from './calendar-fault-text';
import { HOURS_FIELDS, WHOLE_FORM, type CalendarForm, type Refusals } from './calendar-form';
import type { CalendarRows, OfficeHoursRow } from './calendar-rows';
import { coveredDay, readHours, type ChangeGround, type ReadAct } from './change-ground';

const words = labels.calendar;

type Hours = Pick<CalendarRows, 'hours' | 'periods'>;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Office hours of the seven weekdays as typed. */
function readWeek(form: CalendarForm, refusals: Refusals, period: number): OfficeHoursRow[] {
  const rows = HOURS_FIELDS.flatMap(([weekday, field]) =>
    readHours(refusals, field, form[field], capital(weekdayName(weekday))).map(([opens, closes]) => ({
      ...{ period, weekday, opens, closes },
    })),
  );
  if (HOURS_FIELDS.every(([, field]) => form[field] === ''))
    refusals.add('gio_2', 'CALENDAR_NO_WORKING_TIME');
  return rows;
}

/** Hours that hold for the office: its own, or those it inherits, which it keeps when it adds to them. */
export function heldHours({ own, above }: Pick<ChangeGround, 'own' | 'above'>): Hours {
  const { hours, periods } = [...above, own].findLast((rows) => rows.hours.length > 0) ?? own;
  return { hours, periods };
}

const nextPeriod = ({ periods }: Hours): number => Math.max(0, ...periods.map((p) => p.period)) + 1;

const without = ({ hours, periods }: Hours, period: number | undefined): Hours => ({
  hours: hours.filter((row) => row.period !== period),
  periods: periods.filter((p) => p.period !== period),
});

/** The hours of the week: for all time where the old ones were wrong, or from a day on. */
export const officeHours: ReadAct = (form, ground, refusals) => {
  const document = refusals.line('van_ban', form.van_ban, 'CALENDAR_DOCUMENT_MISSING');
  if (form.theo_tren !== '' && ground.above.length > 0) {
    if (refusals.any) return null;
    return { rows: { ...ground.own, hours: [], periods: [] }, words: words.hoursInherited, document };
  }
  const held = heldHours(ground);
  const from = form.tu === '' ? null : refusals.day('tu', form.tu, words.firstDay);
  coveredDay(ground, refusals, 'tu', from);
  const period = from === null ? 0 : nextPeriod(held);
  const week = readWeek(form, refusals, period);
  if (refusals.any) return null;
  const replaced =
    from === null ? 0 : held.periods.find((p) => p.to === null && p.from === isoDay(from))?.period;
  const kept = without(held, replaced);
  const name = from === null ? words.hours : words.hoursFrom(fullDay(from));
  const added =
    from === null ? [] : [{ period, name, document, from: isoDay(from), to: null, yearly: false }];
  return {
    rows: { ...ground.own, hours: [...kept.hours, ...week], periods: [...kept.periods, ...added] },
    words: name,
    document,
  };
};

/** Other hours from one day to another, of one year or of every year. */
export const datedHours: ReadAct = (form, ground, refusals) => {
  const name = refusals.line('ten', form.ten, 'CALENDAR_PERIOD_NAME_MISSING');
  const document = refusals.line('van_ban', form.van_ban, 'CALENDAR_DOCUMENT_MISSING');
  const from = coveredDay(ground, refusals, 'tu', refusals.day('tu', form.tu, words.firstDay));
  const to = refusals.day('den', form.den, words.lastDay);
  if (from !== null && to !== null && to < from)
    refusals.add('den', 'CALENDAR_RANGE_REVERSED', { from: fullDay(from), to: fullDay(to) });
  const held = heldHours(ground);
  const period = nextPeriod(held);
  const week = readWeek(form, refusals, period);
  if (refusals.any || from === null || to === null) return null;
  const yearly = form.hang_nam !== '';
  const added = { period, name, document, from: isoDay(from), to: isoDay(to), yearly };
  return {
    rows: { ...ground.own, hours: [...held.hours, ...week], periods: [...held.periods, added] },
    words: words.period(name, fullDay(from), fullDay(to), yearly),
    document,
  };
};

export const datedHoursBack: ReadAct = (form, { own }, refusals) => {
  const found = own.periods.find((p) => String(p.period) === form.dot);
  if (!found) return refusals.add(WHOLE_FORM, 'CALENDAR_PERIOD_UNKNOWN');
  return {
    rows: { ...own, ...without(own, found.period) },
    words: words.periodBack(found.name),
    document: form.van_ban || null,
  };
};
