import { z } from 'zod';
import { fault } from '../web/form-fault';
import type { WorkingCalendar } from '../domain/working-calendar';
import type { FormFault } from '../web/page';
import { asksNewDue, type Letter } from './letter';
import {
  cleanReason,
  natureOf,
  REASON_NATURES,
  reasonFaults,
  type ReasonGroup,
  type ReasonNature,
} from './letter-reason';
import { DAY_FIELD, newDueFaults, readNewDue } from './new-due';

const text = (most: number) => z.string().max(most).default('');

/** A reason as it is asked for everywhere: one of the catalogue, or one's own words and what kind they are. */
export const reasonFields = {
  ly_do: text(100_000),
  ly_do_mau: text(2_000),
  tinh_chat: z.enum(REASON_NATURES).nullish().catch(null),
};

/** The form beside the preview; the longest texts are refused with words, not by the framework. */
export const draftForm = z.object({
  ...reasonFields,
  hen_lai: text(100),
  gio: text(100),
  viec: z.enum(['luu', 'trinh']).default('luu'),
});
export type DraftForm = z.infer<typeof draftForm>;

export interface TypedDraft {
  reason: string;
  nature: ReasonNature | null;
  day: string;
  time: string;
}

export interface Draft {
  reason: string | null;
  nature: ReasonNature | null;
  newDueAt: Date | null;
}

export interface DraftContext {
  calendar: WorkingCalendar;
  now: Date;
  /** true: it goes to whoever approves, so nothing may be missing */
  complete: boolean;
}

/** A reason chosen from the catalogue counts when none is typed. */
export const typedReason = (form: Pick<DraftForm, 'ly_do' | 'ly_do_mau'>): string =>
  form.ly_do.trim() === '' ? form.ly_do_mau : form.ly_do;

export const typedDraftOf = (form: DraftForm): TypedDraft => ({
  reason: typedReason(form),
  nature: form.tinh_chat ?? null,
  day: form.hen_lai.trim(),
  time: form.gio,
});

export function readDraft(typed: TypedDraft, calendar: WorkingCalendar, catalogue: ReasonGroup[]): Draft {
  const reason = cleanReason(typed.reason) || null;
  return {
    reason,
    nature: reason === null ? null : (natureOf(reason, catalogue) ?? typed.nature),
    newDueAt: typed.day === '' ? null : readNewDue(typed, calendar),
  };
}

/** What decides which fields a draft needs. */
export type Asking = Pick<Letter, 'form' | 'promisedAgain' | 'overrideReason' | 'deadlineAt'>;

export const isComplete = (letter: Asking, draft: Draft): boolean =>
  draft.reason !== null &&
  (draft.nature !== null || letter.form === 'system-error-slip') &&
  (draft.newDueAt !== null || !asksNewDue(letter));

export function draftFaults(
  letter: Asking,
  typed: TypedDraft,
  draft: Draft,
  context: DraftContext,
): FormFault[] {
  const { complete } = context;
  const faults: FormFault[] = [];
  if (draft.reason !== null || complete) faults.push(...reasonFaults(draft.reason ?? '', 'ly_do'));
  if (complete && faults.length === 0 && draft.nature === null && letter.form !== 'system-error-slip')
    faults.push(fault('tinh_chat', 'REASON_NATURE_MISSING'));
  if (typed.day === '') {
    if (complete && asksNewDue(letter)) faults.push(fault(DAY_FIELD, 'NEW_DUE_MISSING'));
    return faults;
  }
  if (draft.newDueAt === null) return [...faults, fault(DAY_FIELD, 'TIME_UNREADABLE')];
  if (letter.form === 'past-apology' || letter.form === 'system-error-slip')
    return [...faults, fault(DAY_FIELD, 'NEW_DUE_NOT_ASKED')];
  return [...faults, ...newDueFaults(draft.newDueAt, { ...letter, ...context })];
}
