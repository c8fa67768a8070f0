import { dayOf, parseIsoDay, toLocalSecond } from '../domain/local-date';
import { timeLeft, type TimeLeft } from '../domain/outcome';
import type { WorkingCalendar } from '../domain/working-calendar';
import { hindranceOf } from './confirmation';
import type { Letter, LetterState } from './letter.repository';

export type DeskGroupKey = 'before' | 'late' | 'past';

const GROUPS: DeskGroupKey[] = ['before', 'late', 'past'];

export interface DeskItem {
  code: string;
  who: string;
  procedure: string;
  state: LetterState;
  number: number | null;
  /** what a draft still lacks */
  lack: 'reason' | 'new-due' | null;
  deadlineAt: Date;
  left: TimeLeft | null;
  /** working days between promise and result, of a settled case */
  daysLate: number | null;
  current: boolean;
  picked: boolean;
}

export interface DeskContext {
  current: number | null;
  pickAll: boolean;
  calendar: WorkingCalendar;
  now: Date;
}

/** The law asks for the letter before the deadline; what is late is written and recorded as late. */
export function deskGroups(
  letters: Letter[],
  context: DeskContext,
): { key: DeskGroupKey; items: DeskItem[] }[] {
  const groups = GROUPS.map((key) => ({
    key,
    items: letters.filter((l) => groupOf(l, context.now) === key).map((l) => item(l, context)),
  }));
  return groups.filter((g) => g.items.length > 0);
}

/** As the list shows them: what can still be sent in time comes first. */
export const inDeskOrder = (letters: Letter[], now: Date): Letter[] =>
  GROUPS.flatMap((key) => letters.filter((l) => groupOf(l, now) === key));

function groupOf(letter: Letter, now: Date): DeskGroupKey {
  if (letter.form === 'past-apology') return 'past';
  return letter.form === 'extension-apology' && letter.deadlineAt >= now ? 'before' : 'late';
}

function item(letter: Letter, { current, pickAll, calendar, now }: DeskContext): DeskItem {
  return {
    code: letter.code,
    who: letter.applicantName,
    procedure: letter.procedureName,
    state: letter.state,
    number: letter.number,
    lack: letter.reason === null ? 'reason' : hindranceOf(letter) === 'new-due' ? 'new-due' : null,
    deadlineAt: letter.deadlineAt,
    left:
      letter.settledDay === null
        ? timeLeft(toLocalSecond(letter.deadlineAt), toLocalSecond(now), calendar)
        : null,
    daysLate: daysLate(letter, calendar),
    current: letter.id === current,
    picked: pickAll && hindranceOf(letter) === null,
  };
}

/** Null where the calendar has no data, or the result came on a day off after the promise. */
export function daysLate(
  letter: Pick<Letter, 'deadlineAt' | 'settledDay'>,
  calendar: WorkingCalendar,
): number | null {
  if (letter.settledDay === null) return null;
  const [due, settled] = [dayOf(toLocalSecond(letter.deadlineAt)), parseIsoDay(letter.settledDay)];
  if (!calendar.covers(due) || !calendar.covers(settled)) return null;
  return Math.max(0, calendar.workingDaysBetween(due, settled)) || null;
}
