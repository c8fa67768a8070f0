/** Form II.06a/VPCP/KSTT: columns (3) to (13) of one row, and whether they balance. */
export interface Form06aCounts {
  /** (4), (5): received in the period */
  online: number;
  direct: number;
  /** (6) */
  carried: number;
  /** (8), (9), (10): ended in the period */
  early: number;
  onTime: number;
  late: number;
  /** (12), (13): under way at its end */
  pendingInTime: number;
  pendingLate: number;
  /** Received in the period, and neither solved nor under way: nobody told when they ended. */
  endUnknown: number;
  /** Received in the period, and ended before it. */
  endBefore: number;
}

export interface Form06aRow extends Form06aCounts {
  /** null: the procedure has no field */
  field: string | null;
  /** (3), (7), (11) */
  received: number;
  solved: number;
  pending: number;
  /** (3) - (7) - (11) */
  gap: number;
}

export interface Form06a {
  rows: Form06aRow[];
  total: Form06aRow;
  /** (8) + (9) of (7), two decimals; null when nothing was solved */
  percent: number | null;
}

const COUNTS = [
  'online',
  'direct',
  'carried',
  'early',
  'onTime',
  'late',
  'pendingInTime',
  'pendingLate',
  'endUnknown',
  'endBefore',
] as const;

export function form06a(fields: (Form06aCounts & { field: string | null })[]): Form06a {
  const sums = Object.fromEntries(
    COUNTS.map((key) => [key, fields.reduce((sum, row) => sum + row[key], 0)]),
  ) as unknown as Form06aCounts;
  const total = rowOf({ ...sums, field: null });
  const kept = total.early + total.onTime;
  const percent = Math.floor((20_000 * kept + total.solved) / (2 * total.solved)) / 100;
  return { rows: fields.map(rowOf), total, percent: total.solved === 0 ? null : percent };
}

function rowOf(c: Form06aCounts & { field: string | null }): Form06aRow {
  const received = c.online + c.direct + c.carried;
  const solved = c.early + c.onTime + c.late;
  const pending = c.pendingInTime + c.pendingLate;
  return { ...c, received, solved, pending, gap: received - solved - pending };
}
