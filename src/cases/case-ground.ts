import { createHash } from 'node:crypto';
import { CalendarBook, calendarOf, type Layer } from '../calendars/calendar-book';
import { isoDay } from '../domain/local-date';
import { dayOfEpoch, type DeadlineGround } from './case-deadline';
import type { CaseFacts } from './deadline.repository';
import { LimitBook } from './limit-book';
import type { LimitRow } from './procedure.repository';

/** Working hours within which online submissions are answered, by the first day, newest first. */
export type AcceptanceHours = { from: string; hours: number }[];

/** What every case of one computation shares. */
export interface Common {
  book: CalendarBook;
  limits: LimitBook;
  timeOfDay: Map<number, DeadlineGround['timeOfDay']>;
  /** What is stored was right by the calendar until now. */
  calendarChanges: boolean;
  hours: AcceptanceHours;
}

/** Where nobody has set them: as the portals count. */
const ACCEPTANCE_HOURS = 8;

function hoursAt(settings: AcceptanceHours, submitted: number | null): number {
  if (submitted === null) return ACCEPTANCE_HOURS;
  const day = isoDay(dayOfEpoch(submitted));
  return settings.find((s) => s.from <= day)?.hours ?? ACCEPTANCE_HOURS;
}

type GroundKey = Pick<
  CaseFacts,
  'unitId' | 'calendarUnitId' | 'procedureId' | 'received' | 'submitted' | 'computedDue'
>;

/** What the deadline of one case rests on besides its own facts. */
export function groundOf(facts: GroundKey, formerDues: number[], common: Common): DeadlineGround {
  const { calendar, versionId } = common.book.of(facts.calendarUnitId);
  const dues =
    common.calendarChanges && facts.computedDue !== null ? [...formerDues, facts.computedDue] : formerDues;
  return {
    calendar,
    calendarVersionId: versionId,
    limit: common.limits.at(facts.procedureId, dayOfEpoch(facts.received)),
    timeOfDay: common.timeOfDay.get(facts.unitId)!,
    formerDues: dues,
    acceptanceHours: hoursAt(common.hours, facts.submitted),
  };
}

/** Everything that deadlines of some units rest on, as plain values: it may be sent to another thread. */
export interface GroundRows {
  parents: [unitId: number, parentId: number | null][];
  layers: [unitId: number | null, Layer][];
  limits: LimitRow[];
  timeOfDay: [unitId: number, policy: DeadlineGround['timeOfDay']][];
  hours: AcceptanceHours;
}

/** Two grounds with one stamp give the same deadlines. */
export const stampOf = (ground: GroundRows): string =>
  createHash('sha256').update(JSON.stringify(ground)).digest('base64');

export function commonOf(ground: GroundRows): Common {
  return {
    book: new CalendarBook(new Map(ground.parents), new Map(ground.layers), calendarOf),
    limits: new LimitBook(ground.limits),
    timeOfDay: new Map(ground.timeOfDay),
    calendarChanges: false,
    hours: ground.hours,
  };
}
