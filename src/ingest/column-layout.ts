import { createHash } from 'node:crypto';
import { plainKey } from './plain-key';
import type { RunColumn } from './run';

export type NamedColumn = Pick<RunColumn, 'index' | 'heading' | 'field'>;

/** Fewer headings in common are a chance, not the same list. */
const IN_COMMON = 2;

/** The headings by which columns are told apart: of two with one name the second is the second. */
function keysOf(columns: NamedColumn[]): string[] {
  const seen = new Map<string, number>();
  return columns.map(({ heading }) => {
    const key = plainKey(heading);
    const nth = (seen.get(key) ?? 0) + 1;
    seen.set(key, nth);
    return `${key}#${nth}`;
  });
}

/** Key of all headings in their order; a list of any width has one of the same length. */
export const layoutOf = (columns: NamedColumn[]): string =>
  createHash('sha256').update(keysOf(columns).join('\n')).digest('hex');

/**
 * Columns of a new list as a person understood those of an earlier one: headings the two share hold what that person
 * said, the others what they seem to hold unless the field is taken. Null when the two share too little.
 */
export function recalledColumns(columns: RunColumn[], told: NamedColumn[]): RunColumn[] | null {
  const keys = keysOf(columns);
  const toldKeys = keysOf(told);
  const fields = new Map(toldKeys.map((key, i) => [key, told[i]!.field]));
  if (keys.filter((key) => fields.has(key)).length < Math.min(IN_COMMON, told.length)) return null;
  const taken = new Set(keys.map((key) => fields.get(key) ?? null));
  return columns.map((column, i) => {
    const own = column.field !== null && taken.has(column.field) ? null : column.field;
    return { ...column, field: fields.has(keys[i]!) ? fields.get(keys[i]!)! : own };
  });
}

/** Both say the same of every column. */
export const sameFields = (a: NamedColumn[], b: NamedColumn[]): boolean =>
  a.every(({ field }, i) => field === b[i]!.field);
