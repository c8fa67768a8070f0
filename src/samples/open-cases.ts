import { atSecond, dayOf, type EpochDay, type LocalSecond } from '../domain/local-date';
import type { CaseMaker } from './case-maker';
import { STATUS, type SampleCase } from './sample-case';
import { longProcedures, sameDayProcedures } from './sample-procedures';

/** Working days from the first day on which something can still fall due, and how many cases are due there. */
const PLAN: [days: number, cases: number][] = [
  ...([
    [-9, 1],
    [-6, 1],
    [-4, 1],
    [-3, 1],
    [-2, 2],
    [-1, 2],
  ] as [number, number][]),
  ...([
    [0, 4],
    [1, 3],
    [2, 3],
    [3, 3],
    [4, 2],
    [5, 3],
  ] as [number, number][]),
  ...([
    [7, 2],
    [9, 2],
    [12, 2],
    [15, 1],
  ] as [number, number][]),
];
const RECEIVED_TODAY = 3;
const HALF_HOUR = 1_800;
const LAST_MINUTE = 23 * 3_600 + 59 * 60;

/** Open cases for every group of the work queue, whatever day it is. */
export function openCases(maker: CaseMaker, now: LocalSecond): SampleCase[] {
  const base = nextDueDay(maker, now);
  const running = PLAN.flatMap(([days, count]) =>
    Array.from({ length: count }, () => dueOn(maker, now, maker.calendar.addWorkingDays(base, days))),
  );
  const tonight = base === dayOf(now) ? [] : [dueTonight(maker, now), dueTonight(maker, now)];
  return [...running, ...tonight, ...receivedToday(maker, now), ...paused(maker, now)];
}

/** Today while the office is open for another half hour, else the next working day. */
function nextDueDay({ calendar }: CaseMaker, now: LocalSecond): EpochDay {
  const closes = calendar.closesAt(dayOf(now));
  const today = closes !== null && now < closes - HALF_HOUR;
  return today ? dayOf(now) : calendar.nextWorkingDay(dayOf(now));
}

/** A case under a limit in working days, received long enough ago to fall due on that day. */
function dueOn(maker: CaseMaker, now: LocalSecond, due: EpochDay): SampleCase {
  const { calendar } = maker;
  const ahead = Math.max(0, calendar.workingDaysBetween(dayOf(now), due));
  const procedure = maker.procedure(longProcedures(ahead + 1));
  const receivedOn = calendar.addWorkingDays(due, -procedure.limit.amount);
  // Due today: at an hour that is still to come.
  const receivedAt = maker.minuteOf(receivedOn, due === dayOf(now) ? laterToday(receivedOn, now) : 0);
  const record = maker.receive(procedure, receivedAt);
  record.status = maker.random.chance(0.2) ? STATUS.received : STATUS.handling;
  return record;
}

/**
 * Due today although the office is shut: its source promises until the end of the day (BLDS 2015 Đ148.6), and on a
 * day off without asking the calendar.
 */
function dueTonight(maker: CaseMaker, now: LocalSecond): SampleCase {
  const procedure = maker.procedure(longProcedures(3));
  const receivedOn = maker.calendar.addWorkingDays(dayOf(now), -procedure.limit.amount);
  const record = maker.receive(procedure, maker.minuteOf(receivedOn));
  record.status = STATUS.handling;
  record.promisedAt = atSecond(dayOf(now), LAST_MINUTE);
  return record;
}

const laterToday = (day: EpochDay, now: LocalSecond): LocalSecond =>
  now + HALF_HOUR - (dayOf(now) - day) * 86_400;

/** Received since this morning and due when the office closes. */
function receivedToday(maker: CaseMaker, now: LocalSecond): SampleCase[] {
  const opens = maker.calendar.opensAt(dayOf(now));
  if (opens === null || now < opens + HALF_HOUR) return [];
  const last = Math.min(now, dayOf(now) * 86_400 + 15 * 3_600);
  return Array.from({ length: RECEIVED_TODAY }, (_, i) => {
    const at = opens + Math.floor(((last - opens) * (i + 1)) / (RECEIVED_TODAY + 1));
    return maker.receive(maker.procedure(sameDayProcedures()), at - (at % 60));
  });
}

/** Two wait for papers, two for a payment that sector law leaves out of the term. */
function paused(maker: CaseMaker, now: LocalSecond): SampleCase[] {
  const { calendar } = maker;
  const since = (days: number) => calendar.addWorkingDays(dayOf(now), -days);
  const papers = [3, 6].map((days) => {
    const record = maker.receive(maker.procedure(longProcedures(5)), maker.minuteOf(since(days)));
    const requestedAt = maker.minuteOf(since(days - 2));
    record.status = STATUS.supplement;
    record.supplements.push({
      requestedAt,
      receivedAt: null,
      promisedBefore: record.promisedAt,
      promisedAfter: null,
    });
    return record;
  });
  const payment = [4, 11].map((days) => {
    const land = longProcedures(15).filter((p) => p.field === 'Đất đai');
    return { ...maker.receive(maker.procedure(land), maker.minuteOf(since(days))), status: STATUS.fee };
  });
  return [...papers, ...payment];
}
