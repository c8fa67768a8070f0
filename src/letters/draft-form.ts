import { z } from 'zod';
import { fault } from '../web/form-fault';
import type { WorkingCalendar } from '../domain/working-calendar';
import type { FormFault } from '../web/page';
import { cleanReason, reasonFaults } from './letter-reason';
import type { Letter } from './letter.repository';
import { DAY_FIELD, newDueFaults, readNewDue } from './new-due';

const text = (most: number) => z.string().max(most).default('');

/** The form beside the preview; the longest texts are refused with words, not by the framework. */
export const draftForm = z.object({
  ly_do: text(100_000),
  ly_do_mau: text(2_000),
  hen_lai: text(100),
  gio: text(100),
  viec: z.enum(['luu', 'cap-so']).default('luu'),
});
export type DraftForm = z.infer<typeof draftForm>;

export interface TypedDraft {
  reason: string;
  day: string;
  time: string;
}

export interface Draft {
  reason: string | null;
  newDueAt: Date | null;
}

export interface DraftContext {
  calendar: WorkingCalendar;
  now: Date;
  /** true: the number is asked for, so nothing may be missing */
  complete: boolean;
}

/** A reason chosen from the catalogue counts when none is typed. */
export const typedDraftOf = (form: DraftForm): TypedDraft => ({
  reason: form.ly_do.trim() === '' ? form.ly_do_mau : form.ly_do,
  day: form.hen_lai.trim(),
  time: form.gio,
});

export const readDraft = (typed: TypedDraft, calendar: WorkingCalendar): Draft => ({
  reason: cleanReason(typed.reason) || null,
  newDueAt: typed.day === '' ? null : readNewDue(typed, calendar),
});

/** A past apology promises nothing; a case that was promised again before gets no second new date. */
export const asksNewDue = (letter: Pick<Letter, 'form' | 'promisedAgain'>): boolean =>
  letter.form !== 'past-apology' && !letter.promisedAgain;

export const isComplete = (letter: Letter, draft: Draft): boolean =>
  draft.reason !== null && (draft.newDueAt !== null || !asksNewDue(letter));

export function draftFaults(
  letter: Letter,
  typed: TypedDraft,
  draft: Draft,
  context: DraftContext,
): FormFault[] {
  const faults: FormFault[] = [];
  if (draft.reason !== null || context.complete) faults.push(...reasonFaults(draft.reason ?? '', 'ly_do'));
  if (typed.day === '') {
    if (context.complete && asksNewDue(letter)) faults.push(fault(DAY_FIELD, 'NEW_DUE_MISSING'));
    return faults;
  }
  if (draft.newDueAt === null) return [...faults, fault(DAY_FIELD, 'TIME_UNREADABLE')];
  if (letter.form === 'past-apology') return [...faults, fault(DAY_FIELD, 'NEW_DUE_NOT_ASKED')];
  return [...faults, ...newDueFaults(draft.newDueAt, { ...letter, ...context })];
}
