import type { Cell, ObjectRow } from './cell';
import type { Field, SourceRow } from './fields';
import { fieldOf, type MappedHeading } from './headings';

/** An entry of a catalogue of procedures has a code and a name of its own, and no case. */
export const isCatalogueItem = (object: Record<string, unknown>): boolean =>
  'code' in object && 'name' in object && ('limit' in object || 'field' in object);

/** More different keys than any payload has: the rest is not remembered for the mapping. */
const MAX_KEYS = 1_000;

/** Understands the keys of JSON objects the way headings of a table are understood. */
export class JsonBinder {
  /** The file's own key of each field; grows while objects are read, since optional keys come late. */
  readonly headings: Partial<Record<Field, string>> = {};
  private readonly fields = new Map<string, Field | null>();

  /** Whether the object is a case at all. */
  knows(object: Record<string, unknown>): boolean {
    return Object.keys(object).some((key) => fieldOf(key) === 'code');
  }

  async *bindAll(rows: AsyncIterable<ObjectRow>): AsyncGenerator<SourceRow> {
    for await (const row of rows) yield this.bind(row);
  }

  bind({ line, object }: ObjectRow): SourceRow {
    const row: SourceRow = { line, values: { code: null } };
    for (const [key, value] of Object.entries(object)) {
      const field = this.fieldOfKey(key);
      if (field === 'supplements') row.supplements = value;
      else if (field !== null) row.values[field] = cellOf(value);
    }
    return row;
  }

  mapping(): MappedHeading[] {
    return [...this.fields].map(([heading, field]) => ({ heading, field }));
  }

  private fieldOfKey(key: string): Field | null {
    const known = this.fields.get(key);
    if (known !== undefined) return known;
    const named = fieldOf(key);
    const field = named !== null && this.headings[named] === undefined ? named : null;
    if (field !== null) this.headings[field] = key;
    if (field !== null || this.fields.size < MAX_KEYS) this.fields.set(key, field);
    return field;
  }
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value).slice(0, 1_000);
}
