import { z } from 'zod';
import { ledgerFaults, type LedgerFault } from '../domain/ledger-check';
import { toInstant, toLocalSecond } from '../domain/local-date';
import { labels } from '../platform/labels';
import type { FormFault } from '../web/page';
import { sourceOf, timeFaults, typedField as field, type ActContext, type ActPlan } from './case-act';
import { countingEvents } from './case-events';
import { isOpen, isSettled } from './case-status';
import type { CorrectedFacts, LockedCase } from './case-act.repository';
import type { CaseEventRow } from './case.repository';
import { fault } from '../web/form-fault';
import { parseTypedInstant, typed } from '../web/typed-instant';

export const correctionForm = z.object({
  muc: field,
  cach: z.enum(['luc', 'khong']).catch('luc'),
  ngay: field,
  gio: field,
  ly_do: field,
});
export type CorrectionForm = z.infer<typeof correctionForm>;

type Kind = keyof typeof labels.eventKind;

export const isCorrectable = ({ kind }: Pick<CaseEventRow, 'kind'>): boolean => kind in labels.eventKind;

/**
 * The true moment of an entry, or that it never happened. Nothing is overwritten: the correction is an entry of its
 * own. What becomes impossible by it is told, every fault; what was impossible before is no obstacle.
 */
export function planCorrection(form: CorrectionForm, context: ActContext): ActPlan {
  const { found, events, reader, now } = context;
  const entry = events.find((e) => String(e.id) === form.muc && isCorrectable(e));
  const trueAt = form.cach === 'luc' ? parseTypedInstant(form.ngay, form.gio) : null;
  const faults = entry ? entryFaults(form, entry, context, trueAt) : [fault('muc', 'CORRECTION_ENTRY')];
  if (!form.ly_do) faults.push(fault('ly_do', 'CORRECTION_REASON'));
  if (faults.length > 0 || !entry) return { faults };
  const data = {
    ...{ event: entry.id, kind: entry.kind, from: entry.at, trueAt, reason: form.ly_do, by: reader.name },
  };
  const after = countingEvents([...events, correctionOf(entry, trueAt, now)]);
  return {
    faults: null,
    events: [{ kind: 'corrected', at: now, source: sourceOf(reader), data }],
    change: { corrected: factsAfter(found, entry.kind as Kind, after) },
    action: 'case.corrected',
    detail: { kind: entry.kind, from: entry.at, trueAt, reason: form.ly_do },
  };
}

function entryFaults(
  form: CorrectionForm,
  entry: CaseEventRow,
  { found, events, now }: ActContext,
  trueAt: Date | null,
): FormFault[] {
  if (form.cach === 'luc') {
    // Reception itself may turn out to have been earlier.
    const bounds = entry.kind === 'received' ? { ...found, receivedAt: new Date(0) } : found;
    const faults = timeFaults(trueAt, 'ngay', bounds, now);
    if (faults.length > 0) return faults;
  } else if (entry.kind === 'received') return [fault('cach', 'CORRECTION_RECEPTION')];
  else if (entry.kind === 'transferred') return [fault('cach', 'CORRECTION_TRANSFER')];
  const before = countingEvents(events);
  const said = before.find((e) => e.id === entry.id) ?? null;
  if (said?.at.getTime() === trueAt?.getTime()) return [fault('ngay', 'CORRECTION_SAME')];
  const after = countingEvents([...events, correctionOf(entry, trueAt, now)]);
  const receivedAt = entry.kind === 'received' ? trueAt! : found.receivedAt;
  const known = faultsOf(before, found.receivedAt, now).map(keyOf);
  const made = faultsOf(after, receivedAt, now).filter((f) => !known.includes(keyOf(f)));
  return made.map((f) => impossible(f));
}

/** As it will stand in the ledger. */
const correctionOf = (entry: CaseEventRow, trueAt: Date | null, now: Date): CaseEventRow => ({
  ...{ id: Number.MAX_SAFE_INTEGER, kind: 'corrected', at: now, recordedAt: now, source: '' },
  data: { event: entry.id, trueAt: trueAt?.toISOString() ?? null },
});

const faultsOf = (events: CaseEventRow[], receivedAt: Date, now: Date): LedgerFault[] =>
  ledgerFaults(
    events.map(({ id, kind, at }) => ({ id, kind, at: toLocalSecond(at) })),
    toLocalSecond(receivedAt),
    toLocalSecond(now),
  );

const keyOf = ({ id, fault: code }: LedgerFault): string => `${id} ${code}`;

function impossible({ fault: code, kind, at }: LedgerFault): FormFault {
  const { day, time } = typed(toInstant(at));
  const args = { what: labels.eventKind[kind as Kind] ?? kind, when: `${time} ngày ${day}` };
  switch (code) {
    case 'before-reception':
      return fault('ngay', 'CORRECTION_IMPOSSIBLE_RECEPTION', args);
    case 'end-without-start':
      return fault('ngay', 'CORRECTION_IMPOSSIBLE_END', args);
    case 'returned-before-finished':
      return fault('ngay', 'CORRECTION_IMPOSSIBLE_RESULT', args);
    case 'in-future':
      return fault('ngay', 'TIME_IN_FUTURE');
  }
}

/** The facts of the case that its ledger decides, once the correction stands. */
function factsAfter(found: LockedCase, kind: Kind, after: CaseEventRow[]): CorrectedFacts {
  const { status, receivedAt, finishedAt, returnedAt } = found;
  const facts = { status, receivedAt, finishedAt, returnedAt };
  const last = (of: string): Date | null => after.findLast((e) => e.kind === of)?.at ?? null;
  switch (kind) {
    case 'received':
      return { ...facts, receivedAt: last('received') ?? receivedAt };
    case 'finished':
      return settled({ ...facts, finishedAt: last('finished') });
    case 'returned':
      return settled({ ...facts, returnedAt: last('returned') });
    case 'withdrawn':
    case 'stopped':
      return closed(facts, last('withdrawn'), last('stopped'));
    default:
      return { ...facts, status: pausedStatus(status, after) };
  }
}

const RUNNING = 4;

function settled(facts: CorrectedFacts): CorrectedFacts {
  const { status, finishedAt, returnedAt } = facts;
  if (!isOpen(status) && !isSettled(status)) return facts;
  if (returnedAt) return { ...facts, status: 10 };
  if (finishedAt) return { ...facts, status: 9 };
  return { ...facts, status: isSettled(status) ? RUNNING : status };
}

function closed(facts: CorrectedFacts, withdrawn: Date | null, stopped: Date | null): CorrectedFacts {
  if (withdrawn) return { ...facts, status: 7, finishedAt: withdrawn };
  if (stopped) return { ...facts, status: 8, finishedAt: stopped };
  return isOpen(facts.status) ? facts : { ...facts, status: RUNNING, finishedAt: null };
}

/** A status that says that the clock stands follows the pauses that are left. */
function pausedStatus(status: number, after: CaseEventRow[]): number {
  const open = (start: string, end: string): boolean =>
    after.findLast((e) => e.kind === start || e.kind === end)?.kind === start;
  const supplement = open('supplement-requested', 'supplement-received');
  if (status === RUNNING && supplement) return 5;
  if (status === 5 && !supplement) return RUNNING;
  return status === 6 && !open('suspended', 'resumed') ? RUNNING : status;
}
