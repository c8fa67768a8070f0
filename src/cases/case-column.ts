import { civil, dayOfInstant, secondOfDay, toLocalSecond } from '../domain/local-date';
import { applicantKindLabels, caseColumnLabels } from '../platform/case-column-labels';
import { labels } from '../platform/labels';
import { maskedPhone } from './phone-mask';

/** Name of a column of a case; null for one that people do not know. */
export const columnLabel = (column: string): string | null => caseColumnLabels[column] ?? null;

/** The order in which the columns are told. */
export const columnRank = (column: string): number => Object.keys(caseColumnLabels).indexOf(column);

/** What stands in a column, in the words of the pages; null when nothing does. Contact data is masked. */
export function columnText(column: string, value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  const text = String(value as string | number);
  if (column.endsWith('_at')) return instantText(new Date(text));
  if (column === 'status') return labels.caseStatus[Number(text)] ?? text;
  if (column === 'channel') return labels.channel[text as keyof typeof labels.channel] ?? text;
  if (column === 'applicant_kind') return applicantKindLabels[text] ?? text;
  return column === 'phone' ? maskedPhone(text) : text;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** '17:00 25/11/2026' */
function instantText(at: Date): string {
  const { day, month, year } = civil(dayOfInstant(at));
  const minutes = Math.floor(secondOfDay(toLocalSecond(at)) / 60);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)} ${day}/${month}/${year}`;
}
