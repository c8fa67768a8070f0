/** Target 1: how quick the working calendar is, by itself and against what one would use instead. */
import type { ClockEvent } from '../../src/domain/case-clock';
import { computeDue, type ProcessingLimit } from '../../src/domain/deadline';
import { dayOf, epochDay, type EpochDay } from '../../src/domain/local-date';
import { addWorkingSecondsAround } from '../../src/domain/paused-time';
import type { WorkingCalendar } from '../../src/domain/working-calendar';
import { officialCalendar, officialDefinition } from '../fixtures/calendar/official-calendar';
import { holidayListOf, questionsOf, touches, type HolidayList, type Questions } from './calendar-questions';
import { librariesWith, type Answer, type Library } from './calendar-libraries';
import { interleave, median, timesFaster, type Contender, type Rounds } from './interleave';
import { figure, measured, type Bench, type Finding } from './report';

const [FIRST_DAY, LAST_DAY] = [epochDay(2024, 1, 1), epochDay(2026, 12, 31)];
const ROUNDS = { rounds: 40, sliceMs: 25 };
const AT_LEAST_MILLIONS = 20;
const DATE_FNS_TIMES = 20;
const BUSINESS_TIME_TIMES = 10_000;

type Operation = 'days' | 'minutes' | 'between';

const WORDS: Record<Operation, string> = {
  days: 'Cộng ngày làm việc',
  minutes: 'Cộng phút làm việc',
  between: 'Đếm phút làm việc giữa hai thời điểm',
};

/** Plain columns: what a program would hold that asks millions of questions. */
const columnsOf = ({ days, minutes, spans }: Questions) => ({
  day: Int32Array.from(days, (q) => q.day),
  count: Int32Array.from(days, (q) => q.count),
  at: Float64Array.from(minutes, (q) => q.at),
  seconds: Float64Array.from(minutes, (q) => q.minutes * 60),
  from: Float64Array.from(spans, (q) => q.from),
  to: Float64Array.from(spans, (q) => q.to),
});

type Columns = ReturnType<typeof columnsOf>;

/** Each loop is written out: one shared loop could not be compiled for any of them. */
function ours(calendar: WorkingCalendar, c: Columns): Record<Operation | 'days-between', Contender> {
  return {
    days: {
      name: 'days',
      size: c.day.length,
      run: (from, to) => {
        let sum = 0;
        for (let i = from; i < to; i++) sum += calendar.addWorkingDays(c.day[i]!, c.count[i]!);
        return sum;
      },
    },
    'days-between': {
      name: 'days-between',
      size: c.day.length,
      run: (from, to) => {
        let sum = 0;
        for (let i = from; i < to; i++)
          sum += calendar.workingDaysBetween(c.day[i]!, c.day[i]! + c.count[i]!);
        return sum;
      },
    },
    minutes: {
      name: 'minutes',
      size: c.at.length,
      run: (from, to) => {
        let sum = 0;
        for (let i = from; i < to; i++) sum += calendar.addWorkingSeconds(c.at[i]!, c.seconds[i]!);
        return sum;
      },
    },
    between: {
      name: 'between',
      size: c.from.length,
      run: (from, to) => {
        let sum = 0;
        for (let i = from; i < to; i++) sum += calendar.workingSecondsBetween(c.from[i]!, c.to[i]!);
        return sum;
      },
    },
  };
}

const LIMIT: ProcessingLimit = {
  amount: 15,
  unit: 'working-days',
  receptionCutoff: null,
  timeOfDay: null,
  supplementMode: 'extend-working-days',
};

/** Whole deadlines: told for comparison, they do more than one calendar operation each. */
function deadlines(calendar: WorkingCalendar, c: Columns): Contender[] {
  const pauses = Array.from(c.at, (at) => [
    { from: at + 3_600, to: at + 90_000 },
    { from: at + 180_000, to: at + 300_000 },
  ]);
  const ledgers = pauses.map(([first, second], i): ClockEvent[] => [
    { kind: 'received', at: c.at[i]! },
    { kind: 'supplement-requested', at: first!.from },
    { kind: 'supplement-received', at: first!.to },
    { kind: 'suspended', at: second!.from },
    { kind: 'resumed', at: second!.to },
  ]);
  const dueOf = (events: ClockEvent[]): number => {
    const due = computeDue({ events, limit: LIMIT, calendar, timeOfDay: 'end-of-office' });
    return due.state === 'due' ? due.dueAt : 0;
  };
  const contender = (name: string, answer: Answer): Contender => ({
    name,
    size: c.at.length,
    run: (from, to) => total(answer, from, to),
  });
  return [
    contender('pauses', (i) => addWorkingSecondsAround(calendar, c.at[i]!, c.seconds[i]!, pauses[i]!)),
    contender('due', (i) => dueOf(ledgers[i]!.slice(0, 1))),
    contender('due-paused', (i) => dueOf(ledgers[i]!)),
  ];
}

function total(answer: Answer, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += answer(i);
  return sum;
}

interface Rival {
  library: Library;
  operation: Operation;
  contender: Contender;
}

interface Asked extends Questions {
  calendar: WorkingCalendar;
  list: HolidayList;
}

/**
 * The questions that a library can understand at all: no worked Saturday lies in the span, and no day off either when
 * it knows only weekends.
 */
function understood({ calendar, list, ...asked }: Asked, library: Library): Questions {
  const plain = (from: EpochDay, to: EpochDay): boolean =>
    !touches(list.worked, from, to) && (library.knowsHolidays || !touches(list.off, from, to));
  return {
    days: asked.days.filter(({ day, count }) => plain(day, calendar.addWorkingDays(day, count))),
    minutes: asked.minutes.filter(({ at, minutes }) =>
      plain(dayOf(at), dayOf(calendar.addWorkingSeconds(at, minutes * 60))),
    ),
    spans: asked.spans.filter(({ from, to }) => plain(dayOf(from), dayOf(to))),
  };
}

/** A library's answers beside ours. All are asked before any is timed, and every answer must be the same. */
function rivals(asked: Asked, library: Library): Rival[] {
  const { calendar } = asked;
  const { days, minutes, spans } = understood(asked, library);
  const rival = (operation: Operation, size: number, theirs: Answer, right: Answer): Rival => {
    for (let i = 0; i < size; i++)
      if (theirs(i) !== right(i)) throw new Error(`${library.name} answers otherwise: ${operation} ${i}`);
    const name = `${library.name} ${operation}`;
    return { library, operation, contender: { name, size, run: (from, to) => total(theirs, from, to) } };
  };
  const found = [
    rival('days', days.length, library.days(days), (i) =>
      calendar.addWorkingDays(days[i]!.day, days[i]!.count),
    ),
  ];
  if (library.minutes)
    found.push(
      rival('minutes', minutes.length, library.minutes(minutes), (i) =>
        calendar.addWorkingSeconds(minutes[i]!.at, minutes[i]!.minutes * 60),
      ),
    );
  if (library.between)
    found.push(
      rival(
        'between',
        spans.length,
        library.between(spans),
        (i) => calendar.workingSecondsBetween(spans[i]!.from, spans[i]!.to) / 60,
      ),
    );
  return found;
}

const perSecond = (rounds: Rounds): number => 1e9 / median(rounds);

function rate(operations: number): string {
  if (operations >= 1e6) return `${figure(operations / 1e6)} triệu phép/giây`;
  if (operations >= 1e4) return `${figure(operations / 1e3)} nghìn phép/giây`;
  return `${figure(operations)} phép/giây`;
}

function speed(id: string, what: string, rounds: Rounds, asTarget = true): Finding {
  return {
    id: `calendar.${id}`,
    what,
    value: perSecond(rounds) / 1e6,
    unit: 'triệu phép/giây',
    ...(asTarget ? { target: { atLeast: AT_LEAST_MILLIONS } } : {}),
  };
}

function target(library: Library): { target?: { atLeast: number } } {
  if (library.businessTime) return { target: { atLeast: BUSINESS_TIME_TIMES } };
  return library.knowsHolidays ? {} : { target: { atLeast: DATE_FNS_TIMES } };
}

const plainId = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]|\d+\.\d+\.\d+/g, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')
    .replace(/^-|-$/g, '');

function ratio({ library, operation, contender }: Rival, times: Map<string, Rounds>): Finding {
  const theirs = times.get(contender.name)!;
  return {
    id: `calendar.${operation}.${plainId(library.name)}`,
    what: `${WORDS[operation]}, nhanh gấp ${library.name}`,
    value: timesFaster(times.get(operation)!, theirs),
    unit: 'lần',
    ...target(library),
    against: rate(perSecond(theirs)),
  };
}

/** How often a library is wrong in real life, because make-up Saturdays and days off are more than it can be told. */
function differing({ calendar, days }: Asked, library: Library): Finding {
  const answer = library.days(days);
  const wrong = days.filter(({ day, count }, i) => answer(i) !== calendar.addWorkingDays(day, count));
  return {
    id: `calendar.differs.${plainId(library.name)}`,
    what: `Số ngày hẹn khác lịch chính thức 2024–2026: ${library.name}`,
    value: wrong.length,
    unit: `/ ${figure(days.length)} câu`,
  };
}

export const speedOfCalendar: Bench = async (say) => {
  const calendar = officialCalendar();
  const list = holidayListOf(officialDefinition());
  const asked: Asked = { calendar, list, ...questionsOf(calendar, FIRST_DAY, LAST_DAY) };
  const libraries = librariesWith(list);
  say('  so lời giải với các thư viện trên những câu chúng hiểu được');
  const against = libraries.flatMap((library) => rivals(asked, library));
  const columns = columnsOf(asked);
  const contenders = [
    ...Object.values(ours(calendar, columns)),
    ...deadlines(calendar, columns),
    ...against.map((rival) => rival.contender),
  ];
  say(`  đo xen kẽ ${contenders.length} cách tính, ${ROUNDS.rounds} vòng`);
  const times = interleave(contenders, ROUNDS);
  const of = (name: string): Rounds => times.get(name)!;
  return [
    speed('days', WORDS.days, of('days')),
    speed('days-between', 'Đếm ngày làm việc giữa hai ngày', of('days-between')),
    speed('minutes', WORDS.minutes, of('minutes')),
    speed('between', WORDS.between, of('between')),
    speed('pauses', 'Cộng phút làm việc, hai lần tạm dừng', of('pauses'), false),
    speed('due', 'Tính hạn một hồ sơ từ sổ sự kiện', of('due'), false),
    speed('due-paused', 'Tính hạn một hồ sơ có hai lần tạm dừng', of('due-paused'), false),
    ...against.map((rival) => ratio(rival, times)),
    ...libraries.map((library) => differing(asked, library)),
  ].map(measured);
};
