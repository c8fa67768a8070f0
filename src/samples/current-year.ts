import { dayOf, parseIsoDay, type EpochDay, type LocalSecond } from '../domain/local-date';
import type { WorkingCalendar } from '../domain/working-calendar';
import { CaseMaker } from './case-maker';
import { falseOverdueCases } from './false-overdue-cases';
import { openCases } from './open-cases';
import { Random } from './random';
import { STATUS, type SampleCase } from './sample-case';

const FIRST = parseIsoDay('2026-01-01');
const SEED = 20_260_001;
/** Daily numbers of 2025 belong to the list of 2025. */
const NUMBERS_OF_2025_FROM = 100;

const LATE = 0.015;
const EARLY = 0.42;
const SUPPLEMENTED = 0.04;

/**
 * The synchronisation of the running year as of `now`: what was settled since January, the end of the cases that
 * were open at the end of 2025, and an open set that fills every group of the work queue.
 */
export function casesUpTo(now: LocalSecond, calendar: WorkingCalendar, carried: SampleCase[]): SampleCase[] {
  const firstNumber = (day: EpochDay) => (day < FIRST ? NUMBERS_OF_2025_FROM : 0);
  const maker = new CaseMaker(calendar, new Random(SEED), firstNumber);
  const settled = [...carried.map((record) => ({ ...record })), ...history(maker, now)];
  const past = settled.filter((record) => settle(maker, record, now));
  return maker.number([...past, ...openCases(maker, now), ...falseOverdueCases(maker, now)]);
}

function history(maker: CaseMaker, now: LocalSecond): SampleCase[] {
  const cases: SampleCase[] = [];
  for (let day = FIRST; day <= dayOf(now); day++) {
    if (maker.calendar.describe(day).kind !== 'working') continue;
    for (let left = maker.random.int(5, 12); left > 0; left--) {
      const record = maker.receive(maker.procedure(), maker.minuteOf(day));
      if (record.receivedAt < now) cases.push(record);
    }
  }
  return cases;
}

/** Brings a past case to its end. @returns false when it would still be open: the open ones are made on purpose */
function settle(maker: CaseMaker, record: SampleCase, now: LocalSecond): boolean {
  const lastDay = maker.calendar.previousWorkingDay(dayOf(now));
  if (dayOf(record.promisedAt) > lastDay) return settleNow(maker, record, now, lastDay);
  if (maker.random.chance(0.012)) return end(maker, record);
  const { limit } = record.procedure;
  if (limit.unit === 'working-days' && limit.amount >= 3 && maker.random.chance(SUPPLEMENTED))
    supplement(maker, record, lastDay);
  // What the list of the year before still shows as open cannot have ended in it.
  const day = Math.max(settlingDay(maker, record, lastDay), maker.calendar.rollForward(FIRST));
  maker.finish(record, day, now);
  return true;
}

function settlingDay(maker: CaseMaker, record: SampleCase, lastDay: EpochDay): EpochDay {
  const due = dayOf(record.promisedAt);
  const started = dayOf(record.supplements.at(-1)?.receivedAt ?? record.receivedAt);
  const days = maker.calendar.workingDaysBetween(started, due);
  const late = maker.calendar.addWorkingDays(due, maker.random.int(1, 5));
  if (maker.random.chance(LATE) && late <= lastDay) return late;
  if (days < 2 || !maker.random.chance(EARLY)) return due;
  return maker.calendar.addWorkingDays(started, maker.random.int(Math.ceil(days / 2), days - 1));
}

/** Promised for today or later: finished ahead of time, or left out. */
function settleNow(maker: CaseMaker, record: SampleCase, now: LocalSecond, lastDay: EpochDay): boolean {
  if (lastDay <= dayOf(record.receivedAt) || lastDay < FIRST) return false;
  maker.finish(record, lastDay, now);
  return true;
}

/** Withdrawn by the applicant, stopped or refused, an hour after reception. */
function end(maker: CaseMaker, record: SampleCase): boolean {
  record.status = maker.random.pick([STATUS.withdrawn, STATUS.withdrawn, STATUS.stopped, STATUS.refused]);
  record.finishedAt = record.receivedAt + 3600;
  return true;
}

/** Papers asked for once and brought: the full term runs anew (NĐ 61/2018 Đ19.4, carried into NĐ 118/2025). */
function supplement(maker: CaseMaker, record: SampleCase, lastDay: EpochDay): void {
  const { calendar, random } = maker;
  const requestedOn = calendar.addWorkingDays(dayOf(record.receivedAt), random.int(1, 2));
  const receivedOn = calendar.addWorkingDays(requestedOn, random.int(1, 4));
  const requestedAt = maker.minuteOf(requestedOn);
  const receivedAt = maker.minuteOf(receivedOn, requestedAt + 3600);
  const promisedAfter = maker.promise(record.procedure, receivedAt);
  if (requestedAt >= record.promisedAt || dayOf(promisedAfter) > lastDay) return;
  record.supplements.push({ requestedAt, receivedAt, promisedBefore: record.promisedAt, promisedAfter });
  record.promisedAt = promisedAfter;
}
