import { checkNewDue } from '../domain/apology';
import {
  atSecond,
  civil,
  dayOf,
  isoDay,
  parseIsoDay,
  toInstant,
  toLocalSecond,
  type EpochDay,
} from '../domain/local-date';
import type { WorkingCalendar } from '../domain/working-calendar';
import type { FormFault } from '../web/page';
import { fault } from '../web/form-fault';
import { parseTypedDay, parseTypedTime } from '../web/typed-instant';

export interface TypedNewDue {
  day: string;
  time: string;
}

export interface NewDueContext {
  deadlineAt: Date;
  promisedAgain: boolean;
  /** why somebody allowed a second new date; null: nobody did */
  overrideReason: string | null;
  now: Date;
  calendar: WorkingCalendar;
}

export const DAY_FIELD = 'hen_lai';
export const TIME_FIELD = 'gio';

/** The new promise as typed; without a time it is the end of the office day. Null when it names no instant. */
export function readNewDue(typed: TypedNewDue, calendar: WorkingCalendar): Date | null {
  const day = parseTypedDay(typed.day);
  if (day === null) return null;
  const closes = calendar.covers(day) ? calendar.closesAt(day) : null;
  const time = typed.time.trim() === '' ? null : parseTypedTime(typed.time);
  if (typed.time.trim() !== '' && time === null) return null;
  return toInstant(time === null ? (closes ?? atSecond(day, 0)) : atSecond(day, time));
}

/** Why the promise cannot be made (Đ19.9: a working day, later than before, once), worded for the form. */
export function newDueFaults(
  newDueAt: Date,
  { deadlineAt, promisedAgain, overrideReason, now, calendar }: NewDueContext,
): FormFault[] {
  const [newDay, today] = [dayOf(toLocalSecond(newDueAt)), dayOf(toLocalSecond(now))];
  const deadlineDay = dayOf(toLocalSecond(deadlineAt));
  const again = { promisedAgainBefore: promisedAgain, allowedAgain: overrideReason !== null };
  const found = checkNewDue({ newDay, deadlineDay, today, ...again, calendar });
  const name = (day: EpochDay): string => shortDay(day, today);
  switch (found?.fault) {
    case 'promised-again-already':
      return [fault(DAY_FIELD, 'NEW_DUE_TWICE')];
    case 'not-later':
      return [fault(DAY_FIELD, 'NEW_DUE_NOT_LATER', { day: name(newDay), than: name(found.than) })];
    case 'in-the-past':
      return [fault(DAY_FIELD, 'NEW_DUE_PAST', { day: name(newDay) })];
    case 'too-far':
      return [fault(DAY_FIELD, 'NEW_DUE_TOO_FAR', { latest: name(found.latest) })];
    case 'no-calendar':
      return [fault(DAY_FIELD, 'NEW_DUE_NO_CALENDAR', { year: civil(found.day).year })];
    case 'not-working-day': {
      const next = found.next === null ? '' : name(found.next);
      return [fault(DAY_FIELD, 'NEW_DUE_NOT_WORKING', { day: name(newDay), name: found.name ?? '', next })];
    }
    default:
      return newDueAt <= now ? [fault(TIME_FIELD, 'NEW_DUE_PAST', { day: name(newDay) })] : [];
  }
}

/** "31/8", with the year where it is not this one. */
export function shortDay(day: EpochDay, today: EpochDay): string {
  const c = civil(day);
  return `${c.day}/${c.month}${c.year === civil(today).year ? '' : `/${c.year}`}`;
}

export const epochDayOf = (day: string): EpochDay => parseIsoDay(day);
export const todayOf = (now: Date): string => isoDay(dayOf(toLocalSecond(now)));
