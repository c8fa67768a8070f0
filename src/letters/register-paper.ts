import { longDay } from '../documents/document-format';
import { civil, dayOfInstant, parseIsoDay, type EpochDay } from '../domain/local-date';
import { labels } from '../platform/labels';
import type { Reader } from '../web/reader';
import { letterheadOf, type Office } from './letterhead';
import type { RegisterView, seriesView } from './register-view';

interface Given {
  year: number;
  rows: RegisterView[];
  series: ReturnType<typeof seriesView>[];
  office: Office;
  reader: Pick<Reader, 'name'>;
  now: Date;
}

/** What templates/reports/register.hbs prints. */
export function registerPaper({ year, rows, series, office, reader, now }: Given) {
  return {
    ...letterheadOf(office),
    year,
    date: longDay(now),
    madeBy: reader.name,
    series,
    count: rows.length,
    rows: rows.map((row) => ({
      number: row.numberText,
      letterDate: shortDay(row.letterDate),
      who: row.who,
      procedure: row.procedure,
      code: row.code,
      deadline: shortDay(row.deadlineAt),
      newDue: row.newDueAt === null ? '' : shortDay(row.newDueAt),
      signer: row.signer ?? '',
      sent: row.sentAt === null ? '' : shortDay(row.sentAt),
      timing: row.timing ?? '',
      channels: [...new Set(row.channels.map((c) => c.name))].join('; '),
      proof: proofText(row),
    })),
  };
}

function proofText(row: RegisterView): string {
  if (row.state === 'cancelled') return `${labels.letter.cancelled}: ${row.cancelReason ?? ''}`;
  return [row.shortProof, row.proofFile].filter(Boolean).join('; ');
}

/** "5/2/2026" in a narrow column. */
export function shortDay(value: Date | string | EpochDay): string {
  const day =
    typeof value === 'number' ? value : typeof value === 'string' ? parseIsoDay(value) : dayOfInstant(value);
  const c = civil(day);
  return `${c.day}/${c.month}/${c.year}`;
}
