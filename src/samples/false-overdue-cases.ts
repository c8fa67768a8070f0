import {
  dayOf,
  isoDay,
  isoWeekday,
  parseIsoDay,
  secondOfDay,
  atSecond,
  type EpochDay,
  type LocalSecond,
} from '../domain/local-date';
import type { CaseMaker } from './case-maker';
import { STATUS, type SampleCase } from './sample-case';
import { longProcedures, type SampleProcedure } from './sample-procedures';

/** The year before has its own list; what was settled in it is told there. */
const FIRST = parseIsoDay('2026-01-01');
const FRIDAY = 5;

/** Cases that a source calls overdue although nobody was late, of every kind the reconciliation knows. */
export function falseOverdueCases(maker: CaseMaker, now: LocalSecond): SampleCase[] {
  const lastDay = maker.calendar.previousWorkingDay(dayOf(now));
  const cases = [
    ...[3, 6].map((days) => statusBehind(maker, maker.calendar.addWorkingDays(lastDay, -days))),
    ...unmovedPromise(maker, lastDay),
    ...countedWithoutDaysOff(maker, lastDay),
    ...twoCodes(maker, lastDay),
  ];
  return cases.filter(({ finishedAt }) => finishedAt === null || dayOf(finishedAt) >= FIRST);
}

const shortProcedures = (): SampleProcedure[] => longProcedures(3).filter((p) => p.limit.amount <= 5);

function receive(maker: CaseMaker, procedure: SampleProcedure, day: EpochDay): SampleCase {
  const record = maker.receive(procedure, maker.minuteOf(day));
  record.status = STATUS.handling;
  return record;
}

/** The result was there the day before it was due; the list still says "đang xử lý". */
function statusBehind(maker: CaseMaker, due: EpochDay): SampleCase {
  const procedure = maker.procedure(shortProcedures());
  const record = receive(maker, procedure, maker.calendar.addWorkingDays(due, -procedure.limit.amount));
  const ready = maker.calendar.previousWorkingDay(dayOf(record.promisedAt));
  record.finishedAt = maker.minuteOf(ready, Math.max(record.receivedAt + 3600, atSecond(ready, 0)));
  return record;
}

/** Papers were asked for and brought, which starts the term anew, but the promise stayed where it was. */
function unmovedPromise(maker: CaseMaker, lastDay: EpochDay): SampleCase[] {
  const { calendar } = maker;
  const procedure = maker.procedure(shortProcedures());
  const receivedOn = calendar.addWorkingDays(lastDay, -14);
  const record = receive(maker, procedure, receivedOn);
  const requestedAt = maker.minuteOf(calendar.addWorkingDays(receivedOn, 1));
  const brought = calendar.addWorkingDays(receivedOn, 4);
  const receivedAt = maker.minuteOf(brought);
  record.supplements.push({
    requestedAt,
    receivedAt,
    promisedBefore: record.promisedAt,
    promisedAfter: null,
  });
  maker.finish(record, calendar.addWorkingDays(brought, procedure.limit.amount), atSecond(lastDay, 0));
  return [record];
}

/** Promised by Monday to Friday across a day off, settled on the day that is right. */
function countedWithoutDaysOff(maker: CaseMaker, lastDay: EpochDay): SampleCase[] {
  const { calendar } = maker;
  const procedure = maker.procedure(shortProcedures());
  const off = lastWeekdayOff(maker, calendar.addWorkingDays(lastDay, -procedure.limit.amount - 2));
  if (off === null) return [];
  const record = receive(maker, procedure, calendar.previousWorkingDay(off));
  const received = dayOf(record.receivedAt);
  let promised = received;
  for (let left = procedure.limit.amount; left > 0;) if (isoWeekday(++promised) <= FRIDAY) left--;
  record.promisedAt = atSecond(promised, secondOfDay(record.promisedAt));
  maker.finish(record, calendar.addWorkingDays(received, procedure.limit.amount), atSecond(lastDay, 0));
  return [record];
}

function lastWeekdayOff({ calendar }: CaseMaker, before: EpochDay): EpochDay | null {
  for (let day = before; day > FIRST; day--)
    if (calendar.describe(day).kind === 'off' && isoWeekday(day) <= FRIDAY) return day;
  return null;
}

/** One application in the province's system and in the ministry's; only one of them learnt of the result. */
function twoCodes(maker: CaseMaker, lastDay: EpochDay): SampleCase[] {
  const { calendar } = maker;
  const procedure = maker.procedure(shortProcedures());
  const receivedOn = calendar.addWorkingDays(lastDay, -procedure.limit.amount - 4);
  const record = receive(maker, procedure, receivedOn);
  const twin: SampleCase = { ...record, supplements: [], code: ministryCode(receivedOn) };
  const ready = calendar.previousWorkingDay(dayOf(record.promisedAt));
  if (ready < FIRST) return [];
  maker.finish(record, ready, atSecond(lastDay, 0));
  return [record, twin];
}

const ministryCode = (day: EpochDay): string => `G15.20-${isoDay(day).replaceAll('-', '')}-0015037`;
