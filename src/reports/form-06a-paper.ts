import { longDay } from '../documents/document-format';
import { civil, parseIsoDay } from '../domain/local-date';
import { form06aLabels as words } from '../platform/form-06a-labels';
import { vietnameseNumber } from '../platform/vietnamese-number';
import type { Form06a, Form06aRow } from './form-06a';
import type { Period } from './on-time.service';

interface Given {
  figures: Form06a;
  period: Period;
  reporter: string;
  receiver: string;
  place: string;
  madeBy: string;
  at: Date;
}

export type Form06aPaper = ReturnType<typeof form06aPaper>;

/** What templates/reports/form-06a.hbs and the workbook show. */
export function form06aPaper({ figures, period, reporter, receiver, place, madeBy, at }: Given) {
  const { rows, total, percent } = figures;
  return {
    form: words.form,
    title: words.title,
    reporter,
    receiver,
    place,
    madeBy,
    at,
    date: longDay(at),
    from: slashed(period.from),
    to: slashed(period.to),
    rows: rows.map((row, i) => ({ place: String(i + 1), ...lineOf(row) })),
    total: { place: '', ...lineOf(total), field: words.total },
    percent: percent === null ? null : `${vietnameseNumber(percent, 2)}%`,
    balance: balanceOf(total),
  };
}

function lineOf(row: Form06aRow) {
  const columns = [
    ...[row.received, row.online, row.direct, row.carried],
    ...[row.solved, row.early, row.onTime, row.late],
    ...[row.pending, row.pendingInTime, row.pendingLate],
  ];
  return {
    field: row.field ?? words.unknownField,
    columns,
    shown: columns.map((n) => vietnameseNumber(n)),
  };
}

/** Where the form does not balance, why. */
export function balanceOf({ gap, endUnknown, endBefore }: Form06aRow): string[] {
  if (gap === 0) return [words.balanced];
  return [
    words.unbalanced(gap),
    ...(endUnknown ? [words.endUnknown(endUnknown)] : []),
    ...(endBefore ? [words.endBefore(endBefore)] : []),
  ];
}

function slashed(day: string): string {
  const c = civil(parseIsoDay(day));
  return `${c.day}/${c.month}/${c.year}`;
}
