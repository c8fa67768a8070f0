import { secondOfDay, type LocalSecond } from '../domain/local-date';
import type { WorkingCalendar } from '../domain/working-calendar';
import { CaseMaker } from './case-maker';
import { Random } from './random';
import { STATUS, type SampleCase } from './sample-case';

const SEED = 20_260_801;
/** Daily numbers that no other sample case has. */
const NUMBERS_FROM = 900;
/** Working hours since each submission; the last has waited longer than the 8 hours allowed. */
const WAITED = [1, 4, 11];
const MINUTES = 60;
/** The slowest hour of the day answers just after 8 working hours. */
const SLOWEST_HOURS = 8.4;

/** Online submissions that the centre has not answered yet. */
export function waitingSubmissions(now: LocalSecond, calendar: WorkingCalendar): SampleCase[] {
  const maker = new CaseMaker(calendar, new Random(SEED), () => NUMBERS_FROM);
  const cases = WAITED.map((hours): SampleCase => {
    const submittedAt = calendar.addWorkingSeconds(now, -hours * 3600);
    const record = maker.receive(maker.procedure(), submittedAt);
    return { ...record, channel: 'online', status: STATUS.registered, submittedAt };
  });
  return maker.number(cases);
}

/** When an online case was submitted: up to a working day before somebody received it. */
export function submissionBefore(receivedAt: LocalSecond, calendar: WorkingCalendar): LocalSecond {
  const minute = Math.floor(secondOfDay(receivedAt) / 60) % MINUTES;
  const waited = Math.round((minute / MINUTES) * SLOWEST_HOURS * MINUTES) * 60;
  return calendar.addWorkingSeconds(receivedAt, -waited);
}
