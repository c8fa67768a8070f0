import type { DaysOff, DueAccount, DueStep } from '../domain/due-explanation';
import { toInstant, type EpochDay, type LocalSecond } from '../domain/local-date';

/** Days in a row. */
export interface DayRun {
  from: EpochDay;
  to: EpochDay;
}

/** A step of the account as templates and the API show it: instants as `Date`, days as epoch days. */
export type StepView = { kind: DueStep['kind'] } & Record<string, unknown>;

const INSTANTS = ['startedAt', 'requestedAt', 'receivedAt', 'promisedAt', 'dueAt'] as const;

export function stepView(step: DueStep, afterSupplement: boolean): StepView {
  const view: Record<string, unknown> = { ...step, afterSupplement };
  for (const name of INSTANTS) if (name in view) view[name] = toInstant(view[name] as LocalSecond);
  switch (step.kind) {
    case 'paused':
      return { ...view, kind: step.kind, ...pauseFacts(step) };
    case 'hours':
      return {
        ...view,
        kind: step.kind,
        spans: step.spans.map(({ from, to }) => ({ from: toInstant(from), to: toInstant(to) })),
      };
    case 'same-day':
    case 'cutoff-passed':
    case 'late-reception':
      return { ...view, kind: step.kind, cutoff: step.cutoff === null ? null : clockTime(step.cutoff) };
    case 'days-off':
      return { kind: step.kind, ...offFacts(step.runs) };
    default:
      return { ...view, kind: step.kind };
  }
}

function pauseFacts(step: Extract<DueStep, { kind: 'paused' }>) {
  return {
    from: toInstant(step.from),
    to: step.to === null ? null : toInstant(step.to),
    runs: runsOf(step.days),
    count: step.days.length,
  };
}

/** Public holidays are named, plain rest days are only listed. */
function offFacts(runs: DaysOff[]) {
  return { rest: runs.filter((r) => r.name === null), named: runs.filter((r) => r.name !== null) };
}

export function runsOf(days: EpochDay[]): DayRun[] {
  const runs: DayRun[] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last && last.to === day - 1) last.to = day;
    else runs.push({ from: day, to: day });
  }
  return runs;
}

const two = (n: number): string => String(n).padStart(2, '0');
export const clockTime = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

/** Everything about a due date that a page shows. */
export interface AccountView {
  due: {
    state: DueAccount['due']['state'];
    at: Date | null;
    since: Date | null;
    forecast: boolean;
    year: number | null;
  };
  startedAt: Date;
  cells: DueAccount['cells'];
  steps: StepView[];
  limit: { amount: number; unit: string } | null;
}

export function accountView(account: DueAccount, limit: AccountView['limit']): AccountView {
  const { due } = account;
  const restarted = account.steps.some((step) => step.kind === 'restarted');
  return {
    due: {
      state: due.state,
      at: due.state === 'due' ? toInstant(due.dueAt) : null,
      since: due.state === 'paused' ? toInstant(due.since) : null,
      forecast: due.state === 'due' && due.forecast,
      year: due.state === 'no-calendar' ? due.year : null,
    },
    startedAt: toInstant(account.startedAt),
    cells: account.cells,
    steps: account.steps.map((step) => stepView(step, restarted)),
    limit: limit && { amount: limit.amount, unit: limit.unit },
  };
}
