import type { CaseChange, CorrectedFacts, LockedCase } from '../cases/case-act.repository';
import { endOf, isOpen } from '../cases/case-status';
import type { ProgressRecord } from './progress-record';

const WAITING = 1;
const RESULT_READY = 9;
const RETURNED = 10;
/** Entries that tell an end without a result. */
const CLOSING: Partial<Record<number, string>> = { 3: 'refused', 7: 'withdrawn', 8: 'stopped' };

/** A submission that waited was accepted. */
export const isReception = (status: number, found: Pick<LockedCase, 'status'>): boolean =>
  found.status === WAITING && status !== WAITING && CLOSING[status] === undefined;

/** What the case is after its newest line of progress. A result that is taken back leaves no day behind. */
export function factsAfter(status: number, at: Date, found: LockedCase): CorrectedFacts {
  const receivedAt = isReception(status, found) ? at : found.receivedAt;
  const [before, after] = [endOf(found.status), endOf(status)];
  const finishedAt = before === null || before === after ? found.finishedAt : null;
  const returnedAt = before === null || status === found.status ? found.returnedAt : null;
  if (status === found.status) return { status, receivedAt, finishedAt, returnedAt };
  if (status === RETURNED) return { status, receivedAt, finishedAt, returnedAt: returnedAt ?? at };
  if (after === null) return { status, receivedAt, finishedAt, returnedAt };
  return { status, receivedAt, finishedAt: finishedAt ?? at, returnedAt };
}

/** Entries of the ledger from which the facts follow, each at its own moment. */
export function endsTold(facts: CorrectedFacts, found: LockedCase): { kind: string; at: Date }[] {
  const { status, finishedAt, returnedAt } = facts;
  if (status === found.status) return [];
  if (status === RETURNED) return returnedAt ? [{ kind: 'returned', at: returnedAt }] : [];
  const kind = status === RESULT_READY ? 'finished' : CLOSING[status];
  const known = !isOpen(found.status) && finishedAt === found.finishedAt;
  return kind === undefined || finishedAt === null || known ? [] : [{ kind, at: finishedAt }];
}

type Changes = Record<string, { from: unknown; to: unknown }>;

/** Leaving an end is a correction, not progress; handing the result over is. */
export function correctionOf(facts: CorrectedFacts, found: LockedCase): Changes | null {
  const { status } = found;
  const further = status === RESULT_READY && facts.status === RETURNED;
  if (endOf(status) === null || facts.status === status || further) return null;
  const changes: Changes = { status: { from: status, to: facts.status } };
  for (const fact of ['finishedAt', 'returnedAt'] as const)
    if (found[fact] !== null && facts[fact] === null) changes[fact] = { from: found[fact], to: null };
  return changes;
}

/** Who has the case now, when the line names somebody else than it was. */
export function handoverOf(
  { officer }: Pick<ProgressRecord, 'officer'>,
  department: { id: number; name: string } | null,
  found: LockedCase,
): { data: object; handler: NonNullable<CaseChange['handler']> } | null {
  const departmentTo = department?.name ?? found.departmentName;
  const officerTo = officer ?? found.officerName;
  if (departmentTo === found.departmentName && officerTo === found.officerName) return null;
  const { departmentName: departmentFrom, officerName: officerFrom } = found;
  return {
    data: { progress: true, departmentFrom, departmentTo, officerFrom, officerTo },
    handler: { departmentId: department?.id ?? null, officerName: officerTo },
  };
}

/** As the row of the case takes it. */
export const changeOf = (facts: CorrectedFacts): CaseChange => ({
  status: facts.status,
  ...(facts.finishedAt && { finishedAt: facts.finishedAt }),
  ...(facts.returnedAt && { returnedAt: facts.returnedAt }),
  corrected: facts,
});
