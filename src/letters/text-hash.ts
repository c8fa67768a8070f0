import { createHash } from 'node:crypto';
import type { LetterModel } from './letter-model';

/**
 * SHA-256 of an approved text: of the form's own hash and of everything the form may print. Keys are sorted, so the
 * same text has the same hash however the database keeps it.
 */
export const textHash = (formSha256: string, model: LetterModel): string =>
  createHash('sha256')
    .update(`${formSha256}\n${JSON.stringify(sorted(model))}`)
    .digest('hex');

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, v]) => [key, sorted(v)]));
}
