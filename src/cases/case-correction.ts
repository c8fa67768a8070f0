import { z } from 'zod';
import { ledgerFaults, type LedgerFault } from '../domain/ledger-check';
import { foldFacts, type EndKind } from '../domain/ledger-facts';
import { toInstant, toLocalSecond } from '../domain/local-date';
import { labels } from '../platform/labels';
import type { FormFault } from '../web/page';
import { sourceOf, timeFaults, typedField as field, type ActContext, type ActPlan } from './case-act';
import { countingEvents, factEntryOf } from './case-events';
import { endOf, isOpen } from './case-status';
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
  const after = [...events, correctionOf(entry, trueAt, now)];
  const facts = factsAfter(found, entry.kind as Kind, after);
  const status = pausedStatus(facts.status, countingEvents(after));
  return {
    faults: null,
    events: [{ kind: 'corrected', at: now, source: sourceOf(reader), data }],
    change: { corrected: { ...facts, status } },
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

/** The facts of the case as its ledger tells them once the correction stands. */
function factsAfter(found: LockedCase, kind: Kind, events: CaseEventRow[]): CorrectedFacts {
  const told = foldFacts(events.map(factEntryOf));
  const instant = (at: number | null): Date | null => (at === null ? null : new Date(at));
  const facts = {
    receivedAt: instant(told.receivedAt) ?? found.receivedAt,
    finishedAt: instant(told.finishedAt),
    returnedAt: instant(told.returnedAt),
  };
  return { ...facts, status: statusAfter(found.status, kind, told.endedBy, facts) };
}

const RUNNING = 4;
const STATUS_OF = { refused: 3, withdrawn: 7, stopped: 8 };

/** The status stays unless the case ended otherwise than it said, or was handed over, or was not. */
function statusAfter(
  status: number,
  kind: Kind,
  endedBy: EndKind | null,
  { returnedAt }: Pick<CorrectedFacts, 'returnedAt'>,
): number {
  if (endedBy === endOf(status) && kind !== 'returned') return status;
  if (endedBy === null) return isOpen(status) ? status : RUNNING;
  if (endedBy !== 'finished') return STATUS_OF[endedBy];
  return returnedAt === null ? 9 : 10;
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
