import { dayOf, parseIsoDay, toLocalSecond } from '../domain/local-date';
import { timeLeft, type TimeLeft } from '../domain/outcome';
import type { WorkingCalendar } from '../domain/working-calendar';
import { asksNewDue, isDraft, isUnsent, type Letter, type LetterCause, type LetterState } from './letter';

export type DeskGroupKey = 'before' | 'late' | 'past' | 'slip';

const GROUPS: DeskGroupKey[] = ['before', 'late', 'past', 'slip'];

/** What several letters can be chosen for at once. */
export const PICKS = ['thieu-ly-do', 'cho-duyet', 'cho-so', 'chua-gui'] as const;
export type Pick = (typeof PICKS)[number];

export const isPickedFor: Record<Pick, (letter: Letter) => boolean> = {
  'thieu-ly-do': (l) => isDraft(l) && l.reason === null,
  'cho-duyet': (l) => l.state === 'ready',
  'cho-so': (l) => l.state === 'approved' && l.form !== 'system-error-slip',
  'chua-gui': (l) => isUnsent(l) && l.form !== 'system-error-slip',
};

export interface DeskItem {
  code: string;
  who: string;
  procedure: string;
  state: LetterState;
  cause: LetterCause;
  number: number | null;
  /** what a draft still lacks */
  lack: 'reason' | 'new-due' | null;
  returned: boolean;
  blankPrinted: boolean;
  deadlineAt: Date;
  left: TimeLeft | null;
  /** working days between promise and result, of a settled case */
  daysLate: number | null;
  current: boolean;
  picked: boolean;
}

export interface DeskContext {
  current: number | null;
  pick: Pick | null;
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
  if (letter.form === 'system-error-slip') return 'slip';
  if (letter.form === 'past-apology') return 'past';
  return letter.form === 'extension-apology' && letter.deadlineAt >= now ? 'before' : 'late';
}

function item(letter: Letter, { current, pick, calendar, now }: DeskContext): DeskItem {
  const { code, state, cause, number, deadlineAt } = letter;
  return {
    ...{ code, state, cause, number, deadlineAt },
    who: letter.applicantName,
    procedure: letter.procedureName,
    lack: lackOf(letter),
    returned: state === 'draft' && letter.returnedRemark !== null,
    blankPrinted: letter.blankPrintedAt !== null,
    left:
      letter.settledDay === null
        ? timeLeft(toLocalSecond(letter.deadlineAt), toLocalSecond(now), calendar)
        : null,
    daysLate: daysLate(letter, calendar),
    current: letter.id === current,
    picked: pick !== null && isPickedFor[pick](letter),
  };
}

function lackOf(letter: Letter): DeskItem['lack'] {
  if (!isDraft(letter)) return null;
  if (letter.reason === null) return 'reason';
  return letter.newDueAt === null && asksNewDue(letter) ? 'new-due' : null;
}

/** Null where the calendar has no data, or the result came on a day off after the promise. */
export function daysLate(
  letter: { deadlineAt: Date; settledDay: string | null },
  calendar: WorkingCalendar,
): number | null {
  if (letter.settledDay === null) return null;
  const [due, settled] = [dayOf(toLocalSecond(letter.deadlineAt)), parseIsoDay(letter.settledDay)];
  if (!calendar.covers(due) || !calendar.covers(settled)) return null;
  return Math.max(0, calendar.workingDaysBetween(due, settled)) || null;
}
