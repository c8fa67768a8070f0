import { catalogueItemSchema, type CatalogueItem } from '../cases/procedure-catalogue';
import type { ObjectRow } from './cell';
import { wordFault, type Fault } from './faults';

export interface ReadItem {
  item: CatalogueItem | null;
  faults: Fault[];
}

/** One entry of a catalogue of procedures, checked. */
export function toCatalogueItem({ line, object }: ObjectRow): ReadItem {
  const parsed = catalogueItemSchema.safeParse(object);
  if (parsed.success) return { item: parsed.data, faults: [] };
  const faults = parsed.error.issues.map((issue) => {
    const column = issue.path.join('.');
    const value = issue.path.reduce<unknown>(
      (at, key) => (at as Record<PropertyKey, unknown> | undefined)?.[key],
      object,
    );
    const shown = value === undefined ? '' : JSON.stringify(value).slice(0, 80);
    const words = wordFault('CATALOGUE_VALUE', {});
    return { line, column, value: shown, ...words, caseCode: null, field: null, suggestion: null };
  });
  return { item: null, faults };
}
