import { isoLocal } from '../domain/local-date';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export type SheetCell = string | Date | null;

/** A spreadsheet knows no zone: it shows the fields of UTC, so the local wall time is written as if it were UTC. */
export const wallTime = (instant: Date | null): Date | null => instant && new Date(`${isoLocal(instant)}Z`);

/**
 * Strings go into cells of type text, which no spreadsheet evaluates: a name such as "=HYPERLINK(…)" stays a name.
 * Someone may still save the sheet as CSV, where it would run, so it is defused for that as well.
 */
export const sheetText = (value: string | null): string =>
  value !== null && /^[=+\-@\t\r]/.test(value) ? `'${value}` : (value ?? '');
