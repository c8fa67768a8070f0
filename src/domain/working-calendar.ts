/**
 * The working calendar: an immutable value built once from a definition, without `Date` and without walking from
 * day to day.
 *
 * "n working days after day d" is the n-th working day strictly after d; d itself is day zero whether it is a
 * working day or not (the day of an event is not counted, BLDS 2015 Đ147.2). A negative n counts backwards in the
 * same way, n = 0 is d itself. "n working seconds after instant t" is the earliest instant by which n seconds of
 * office hours have passed: 17:00 at closing, not 07:30 of the next day. Backwards it is the latest instant from
 * which n seconds pass until t. Zero seconds from outside office hours answer the next opening. A time at closing
 * still lies in the day just worked, but `nextOpening` of it is the next morning. Days are never converted into
 * hours. Whatever needs a year the calendar does not hold throws `CalendarNotCovered`.
 */
import {
  calendarFaults,
  CalendarFaults,
  weeklyHours,
  type CalendarDayRule,
  type CalendarDefinition,
  type CalendarYear,
  type OfficeInterval,
} from './calendar-definition';
import { buildTables, JUMP_SECONDS, officeHours, type CalendarTables } from './calendar-tables';
import { atSecond, civil, dayOf, DAY_SECONDS, type EpochDay, type LocalSecond } from './local-date';

export {
  CalendarFaults,
  type CalendarDayRule,
  type CalendarDefinition,
  type CalendarFault,
  type CalendarYear,
  type OfficeInterval,
  type OfficePeriod,
  type Weekday,
  type WeeklyHours,
} from './calendar-definition';

export class CalendarNotCovered extends Error {
  constructor(readonly year: number) {
    super(`the working calendar has no data for ${year}`);
  }
}

export interface DayDescription {
  /** 'worked': a make-up day, worked although the week has no office hours on it. */
  kind: 'working' | 'worked' | 'weekend' | 'off';
  name: string | null;
  document: string | null;
}

const sameHours = (a: readonly OfficeInterval[], b: readonly OfficeInterval[]): boolean =>
  a.length === b.length &&
  a.every(({ opens, closes }, i) => opens === b[i]!.opens && closes === b[i]!.closes);

export class WorkingCalendar {
  private readonly tables: CalendarTables;
  private readonly rules: ReadonlyMap<EpochDay, CalendarDayRule>;
  private readonly forecastYearSet: ReadonlySet<number>;
  private readonly hoursOf: (day: EpochDay) => OfficeInterval[];
  /** First covered day, first day no longer covered. */
  private readonly first: EpochDay;
  private readonly end: EpochDay;

  private constructor(private readonly definition: CalendarDefinition) {
    this.tables = buildTables(definition);
    this.hoursOf = officeHours(definition);
    this.rules = new Map(definition.days.map((rule) => [rule.day, rule]));
    const forecast = definition.years.filter((y) => y.state === 'forecast');
    this.forecastYearSet = new Set(forecast.map((y) => y.year));
    this.first = this.tables.firstDay;
    this.end = this.tables.firstDay + this.tables.dayCount;
  }

  /** @throws CalendarFaults with every fault of the definition */
  static of(definition: CalendarDefinition): WorkingCalendar {
    const faults = calendarFaults(definition);
    if (faults.length > 0) throw new CalendarFaults(faults);
    return new WorkingCalendar(structuredClone(definition));
  }

  /** The same calendar with only some of its dated rules, for asking what somebody else may have counted. */
  keeping(kept: (rule: CalendarDayRule) => boolean): WorkingCalendar {
    return new WorkingCalendar({ ...this.definition, days: this.definition.days.filter(kept) });
  }

  covers(day: EpochDay): boolean {
    return day >= this.first && day < this.end;
  }

  /** The years it holds, in order. */
  years(): CalendarYear[] {
    return [...this.definition.years].sort((a, b) => a.year - b.year);
  }

  isForecast(day: EpochDay): boolean {
    return this.covers(day) && this.forecastYearSet.has(civil(day).year);
  }

  /** Forecast years among the years from one day to the other: what a date between them rests on. */
  forecastYears(from: EpochDay, to: EpochDay): number[] {
    if (this.forecastYearSet.size === 0) return [];
    const [firstYear, lastYear] = [civil(from).year, civil(to).year];
    return [...this.forecastYearSet].filter((y) => y >= firstYear && y <= lastYear).sort((a, b) => a - b);
  }

  isWorkingDay(day: EpochDay): boolean {
    const i = this.index(day);
    return this.tables.workingDaysBefore[i + 1]! > this.tables.workingDaysBefore[i]!;
  }

  /** True when the week has office hours on this weekday, whatever holds on the day itself. */
  isOfficeWeekday(day: EpochDay): boolean {
    return weeklyHours(this.definition, day).length > 0;
  }

  describe(day: EpochDay): DayDescription {
    this.index(day);
    const rule = this.rules.get(day);
    const office = this.isOfficeWeekday(day);
    if (!rule) return { kind: office ? 'working' : 'weekend', name: null, document: null };
    const worked = office ? 'working' : 'worked';
    return { kind: rule.kind === 'off' ? 'off' : worked, name: rule.name, document: rule.document };
  }

  /**
   * The first and the last day on which the other calendar has other office hours, or rests on a forecast where this
   * one does not; among the days both cover, breaks aside. Null when there is none.
   */
  differenceFrom(other: WorkingCalendar): { first: EpochDay; last: EpochDay } | null {
    const end = Math.min(this.end, other.end);
    const found: EpochDay[] = [];
    for (let day = Math.max(this.first, other.first); day < end; day++) {
      const same =
        sameHours(this.hoursOf(day), other.hoursOf(day)) && this.isForecast(day) === other.isForecast(day);
      if (!same) found.push(day);
    }
    return found.length > 0 ? { first: found[0]!, last: found.at(-1)! } : null;
  }

  /** Office hours of the day, before breaks are cut out. */
  intervalsOf(day: EpochDay): OfficeInterval[] {
    this.index(day);
    return this.hoursOf(day).map((interval) => ({ ...interval }));
  }

  /** First opening of the day, null on a day without office hours. */
  opensAt(day: EpochDay): LocalSecond | null {
    this.index(day);
    const first = this.hoursOf(day)[0];
    return first ? atSecond(day, first.opens * 60) : null;
  }

  /** Last closing of the day, null on a day without office hours. Midnight is 23:59:59, so that it stays that day. */
  closesAt(day: EpochDay): LocalSecond | null {
    this.index(day);
    const last = this.hoursOf(day).at(-1);
    return last ? atSecond(day, Math.min(last.closes * 60, DAY_SECONDS - 1)) : null;
  }

  /** @param n working days; negative = backwards */
  addWorkingDays(day: EpochDay, n: number): EpochDay {
    const i = this.index(day);
    if (n === 0) return day;
    const { workingDays, workingDaysBefore } = this.tables;
    const k = n > 0 ? workingDaysBefore[i + 1]! + n - 1 : workingDaysBefore[i]! + n;
    const found = workingDays[k];
    if (found === undefined) throw this.beyond(n > 0);
    return found;
  }

  /** Strictly after. */
  nextWorkingDay(day: EpochDay): EpochDay {
    return this.addWorkingDays(day, 1);
  }

  /** Strictly before. */
  previousWorkingDay(day: EpochDay): EpochDay {
    return this.addWorkingDays(day, -1);
  }

  /** The day itself when it is a working day, else the next one. */
  rollForward(day: EpochDay): EpochDay {
    return this.isWorkingDay(day) ? day : this.addWorkingDays(day, 1);
  }

  /** Working days d with from < d <= to; negative when to < from. */
  workingDaysBetween(from: EpochDay, to: EpochDay): number {
    const { workingDaysBefore } = this.tables;
    return workingDaysBefore[this.index(to) + 1]! - workingDaysBefore[this.index(from) + 1]!;
  }

  /** The instant itself within office hours (from opening, before closing), else the next opening. */
  nextOpening(at: LocalSecond): LocalSecond {
    const { closes, opens, firstSpan } = this.tables;
    let k = firstSpan[this.index(dayOf(at))]!;
    while (k < closes.length && closes[k]! <= at) k++;
    const opening = opens[k];
    if (opening === undefined) throw this.beyond(true);
    return Math.max(at, opening);
  }

  /** @param seconds of office hours, whole; negative = backwards */
  addWorkingSeconds(at: LocalSecond, seconds: number): LocalSecond {
    if (seconds === 0) return this.closesExactly(at) ? at : this.nextOpening(at);
    const { opens, secondsBefore } = this.tables;
    const target = this.secondsUntil(at) + seconds;
    const k = this.spanOf(target, seconds > 0);
    return opens[k]! + target - secondsBefore[k]!;
  }

  /** Seconds of office hours from a to b; negative when b lies before a. */
  workingSecondsBetween(a: LocalSecond, b: LocalSecond): number {
    return this.secondsUntil(b) - this.secondsUntil(a);
  }

  /** Working seconds from the calendar's beginning to the instant. */
  private secondsUntil(at: LocalSecond): number {
    const { closes, opens, firstSpan, secondsBefore, dayCount } = this.tables;
    const i = dayOf(at) - this.first;
    if (i === dayCount && at === atSecond(this.end, 0)) return secondsBefore[closes.length]!;
    this.index(this.first + i);
    const [from, to] = [firstSpan[i]!, firstSpan[i + 1]!];
    for (let k = to - 1; k >= from; k--)
      if (opens[k]! < at) return secondsBefore[k]! + Math.min(at, closes[k]!) - opens[k]!;
    return secondsBefore[from]!;
  }

  /** The span in which the target is reached: at its end rather than at the next opening, backwards the reverse. */
  private spanOf(target: number, forward: boolean): number {
    const { secondsBefore, jump, closes } = this.tables;
    const total = secondsBefore[closes.length]!;
    if (forward ? target > total : target < 0) throw this.beyond(forward);
    let k = jump[Math.floor((forward ? Math.ceil(target) - 1 : target) / JUMP_SECONDS)]!;
    while (forward ? secondsBefore[k + 1]! < target : secondsBefore[k + 1]! <= target) k++;
    return k;
  }

  private closesExactly(at: LocalSecond): boolean {
    const { closes, firstSpan } = this.tables;
    const i = this.index(dayOf(at));
    for (let k = Math.max(0, firstSpan[i]! - 1); k < firstSpan[i + 1]!; k++)
      if (closes[k] === at) return true;
    return false;
  }

  private index(day: EpochDay): number {
    const i = day - this.first;
    if (i >= 0 && i < this.tables.dayCount) return i;
    throw new CalendarNotCovered(civil(day).year);
  }

  private beyond(after: boolean): CalendarNotCovered {
    return new CalendarNotCovered(after ? civil(this.end).year : civil(this.first - 1).year);
  }
}
