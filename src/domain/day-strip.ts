/** The day strip: one cell per day from reception to the due day, and on to today (or to the end) when late. */
import type { CaseClock, ClosedPause } from './case-clock';
import {
  pausesWorkingDays,
  pushesEnd,
  startOfHours,
  zeroDayOf,
  type ProcessingLimit,
  type Term,
} from './deadline';
import { dayOf, DAY_SECONDS, type EpochDay } from './local-date';
import { workingSecondsOutside } from './paused-time';
import type { WorkingCalendar } from './working-calendar';

export interface DayCell {
  day: EpochDay;
  /** extended: added to the end for a supplement, where its calendar days are */
  role: 'received' | 'counted' | 'off' | 'paused' | 'not-counted' | 'extended' | 'due' | 'after';
  /** Which day of the term; null for limits in hours and months, and on days that are not counted. */
  ordinal: number | null;
  /** A make-up day. */
  worked: boolean;
  /** Name and document of a day off or a make-up day; null on a plain rest day. */
  name: string | null;
  document: string | null;
  /** Working days since the due day; null up to it and on rest days. */
  overdueBy: number | null;
  today: boolean;
}

export interface StripInput {
  clock: CaseClock;
  limit: ProcessingLimit;
  calendar: WorkingCalendar;
  /** null while the case is paused */
  term: Term | null;
  today: EpochDay;
}

type Place = Pick<DayCell, 'role' | 'ordinal'>;

/** A wait covers the days after the one it began on, up to and including the one it ended on. */
const covers = (pause: { from: number; to: number | null }, day: EpochDay): boolean =>
  day > dayOf(pause.from) && (pause.to === null || day <= dayOf(pause.to));

const uncounted = (role: DayCell['role']): Place => ({ role, ordinal: null });

/** Days of a term that began anew with a supplement: all of them are void. */
function beforeRestart(day: EpochDay, { clock, calendar }: StripInput): Place {
  if (day === dayOf(clock.receivedAt)) return uncounted('received');
  if (!calendar.isWorkingDay(day)) return uncounted('off');
  return uncounted(clock.restarts.some((r) => covers(r, day)) ? 'paused' : 'not-counted');
}

function pausedOn(day: EpochDay, { clock, limit, calendar }: StripInput, zeroDay: EpochDay): boolean {
  if (limit.unit !== 'working-hours')
    return clock.pauses.some((p) => covers(p, day) && (p.to === null || !pushesEnd(limit, p)));
  const start = Math.max(day * DAY_SECONDS, startOfHours(calendar, clock.startedAt, zeroDay));
  const end = (day + 1) * DAY_SECONDS;
  const holes = clock.pauses.map((p) => ({ from: p.from, to: p.to ?? end }));
  return (
    calendar.workingSecondsBetween(start, end) > 0 && workingSecondsOutside(calendar, start, end, holes) === 0
  );
}

/** Gives each day after the start its place, counting as it goes. */
class DayCount {
  private counted = 0;

  constructor(
    private readonly input: StripInput,
    private readonly zeroDay: EpochDay,
  ) {}

  place(day: EpochDay): Place {
    const { calendar, term } = this.input;
    const working = calendar.isWorkingDay(day);
    const paused = pausedOn(day, this.input, this.zeroDay);
    const counts = !paused && this.counts(day, working);
    const ordinal = counts && this.numbered ? this.nextOrdinal() : null;
    if (term && day === dayOf(term.dueAt)) return { role: 'due', ordinal };
    if (paused && (working || this.inCalendarDays)) return uncounted('paused');
    if (ordinal === null && this.isPushed(day)) return uncounted('extended');
    if (counts && (ordinal !== null || !this.numbered)) return { role: 'counted', ordinal };
    return uncounted(working ? 'not-counted' : 'off');
  }

  /** The whole term has been counted, and the due day lies further on because a wait was added. */
  private isPushed(day: EpochDay): boolean {
    const { limit, term } = this.input;
    if (!term?.pauses.some((p) => pushesEnd(limit, p))) return false;
    return this.numbered ? this.counted >= limit.amount : day > term.unpausedDay;
  }

  private get inCalendarDays(): boolean {
    return this.input.limit.unit === 'days' || this.input.limit.unit === 'months';
  }

  private get numbered(): boolean {
    return this.input.limit.unit === 'working-days' || this.input.limit.unit === 'days';
  }

  /** Calendar days and months count rest days too, but not those an end was moved across. */
  private counts(day: EpochDay, working: boolean): boolean {
    const { term } = this.input;
    return this.inCalendarDays ? term === null || day <= term.endDay : working;
  }

  private nextOrdinal(): number | null {
    this.counted++;
    return this.counted <= this.input.limit.amount ? this.counted : null;
  }
}

function lastDay({ clock, term, today }: StripInput): EpochDay {
  const end = clock.stoppedAt === null ? today : dayOf(clock.stoppedAt);
  return Math.max(dayOf(clock.receivedAt), term ? Math.max(dayOf(term.dueAt), end) : end);
}

/** Cells of every covered day; empty when reception lies outside the calendar. */
export function dayStrip(input: StripInput): DayCell[] {
  const { calendar, clock, limit, term, today } = input;
  const cells: DayCell[] = [];
  const zeroDay = zeroDayOf(calendar, clock.startedAt, limit);
  const count = new DayCount(input, zeroDay);
  const [startDay, dueDay] = [dayOf(clock.startedAt), term ? dayOf(term.dueAt) : Infinity];
  const end = lastDay(input);
  for (let day = dayOf(clock.receivedAt); day <= end && calendar.covers(day); day++) {
    const { kind, name, document } = calendar.describe(day);
    const place = (): Place => {
      if (day > dueDay) return uncounted('after');
      if (day === dueDay && day <= zeroDay) return uncounted('due');
      if (day > startDay && day <= zeroDay && limit.unit !== 'working-hours')
        return uncounted(calendar.isWorkingDay(day) ? 'not-counted' : 'off');
      return day > startDay ? count.place(day) : beforeRestart(day, input);
    };
    const overdue = day > dueDay && calendar.isWorkingDay(day);
    cells.push({
      day,
      ...place(),
      worked: kind === 'worked',
      name,
      document,
      overdueBy: overdue ? calendar.workingDaysBetween(dueDay, day) : null,
      today: day === today,
    });
  }
  return cells;
}

/** Days of the strip that a pause left out, as the reader of the account sees them. */
export function daysLeftOut(
  pause: ClosedPause,
  cells: readonly DayCell[],
  { limit, zeroDay }: { limit: ProcessingLimit; zeroDay: EpochDay },
): EpochDay[] {
  const inWorkingDays = pausesWorkingDays(limit, pause);
  return cells
    .filter((cell) => cell.day > zeroDay && covers(pause, cell.day))
    .filter((cell) => (inWorkingDays ? cell.role === 'paused' : cell.role !== 'after'))
    .map((cell) => cell.day);
}
