import { createHash } from 'node:crypto';

/** The facts of one entry that the chain protects. */
export interface AuditFacts {
  at: Date;
  actor: string;
  userId: number | null;
  action: string;
  subject: string;
  detail: unknown;
}

/**
 * The value as PostgreSQL's jsonb will give it back: dates as text, `undefined` gone, and none of the characters
 * that jsonb refuses (NUL, half of a surrogate pair).
 */
export function storable(value: unknown): unknown {
  const plain: unknown = JSON.parse(JSON.stringify(value ?? {}));
  return clean(plain);
}

export const storableText = (text: string): string =>
  Buffer.from(text, 'utf8').toString('utf8').replaceAll('\u0000', '');

function clean(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value);
  if (Array.isArray(value)) return value.map(clean);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [storableText(key), clean(v)]));
}

/** JSON with keys in code-unit order at every depth: jsonb does not keep the order they were written in. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return `{${entries.map(([key, v]) => `${JSON.stringify(key)}:${canonicalJson(v)}`).join(',')}}`;
}

/** SHA-256 over the canonical facts and the hash of the entry before; `previous` is null for the first entry. */
export function auditHash(facts: AuditFacts, previous: Buffer | null): Buffer {
  const { at, actor, userId, action, subject, detail } = facts;
  const row = { at: at.toISOString(), actor, userId, action, subject, detail };
  return createHash('sha256')
    .update(canonicalJson({ ...row, previous: previous?.toString('hex') ?? null }))
    .digest();
}
