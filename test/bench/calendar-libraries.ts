/**
 * What one would use instead of our calendar. Every library gets its own objects, made before the clock starts, and
 * the keys that are cheapest for it; the process runs in UTC, where dates cost them least.
 */
import { createRequire } from 'node:module';
import { DAY_SECONDS, isoDay, type EpochDay } from '../../src/domain/local-date';
import manifest from '../../package.json';
import { OFFICE } from '../fixtures/calendar/official-calendar';
import type { DayQuestion, HolidayList, MinuteQuestion, SpanQuestion } from './calendar-questions';

/** Answers question i: an epoch day, or seconds since 1970 for `minutes`, or minutes for `between`. */
export type Answer = (i: number) => number;

export interface Library {
  name: string;
  /** Counts and adds working time; the target of ten thousand times is about these. */
  businessTime: boolean;
  knowsHolidays: boolean;
  days: (questions: DayQuestion[]) => Answer;
  minutes?: (questions: MinuteQuestion[]) => Answer;
  between?: (questions: SpanQuestion[]) => Answer;
}

type Versions = Record<string, string>;
const versions = manifest.devDependencies as Versions;
const load = createRequire(__filename);
const DAY_MS = DAY_SECONDS * 1000;

interface DateFns {
  addDays(date: Date, days: number): Date;
  addBusinessDays(date: Date, days: number): Date;
  isWeekend(date: Date): boolean;
}

interface Dayjs {
  valueOf(): number;
  addBusinessDays(days: number): Dayjs;
  addBusinessMinutes(minutes: number): Dayjs;
  businessMinutesDiff(other: Dayjs): number;
}

type DayjsFactory = ((at: number) => Dayjs) & {
  extend(plugin: unknown): void;
  setHolidays(days: string[]): void;
  setBusinessTime(week: Record<string, { start: string; end: string }[] | null>): void;
};

interface LuxonDate {
  valueOf(): number;
  plusBusiness(span: { days: number }): LuxonDate;
  setupBusiness(setup: { businessDays: number[]; holidayMatchers: ((date: LuxonDate) => boolean)[] }): void;
}

interface Moment {
  valueOf(): number;
  clone(): Moment;
  businessAdd(days: number): Moment;
  addWorkingTime(amount: number, unit: string): Moment;
}

interface MomentFactory {
  utc(at: number): Moment;
  locale(): string;
  updateLocale(locale: string, data: object): void;
}

const named = (library: string, call = ''): string => `${library} ${versions[library]}${call && ` ${call}`}`;
const midnights = (questions: DayQuestion[]): Date[] => questions.map(({ day }) => new Date(day * DAY_MS));
const dayOfTime = (time: number): EpochDay => Math.floor(time / DAY_MS);
const clockText = (minute: number): string =>
  [Math.floor(minute / 60), minute % 60, 0].map((n) => String(n).padStart(2, '0')).join(':');
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];

/** The loop that everybody writes first; with a second set it even knows the make-up days. */
function dateLoop({ off, worked }: HolidayList): Library {
  const times = (days: EpochDay[]) => new Set(days.map((day) => day * DAY_MS));
  const [offAt, workedAt] = [times(off), times(worked)];
  const add = (from: Date, count: number): number => {
    const date = new Date(from);
    for (let left = count; left > 0;) {
      date.setUTCDate(date.getUTCDate() + 1);
      const weekday = date.getUTCDay();
      const weekend = weekday === 0 || weekday === 6;
      if (weekend ? workedAt.has(date.getTime()) : !offAt.has(date.getTime())) left--;
    }
    return dayOfTime(date.getTime());
  };
  return {
    name: 'vòng lặp Date và Set',
    businessTime: false,
    knowsHolidays: true,
    days: (questions) => {
      const dates = midnights(questions);
      return (i) => add(dates[i]!, questions[i]!.count);
    },
  };
}

function dateFns(): Library {
  const { addBusinessDays } = load('date-fns') as DateFns;
  return {
    name: named('date-fns', 'addBusinessDays'),
    businessTime: false,
    knowsHolidays: false,
    days: (questions) => {
      const dates = midnights(questions);
      return (i) => dayOfTime(addBusinessDays(dates[i]!, questions[i]!.count).getTime());
    },
  };
}

function dateFnsLoop({ off }: HolidayList): Library {
  const { addDays, isWeekend } = load('date-fns') as DateFns;
  const offAt = new Set(off.map((day) => day * DAY_MS));
  const add = (from: Date, count: number): number => {
    let date = from;
    for (let left = count; left > 0;) {
      date = addDays(date, 1);
      if (!isWeekend(date) && !offAt.has(date.getTime())) left--;
    }
    return dayOfTime(date.getTime());
  };
  return {
    name: named('date-fns', 'addDays, isWeekend và Set'),
    businessTime: false,
    knowsHolidays: true,
    days: (questions) => {
      const dates = midnights(questions);
      return (i) => add(dates[i]!, questions[i]!.count);
    },
  };
}

function luxonBusinessDays({ off }: HolidayList): Library {
  const { DateTime } = load('luxon-business-days') as {
    DateTime: { fromMillis(at: number, options: { zone: string }): LuxonDate };
  };
  const at = (time: number) => DateTime.fromMillis(time, { zone: 'utc' });
  const offAt = new Set(off.map((day) => day * DAY_MS));
  at(0).setupBusiness({
    businessDays: [1, 2, 3, 4, 5],
    holidayMatchers: [(date) => offAt.has(date.valueOf())],
  });
  return {
    name: named('luxon-business-days'),
    businessTime: true,
    knowsHolidays: true,
    days: (questions) => {
      const dates = questions.map(({ day }) => at(day * DAY_MS));
      return (i) => dayOfTime(dates[i]!.plusBusiness({ days: questions[i]!.count }).valueOf());
    },
  };
}

function dayjsBusinessTime({ off }: HolidayList): Library {
  const dayjs = load('dayjs') as DayjsFactory;
  dayjs.extend(load('dayjs-business-time'));
  dayjs.setHolidays(off.map(isoDay));
  const office = OFFICE.map(({ opens, closes }) => ({ start: clockText(opens), end: clockText(closes) }));
  dayjs.setBusinessTime({
    ...Object.fromEntries(WEEKDAYS.map((name) => [name, office])),
    saturday: null,
    sunday: null,
  });
  return {
    name: named('dayjs-business-time'),
    businessTime: true,
    knowsHolidays: true,
    days: (questions) => {
      const dates = questions.map(({ day }) => dayjs(day * DAY_MS));
      return (i) => dayOfTime(dates[i]!.addBusinessDays(questions[i]!.count).valueOf());
    },
    minutes: (questions) => {
      const dates = questions.map(({ at }) => dayjs(at * 1000));
      return (i) => dates[i]!.addBusinessMinutes(questions[i]!.minutes).valueOf() / 1000;
    },
    between: (questions) => {
      const dates = questions.map(({ from, to }) => [dayjs(from * 1000), dayjs(to * 1000)] as const);
      return (i) => dates[i]![0].businessMinutesDiff(dates[i]![1]);
    },
  };
}

/** Both moment plug-ins write over each other's methods: each gets a moment of its own. */
function momentWith(plugin: string): MomentFactory {
  for (const file of Object.keys(load.cache))
    if (/[\\/]node_modules[\\/]moment[\\/]/.test(file)) delete load.cache[file];
  const moment = load('moment') as MomentFactory;
  load(plugin);
  return moment;
}

function momentBusinessDays({ off }: HolidayList): Library {
  const moment = momentWith('moment-business-days');
  moment.updateLocale(moment.locale(), {
    workingWeekdays: [1, 2, 3, 4, 5],
    holidays: off.map(isoDay),
    holidayFormat: 'YYYY-MM-DD',
  });
  return {
    name: named('moment-business-days'),
    businessTime: true,
    knowsHolidays: true,
    days: (questions) => {
      const dates = questions.map(({ day }) => moment.utc(day * DAY_MS));
      return (i) => dayOfTime(dates[i]!.businessAdd(questions[i]!.count).valueOf());
    },
  };
}

function momentBusinessTime({ off }: HolidayList): Library {
  const moment = momentWith('moment-business-time');
  const office = OFFICE.flatMap(({ opens, closes }) => [clockText(opens), clockText(closes)]);
  moment.updateLocale(moment.locale(), {
    workinghours: { 0: null, 1: office, 2: office, 3: office, 4: office, 5: office, 6: null },
    holidays: off.map(isoDay),
  });
  return {
    name: named('moment-business-time'),
    businessTime: true,
    knowsHolidays: true,
    days: (questions) => {
      const dates = questions.map(({ day }) => moment.utc(day * DAY_MS));
      return (i) => dayOfTime(dates[i]!.clone().addWorkingTime(questions[i]!.count, 'days').valueOf());
    },
    minutes: (questions) => {
      const dates = questions.map(({ at }) => moment.utc(at * 1000));
      return (i) => dates[i]!.clone().addWorkingTime(questions[i]!.minutes, 'minutes').valueOf() / 1000;
    },
    // Its workingDiff is left out: where a day has a break at noon it answers other, even negative numbers.
  };
}

export const librariesWith = (list: HolidayList): Library[] => [
  dateFns(),
  dateLoop(list),
  dateFnsLoop(list),
  dayjsBusinessTime(list),
  luxonBusinessDays(list),
  momentBusinessDays(list),
  momentBusinessTime(list),
];
