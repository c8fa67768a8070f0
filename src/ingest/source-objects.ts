import type { Cell, ObjectRow } from './cell';
import { contentOf } from './column-content';
import type { ChosenColumn, SourceColumn } from './column-mapping';
import { CELL_FIELDS, bitOf, type Field, type SourceRow } from './fields';
import { fieldOf, namesOf, type MappedHeading } from './headings';

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
  private readonly chosen: Map<string, Field | null>;

  /** @param chosen what a person decided that keys mean */
  constructor(chosen: ChosenColumn[] = []) {
    this.chosen = new Map(chosen.map((c) => [c.heading, c.field]));
  }

  /** Whether the object is a case at all. */
  knows(object: Record<string, unknown>): boolean {
    this.learn(Object.keys(object));
    return this.headings.code !== undefined;
  }

  /** The keys of these objects, with what stands under them. */
  columns(sample: ObjectRow[]): SourceColumn[] {
    for (const { object } of sample) this.learn(Object.keys(object));
    const keys = [...this.fields.keys()];
    const contents = contentOf(
      sample.map(({ object }) => ({ cells: keys.map((key) => cellOf(object[key])) })),
      keys.length,
    );
    return keys.map((heading, index) => ({
      index,
      heading,
      field: this.fields.get(heading) ?? null,
      samples: contents[index]?.samples ?? [],
    }));
  }

  bind({ line, object, repeated }: ObjectRow): SourceRow {
    const row: SourceRow = { line, carried: 0, values: { ...NOTHING } };
    const keys = Object.keys(object);
    if (!keys.every((key) => this.fields.has(key))) this.learn(keys);
    for (const key of keys) {
      const field = this.fields.get(key) ?? null;
      if (field === null) continue;
      row.carried |= bitOf(field);
      if (field === 'supplements') row.supplements = object[key];
      else row.values[field] = cellOf(object[key]);
    }
    row.values.code ??= null;
    row.carried |= bitOf('code');
    if (repeated !== undefined) row.repeated = repeated;
    return row;
  }

  mapping(): MappedHeading[] {
    return [...this.fields].map(([heading, field]) => ({ heading, field }));
  }

  fieldOfKey(key: string): Field | null {
    return this.fields.get(key) ?? null;
  }

  /** Of several keys for one field the nearer to the official name is used: MaHoSo before SoBienNhan. */
  private learn(keys: string[]): void {
    for (const key of keys) {
      if (this.fields.has(key) || this.fields.size >= MAX_KEYS) continue;
      const field = this.chosen.has(key) ? (this.chosen.get(key) ?? null) : fieldOf(key);
      const owner = field === null ? undefined : this.headings[field];
      if (field !== null && (owner === undefined || this.isNearer(key, owner, field))) {
        if (owner !== undefined) this.fields.set(owner, null);
        this.headings[field] = key;
        this.fields.set(key, field);
      } else this.fields.set(key, null);
    }
  }

  private isNearer(key: string, owner: string, field: Field): boolean {
    if (this.chosen.get(owner) === field) return false;
    return this.chosen.get(key) === field || rankOf(key, field) < rankOf(owner, field);
  }
}

const NOTHING = Object.fromEntries(CELL_FIELDS.map((field) => [field, undefined])) as SourceRow['values'];

const rankOf = (key: string, field: Field): number =>
  namesOf(key).find((n) => n.field === field)?.rank ?? Infinity;

/** A value as a cell; what is no single value is shown as JSON. */
export function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value).slice(0, 1_000);
}
