import type { CaseEventRow } from '../cases/case.repository';
import type { ProgressRecord } from './progress-record';
import { toInstant } from '../domain/local-date';

/** An entry of the ledger that progress told. */
export const isProgress = ({ data }: Pick<CaseEventRow, 'data'>): boolean => data.progress === true;

/** What of a line of progress stays in the ledger, beside what follows from it. */
export const toldBy = (p: ProgressRecord) => ({
  progress: true,
  text: p.content,
  by: [p.officer, p.title, p.department].filter((part) => part !== null).join(', ') || null,
  status: p.status,
  officer: p.officer,
  department: p.department,
  stepBegan: p.stepBegan === null ? null : toInstant(p.stepBegan).toISOString(),
  stepDue: p.stepDue === null ? null : toInstant(p.stepDue).toISOString(),
});

/** Lines of progress in the ledger, oldest first. @param counting events that count, oldest first */
export const progressIn = (counting: CaseEventRow[]): CaseEventRow[] =>
  counting.filter((e) => e.kind === 'noted' && isProgress(e));

const SECOND_MS = 1_000;

/** The line was told before. Two lines of one second stand a millisecond apart. */
export function isTold(p: ProgressRecord, told: readonly CaseEventRow[]): boolean {
  const second = toInstant(p.at).getTime() / SECOND_MS;
  const line = Object.entries(toldBy(p));
  return told.some(
    ({ at, data }) =>
      Math.floor(at.getTime() / SECOND_MS) === second &&
      line.every(([key, value]) => (data[key] ?? null) === value),
  );
}
