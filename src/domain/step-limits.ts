/**
 * Terms of the steps a case passes through. The limit of the procedure is the law's, the steps are the office's own
 * (NĐ 61/2018 Đ19.6: each office's term stands on the handover slip): together they may not exceed it. A consultation
 * of another body runs beside the others and has a due date of its own (Đ19.5), so it is no part of the sum.
 *
 * For this sum, and never for a date, a working day is worth 8 working hours, as the provincial systems count. A limit
 * in calendar days allows as many working days as it has days, a month 22, a limit within the day 8 working hours.
 */
import type { ProcessingLimit } from './deadline';

export type StepKind = 'processing' | 'consultation';
export type StepUnit = 'working-days' | 'working-hours';

export interface LimitStep {
  name: string;
  /** The department or body that answers for the step; null where nobody has said. */
  department: string | null;
  kind: StepKind;
  /** whole, 1 to 9,999 */
  amount: number;
  unit: StepUnit;
}

/** A step as somebody typed it. */
export type TypedStep = Omit<LimitStep, 'amount'> & { amount: number | null };

export type StepFault =
  | { fault: 'name' | 'department' | 'amount'; /** 0 for the first */ index: number }
  /** In working days where both are whole days, else in working hours. */
  | { fault: 'sum'; sum: number; allowed: number; unit: StepUnit };

const HOURS_A_DAY = 8;
const WORKING_DAYS_A_MONTH = 22;
export const MOST_AMOUNT = 9_999;

const hoursOf = ({ amount, unit }: Pick<LimitStep, 'amount' | 'unit'>): number =>
  unit === 'working-days' ? amount * HOURS_A_DAY : amount;

/** Working hours that the steps may take together. */
function allowedHours({ amount, unit }: Pick<ProcessingLimit, 'amount' | 'unit'>): number {
  switch (unit) {
    case 'same-day':
      return HOURS_A_DAY;
    case 'working-hours':
      return amount;
    case 'months':
      return amount * WORKING_DAYS_A_MONTH * HOURS_A_DAY;
    default:
      return amount * HOURS_A_DAY;
  }
}

const isAmount = (amount: number | null): amount is number =>
  amount !== null && Number.isInteger(amount) && amount >= 1 && amount <= MOST_AMOUNT;

function sumFault(
  limit: Pick<ProcessingLimit, 'amount' | 'unit'>,
  steps: readonly TypedStep[],
): StepFault | null {
  const counted = steps.filter(
    (step): step is LimitStep => step.kind === 'processing' && isAmount(step.amount),
  );
  const [sum, allowed] = [counted.reduce((hours, step) => hours + hoursOf(step), 0), allowedHours(limit)];
  if (sum <= allowed) return null;
  const inDays = counted.every((step) => step.unit === 'working-days') && limit.unit !== 'working-hours';
  return inDays
    ? { fault: 'sum', sum: sum / HOURS_A_DAY, allowed: allowed / HOURS_A_DAY, unit: 'working-days' }
    : { fault: 'sum', sum, allowed, unit: 'working-hours' };
}

/**
 * Everything wrong with the steps of a limit, in their order, the sum last.
 * @param limit null when the limit itself cannot be read: then nothing is said about the sum
 */
export function stepFaults(
  limit: Pick<ProcessingLimit, 'amount' | 'unit'> | null,
  steps: readonly TypedStep[],
): StepFault[] {
  const faults = steps.flatMap((step, index): StepFault[] => [
    ...(step.name.trim() === '' ? [{ fault: 'name' as const, index }] : []),
    ...(step.department === null ? [{ fault: 'department' as const, index }] : []),
    ...(isAmount(step.amount) ? [] : [{ fault: 'amount' as const, index }]),
  ]);
  const sum = limit && sumFault(limit, steps);
  return sum ? [...faults, sum] : faults;
}
