import { isoDay, parseIsoDay, type EpochDay } from '../domain/local-date';
import { labels } from '../platform/labels';
import { dayWithWeekday, fullDay } from '../web/view-helpers';
import type { Refusals } from './calendar-form';
import type { CalendarDayRow } from './calendar-rows';
import {
  coveredDay,
  dayRow,
  decidedRow,
  isEntered,
  makeUpHours,
  ownRow,
  pairsOf,
  readHours,
  shortDay,
  withDays,
  type ChangeDraft,
  type ChangeGround,
  type ReadAct,
} from './change-ground';
import { shownHours, type HourPairs } from './typed-hours';

/** Longest closure entered at once; a longer one is a wrong year. */
const LONGEST = 60;

const words = labels.calendar;

const draft = (
  ground: ChangeGround,
  added: CalendarDayRow[],
  facts: Omit<ChangeDraft, 'rows'>,
): ChangeDraft => ({
  rows: { ...ground.own, days: withDays(ground.own.days, added) },
  ...facts,
});

/** Refuses a day that the office's own rows decide already, or that rests anyway. */
export function workedDay(
  ground: ChangeGround,
  refusals: Refusals,
  field: string,
  typed: EpochDay | null,
): EpochDay | null {
  const day = coveredDay(ground, refusals, field, typed);
  if (day === null) return null;
  const text = { day: dayWithWeekday(day) };
  const row = decidedRow(ground, day);
  if (row) {
    const code = row.kind === 'off' ? 'CALENDAR_OFF_ALREADY' : 'CALENDAR_ENTERED_ALREADY';
    return refusals.add(field, code, { ...text, name: row.name });
  }
  const { kind, name } = ground.calendar.describe(day);
  if (ground.calendar.isWorkingDay(day)) return day;
  if (kind !== 'off') return refusals.add(field, 'CALENDAR_REST_DAY_ALREADY', text);
  // By rule only: what is entered takes the place of the forecast.
  if (!isEntered(ground, day)) return day;
  return refusals.add(field, 'CALENDAR_OFF_ALREADY', { ...text, name: name ?? '' });
}

/** Refuses a day that is worked anyway, or that the office's own rows decide already. */
export function restDay(
  ground: ChangeGround,
  refusals: Refusals,
  field: string,
  typed: EpochDay | null,
): EpochDay | null {
  const day = coveredDay(ground, refusals, field, typed);
  if (day === null) return null;
  const row = decidedRow(ground, day);
  if (row)
    return refusals.add(field, 'CALENDAR_ENTERED_ALREADY', { day: dayWithWeekday(day), name: row.name });
  if (!ground.calendar.isWorkingDay(day)) return day;
  return refusals.add(field, 'CALENDAR_WORKED_ALREADY', { day: dayWithWeekday(day) });
}

/** The days of a closure; rest days between them need no entry. */
function closedDays(ground: ChangeGround, refusals: Refusals, from: EpochDay, to: EpochDay): EpochDay[] {
  if (to < from) refusals.add('den', 'CALENDAR_RANGE_REVERSED', { from: fullDay(from), to: fullDay(to) });
  if (to - from >= LONGEST)
    refusals.add('den', 'CALENDAR_RANGE_TOO_LONG', { days: to - from + 1, most: LONGEST });
  if (refusals.any) return [];
  const days = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const resting = (day: EpochDay): boolean =>
    ground.calendar.covers(day) && ground.calendar.describe(day).kind === 'weekend';
  const asked = days.every(resting) ? days : days.filter((day) => !resting(day));
  return asked.filter((day) => workedDay(ground, refusals, 'tu', day) !== null);
}

export const daysOff: ReadAct = (form, ground, refusals) => {
  const from = refusals.day('tu', form.tu, words.firstDay);
  const to = form.den === '' ? from : refusals.day('den', form.den, words.lastDay);
  const days = from === null || to === null ? [] : closedDays(ground, refusals, from, to);
  const name = refusals.line('ten', form.ten, 'CALENDAR_NAME_MISSING');
  const document = refusals.line('van_ban', form.van_ban, 'CALENDAR_DOCUMENT_MISSING');
  if (refusals.any || from === null || to === null) return null;
  const range = words.range(
    from === to ? dayWithWeekday(from) : fullDay(from),
    to === from ? dayWithWeekday(to) : fullDay(to),
  );
  return draft(
    ground,
    days.map((day) => dayRow(day, { kind: 'off', name, document })),
    { words: words.off(range, name), document },
  );
};

/** A day off and the day worked in exchange for it are one act: neither is entered without the other. */
export const swap: ReadAct = (form, ground, refusals) => {
  const half = (field: 'tu' | 'lam_bu', what: string): EpochDay | null =>
    form[field] === ''
      ? refusals.add(field, 'CALENDAR_SWAP_HALF', { what })
      : refusals.day(field, form[field], what);
  const [off, worked] = [half('tu', words.dayOff), half('lam_bu', words.dayWorked)];
  if (off !== null && off === worked)
    refusals.add('lam_bu', 'CALENDAR_SWAP_SAME_DAY', { day: dayWithWeekday(off) });
  else {
    offOfSwap(ground, refusals, off);
    restDay(ground, refusals, 'lam_bu', worked);
  }
  const hours = readHours(refusals, 'gio', form.gio, words.hoursOfDay);
  const name = refusals.line('ten', form.ten, 'CALENDAR_NAME_MISSING');
  const document = refusals.line('van_ban', form.van_ban, 'CALENDAR_DOCUMENT_MISSING');
  if (refusals.any || off === null || worked === null) return null;
  return draft(ground, swapRows(ground, { off, worked, name, document, hours }), {
    words: words.swap(dayWithWeekday(off), dayWithWeekday(worked), name),
    document,
  });
};

/** The day given up must be one that is worked: a forecast day off gives nothing. */
function offOfSwap(ground: ChangeGround, refusals: Refusals, typed: EpochDay | null): void {
  const day = coveredDay(ground, refusals, 'tu', typed);
  if (day === null) return;
  const row = decidedRow(ground, day);
  if (row) refusals.add('tu', 'CALENDAR_ENTERED_ALREADY', { day: dayWithWeekday(day), name: row.name });
  else if (!ground.calendar.isWorkingDay(day))
    refusals.add('tu', 'CALENDAR_SWAP_OFF_RESTS', { day: dayWithWeekday(day) });
}

export interface SwapPair {
  off: EpochDay;
  worked: EpochDay;
  name: string;
  document: string;
  hours: HourPairs;
}

export const swapRows = (ground: ChangeGround, pair: SwapPair): CalendarDayRow[] => {
  const { off, worked, name, document, hours } = pair;
  return [
    dayRow(off, { kind: 'off', name, document }),
    dayRow(worked, {
      kind: 'worked',
      name: words.makeUpName(shortDay(off)),
      document,
      hours: makeUpHours(ground, worked, hours),
      inExchangeFor: isoDay(off),
    }),
  ];
};

export const makeUpDay: ReadAct = (form, ground, refusals) => {
  const day = restDay(ground, refusals, 'tu', refusals.day('tu', form.tu, words.dayWorked));
  const hours = readHours(refusals, 'gio', form.gio, words.hoursOfDay);
  const name = refusals.line('ten', form.ten, 'CALENDAR_NAME_MISSING');
  const document = refusals.line('van_ban', form.van_ban, 'CALENDAR_DOCUMENT_MISSING');
  if (refusals.any || day === null) return null;
  const row = dayRow(day, { kind: 'worked', name, document, hours: makeUpHours(ground, day, hours) });
  return draft(ground, [row], { words: words.worked(dayWithWeekday(day), name), document });
};

/** A working day of which only some hours are worked. */
export const halfDay: ReadAct = (form, ground, refusals) => {
  const typed = coveredDay(ground, refusals, 'tu', refusals.day('tu', form.tu, words.anyDay));
  const row = typed === null ? undefined : decidedRow(ground, typed);
  if (row) refusals.add('tu', 'CALENDAR_ENTERED_ALREADY', { day: dayWithWeekday(typed!), name: row.name });
  const hours = halfHours(form.buoi, form.gio, row ? null : typed, { ground, refusals });
  const name = refusals.line('ten', form.ten, 'CALENDAR_NAME_MISSING');
  const document = refusals.line('van_ban', form.van_ban, 'CALENDAR_DOCUMENT_MISSING');
  if (refusals.any || typed === null) return null;
  return draft(ground, [dayRow(typed, { kind: 'worked', name, document, hours })], {
    words: words.half(dayWithWeekday(typed), shownHours(hours), name),
    document,
  });
};

interface Reading {
  ground: ChangeGround;
  refusals: Refusals;
}

function halfHours(
  part: string,
  typed: string,
  day: EpochDay | null,
  { ground, refusals }: Reading,
): HourPairs {
  const own = part === 'khac' ? readHours(refusals, 'gio', typed, words.hoursOfDay) : [];
  if (part === 'khac' && typed === '') refusals.add('gio', 'CALENDAR_HOURS_MISSING');
  if (day === null) return own;
  const text = { day: dayWithWeekday(day) };
  const usual = pairsOf(ground.calendar.intervalsOf(day));
  if (usual.length === 0) refusals.add('tu', 'CALENDAR_HALF_RESTS', text);
  else if (part !== 'khac' && usual.length < 2) refusals.add('buoi', 'CALENDAR_HALF_ONE_INTERVAL', text);
  const hours =
    part === 'khac' ? own : [part === 'sang' ? usual[0] : usual.at(-1)].filter((pair) => pair !== undefined);
  if (usual.length > 0 && shownHours(hours) === shownHours(usual) && !refusals.any)
    refusals.add('gio', 'CALENDAR_HALF_SAME', { ...text, hours: shownHours(usual) });
  return hours;
}

/** A decision is expected: the day is worked until there is one, and what it would change can be seen. */
export const awaitedDay: ReadAct = (form, ground, refusals) => {
  const day = workedDay(ground, refusals, 'tu', refusals.day('tu', form.tu, words.anyDay));
  const known = day === null ? undefined : ownRow(ground, day);
  if (known) refusals.add('tu', 'CALENDAR_ENTERED_ALREADY', { day: dayWithWeekday(day!), name: known.name });
  const name = refusals.line('ten', form.ten, 'CALENDAR_NAME_MISSING');
  if (refusals.any || day === null) return null;
  const document = form.van_ban || null;
  return draft(ground, [dayRow(day, { kind: 'awaited', name, document })], {
    words: words.awaited(dayWithWeekday(day), name),
    document,
  });
};

/** An entry with what belongs to it: the two days of a swap come and go together. */
export function withPartners(
  rows: readonly CalendarDayRow[],
  chosen: readonly CalendarDayRow[],
): CalendarDayRow[] {
  const days = new Set(chosen.map((row) => row.day));
  const exchanged = new Set(chosen.map((row) => row.inExchangeFor));
  return rows.filter(
    (row) =>
      days.has(row.day) ||
      exchanged.has(row.day) ||
      (row.inExchangeFor !== null && days.has(row.inExchangeFor)),
  );
}

export const takenBack: ReadAct = (form, ground, refusals) => {
  const from = refusals.day('tu', form.tu, words.anyDay);
  const to = form.den === '' ? from : refusals.day('den', form.den, words.lastDay);
  const rows = from === null || to === null ? [] : rowsBetween(ground, from, to);
  if (from !== null && rows.length === 0)
    refusals.add('tu', 'CALENDAR_NOT_OWN', { day: dayWithWeekday(from) });
  const reason = refusals.line('ly_do', form.ly_do, 'CALENDAR_REASON_MISSING');
  if (refusals.any) return null;
  const gone = withPartners(ground.own.days, rows);
  return {
    rows: { ...ground.own, days: ground.own.days.filter((row) => !gone.includes(row)) },
    words: words.takenBack(
      gone.map((row) => dayWithWeekday(row.day)),
      reason,
    ),
    document: form.van_ban || null,
  };
};

const rowsBetween = ({ own }: ChangeGround, from: EpochDay, to: EpochDay): CalendarDayRow[] =>
  own.days.filter((row) => parseIsoDay(row.day) >= from && parseIsoDay(row.day) <= to);

/** The same day with another name or document. */
export const reworded: ReadAct = (form, ground, refusals) => {
  const day = refusals.day('tu', form.tu, words.anyDay);
  const row = day === null ? undefined : ownRow(ground, day);
  if (day !== null && !row) refusals.add('tu', 'CALENDAR_NOT_OWN', { day: dayWithWeekday(day) });
  const name = refusals.line('ten', form.ten, 'CALENDAR_NAME_MISSING');
  const document = form.van_ban || null;
  if (document === null && row?.kind !== 'awaited') refusals.add('van_ban', 'CALENDAR_DOCUMENT_MISSING');
  if (refusals.any || day === null || !row) return null;
  const pair = withPartners(ground.own.days, [row]);
  const changed = pair.map((r) => ({ ...r, document, name: r === row ? name : r.name }));
  return draft(ground, changed, { words: words.reworded(dayWithWeekday(day)), document });
};
