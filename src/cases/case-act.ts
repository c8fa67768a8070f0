import { z } from 'zod';
import type { Reader } from '../web/reader';
import type { FormFault } from '../web/page';
import type { Unit } from '../units/unit';
import type { CaseChange, LockedCase, NewEvent } from './case-act.repository';
import type { CaseEventRow } from './case.repository';
import { isOpen, isSettled } from './case-status';
import { fault } from '../web/form-fault';
import { parseTypedInstant } from '../web/typed-instant';

export const typedField = z.string().trim().max(2_000).default('');

export const PAUSE_KINDS = ['bo-sung', 'nghia-vu', 'khac'] as const;

export const pauseForm = z.object({
  loai: z.enum(PAUSE_KINDS).default('bo-sung'),
  ngay: typedField,
  gio: typedField,
  ly_do: typedField,
  can_cu: typedField,
});
export const resumeForm = z.object({
  ngay: typedField,
  gio: typedField,
  /** Only asked when the ledger does not know since when the clock stands. */
  ngay_dung: typedField,
  gio_dung: typedField,
  hen_ngay: typedField,
  hen_gio: typedField,
});
export const returnForm = z.object({
  ngay: typedField,
  gio: typedField,
  da_trao: z.enum(['co']).nullish(),
  ngay_trao: typedField,
  gio_trao: typedField,
});
export const noteForm = z.object({ noi_dung: typedField });

export type PauseForm = z.infer<typeof pauseForm>;
export type ResumeForm = z.infer<typeof resumeForm>;
export type ReturnForm = z.infer<typeof returnForm>;
export type NoteForm = z.infer<typeof noteForm>;

/** What one act writes, or why it cannot be written. */
export type ActPlan =
  | { faults: FormFault[] }
  | { faults: null; events: NewEvent[]; change: CaseChange; action: string; detail: object };

export interface ActContext {
  found: LockedCase;
  /** The stop that has not ended yet, as the ledger tells it. */
  openStop: { kind: 'supplement-requested' | 'suspended'; at: Date } | null;
  /** When the clock last stopped or ran again. */
  lastChangeAt: Date | null;
  /** as recorded, in any order */
  events: CaseEventRow[];
  departments: Pick<Unit, 'id' | 'name'>[];
  reader: Reader;
  now: Date;
}

/** The clock stops: the law of the procedure must say so, hence the obligatory legal basis. */
export function planPause(form: PauseForm, { found, lastChangeAt, reader, now }: ActContext): ActPlan {
  const at = parseTypedInstant(form.ngay, form.gio);
  const faults = [...stateFaults(found, 'running', 'ngay'), ...timeFaults(at, 'ngay', found, now)];
  if (at && lastChangeAt && at < lastChangeAt) faults.push(fault('ngay', 'PAUSE_BEFORE_LAST_STOP'));
  if (!form.ly_do) faults.push(fault('ly_do', 'PAUSE_GROUND_MISSING'));
  if (!form.can_cu) faults.push(fault('can_cu', 'PAUSE_LEGAL_BASIS_MISSING'));
  if (faults.length > 0 || !at) return { faults };
  const kind = form.loai === 'bo-sung' ? 'supplement-requested' : 'suspended';
  const data = { ground: form.ly_do, legalBasis: form.can_cu, reason: form.loai, by: reader.name };
  const status = { 'bo-sung': 5, 'nghia-vu': 6, khac: undefined }[form.loai];
  return {
    faults: null,
    events: [{ kind, at, source: sourceOf(reader), data }],
    change: status === undefined ? {} : { status },
    action: 'case.paused',
    detail: { at, kind, legalBasis: form.can_cu },
  };
}

/** The clock runs again. The new return date is the one the counter prints: nobody moves it silently. */
export function planResume(form: ResumeForm, { found, openStop, reader, now }: ActContext): ActPlan {
  const at = parseTypedInstant(form.ngay, form.gio);
  const since = openStop?.at ?? parseTypedInstant(form.ngay_dung, form.gio_dung);
  const promised = form.hen_ngay || form.hen_gio ? parseTypedInstant(form.hen_ngay, form.hen_gio) : undefined;
  const faults = [...stateFaults(found, 'paused', 'ngay'), ...timeFaults(at, 'ngay', found, now)];
  if (!openStop) faults.push(...timeFaults(since, 'ngay_dung', found, now));
  if (at && since && at <= since) faults.push(fault('ngay', 'RESUME_BEFORE_PAUSE'));
  if (promised === null) faults.push(fault('hen_ngay', 'TIME_UNREADABLE'));
  if (promised && at && promised <= at) faults.push(fault('hen_ngay', 'PROMISE_BEFORE_RESUME'));
  if (faults.length > 0 || !at || !since) return { faults };
  const supplement = openStop ? openStop.kind === 'supplement-requested' : found.status === 5;
  const [stop, end] = supplement ? ['supplement-requested', 'supplement-received'] : ['suspended', 'resumed'];
  const told = { source: sourceOf(reader), data: { by: reader.name } };
  const events: NewEvent[] = [{ ...told, kind: end!, at }];
  if (!openStop) events.unshift({ ...told, kind: stop!, at: since });
  if (promised) events.push(promisedAgain(found, promised, at, reader));
  return {
    faults: null,
    events,
    change: { status: 4, ...(promised && { promisedAt: promised }) },
    action: 'case.resumed',
    detail: { at, kind: end, promisedAt: promised ?? null },
  };
}

/** `because` tells this promise from the one re-promise that an apology may bring. */
function promisedAgain(found: LockedCase, promised: Date, at: Date, reader: Reader): NewEvent {
  const data = { previous: found.promisedAt, promised, because: 'resumed', by: reader.name };
  return { kind: 'promised-again', at, source: sourceOf(reader), data };
}

/** The result is ready, perhaps handed over too. */
export function planReturn(form: ReturnForm, context: ActContext): ActPlan {
  const { found, reader, now } = context;
  const ready = found.finishedAt ?? parseTypedInstant(form.ngay, form.gio);
  const handed = form.da_trao ? parseTypedInstant(form.ngay_trao, form.gio_trao) : undefined;
  const faults = found.status === 9 ? [] : stateFaults(found, 'running', 'ngay');
  if (!found.finishedAt) faults.push(...timeFaults(ready, 'ngay', found, now));
  if (handed !== undefined) faults.push(...timeFaults(handed, 'ngay_trao', found, now));
  if (found.status === 9 && !form.da_trao) faults.push(fault('da_trao', 'RETURN_NOT_STATED'));
  if (handed && ready && handed < ready) faults.push(fault('ngay_trao', 'RETURN_BEFORE_RESULT'));
  if (faults.length > 0 || !ready) return { faults };
  const told = { source: sourceOf(reader), data: { by: reader.name } };
  // A day of a result that the source told while the case was open has ended nothing yet.
  const ends = !found.finishedAt || isOpen(found.status);
  const events: NewEvent[] = ends ? [{ ...told, kind: 'finished', at: ready }] : [];
  if (handed) events.push({ ...told, kind: 'returned', at: handed });
  return {
    faults: null,
    events,
    change: { status: handed ? 10 : 9, finishedAt: ready, ...(handed && { returnedAt: handed }) },
    action: handed ? 'case.returned' : 'case.finished',
    detail: { finishedAt: ready, returnedAt: handed ?? null },
  };
}

export function planNote(form: NoteForm, { reader, now }: ActContext): ActPlan {
  if (!form.noi_dung) return { faults: [fault('noi_dung', 'NOTE_EMPTY')] };
  const data = { text: form.noi_dung, by: reader.name };
  return {
    faults: null,
    events: [{ kind: 'noted', at: now, source: sourceOf(reader), data }],
    change: {},
    action: 'case.noted',
    detail: {},
  };
}

export const sourceOf = (reader: Reader): string => `${reader.kind}:${reader.id}`;

export function stateFaults(
  found: LockedCase,
  needed: 'running' | 'paused' | 'open',
  at: string,
): FormFault[] {
  const args = { code: found.code };
  if (!isOpen(found.status))
    return [fault(at, isSettled(found.status) ? 'CASE_SETTLED' : 'CASE_CLOSED', args)];
  const paused = found.dueState === 'paused';
  if (needed === 'running' && paused) return [fault(at, 'CASE_IS_PAUSED', args)];
  return needed === 'paused' && !paused ? [fault(at, 'CASE_NOT_PAUSED', args)] : [];
}

export function timeFaults(at: Date | null, field: string, found: LockedCase, now: Date): FormFault[] {
  if (!at) return [fault(field, 'TIME_UNREADABLE')];
  if (at > now) return [fault(field, 'TIME_IN_FUTURE')];
  return at < found.receivedAt ? [fault(field, 'TIME_BEFORE_RECEPTION')] : [];
}
