import { coverageOf, type Coverage } from '../domain/apology-coverage';
import { letterRegisterLabels as words } from '../platform/letter-register-labels';
import type { OwedPromise } from './coverage.service';

export interface CoverageLine extends Coverage {
  name: string;
  kind: 'month' | 'quarter' | 'year';
  /** for the address of the list behind it */
  month: number | null;
  quarter: number | null;
}

const monthOf = (p: OwedPromise): number => Number(p.deadlineDay.slice(5, 7));

/** Months and quarters of a year that have a promise not kept, and the year: every line is the sum of those above. */
export function coverageTable(promises: OwedPromise[], year: number): CoverageLine[] {
  const line = (kind: CoverageLine['kind'], name: string, of: number | null): CoverageLine => {
    const inside = promises.filter(
      (p) => kind === 'year' || (kind === 'month' ? monthOf(p) : quarterOf(monthOf(p))) === of,
    );
    return {
      ...coverageOf(inside.map((p) => p.class)),
      name,
      kind,
      month: kind === 'month' ? of : null,
      quarter: kind === 'quarter' ? of : null,
    };
  };
  const used = (l: CoverageLine): boolean => l.owed + l.excused > 0;
  const quarters = [1, 2, 3, 4].flatMap((quarter) => [
    ...[2, 1, 0].map((back) => quarter * 3 - back).map((m) => line('month', words.month(m), m)),
    line('quarter', words.quarter(quarter), quarter),
  ]);
  return [...quarters.filter(used), line('year', `Cả năm ${year}`, null)];
}

export const quarterOf = (month: number): number => Math.ceil(month / 3);
