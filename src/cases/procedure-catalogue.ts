import { z } from 'zod';
import type { LimitFacts } from './procedure.repository';

/** Received after this time, a same-day procedure is due the next working day, unless its decision says otherwise. */
export const USUAL_SAME_DAY_CUTOFF = '15:00';

export const LIMIT_UNITS = ['working-days', 'working-hours', 'days', 'months', 'same-day'] as const;

const limit = z
  .object({ amount: z.int().min(0).max(9999), unit: z.enum(LIMIT_UNITS) })
  .refine((l) => (l.unit === 'same-day') === (l.amount === 0), { path: ['amount'] });

const text = z.string().trim().min(1);

/** One entry of a catalogue of procedures. */
export const catalogueItemSchema = z.object({
  code: text,
  name: text,
  field: text.nullish().transform((v) => v ?? null),
  fieldCode: text.nullish().transform((v) => v ?? null),
  limit,
  department: text.nullish().transform((v) => v ?? null),
  sameDayCutoff: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .nullish(),
});

export type CatalogueItem = z.infer<typeof catalogueItemSchema>;

export interface CatalogueResult {
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  /** Procedures whose limit is new or changed: their cases must be recomputed. */
  procedureIds: number[];
}

/** The limit a catalogue states; how a supplement acts and how hours are counted are no part of it and stay. */
export function limitOf(item: CatalogueItem, before: LimitFacts | null): LimitFacts {
  const cutoff = item.sameDayCutoff === undefined ? USUAL_SAME_DAY_CUTOFF : item.sameDayCutoff;
  return {
    amount: item.limit.amount,
    unit: item.limit.unit,
    receptionCutoff: item.limit.unit === 'same-day' ? cutoff : null,
    supplementMode: before?.supplementMode ?? 'restart',
    timeOfDay: before?.timeOfDay ?? null,
    document: null,
  };
}

/** True when both give the same due date for every case. */
export const sameLimit = (a: LimitFacts | null, b: LimitFacts): boolean =>
  a !== null &&
  a.amount === b.amount &&
  a.unit === b.unit &&
  a.receptionCutoff === b.receptionCutoff &&
  a.supplementMode === b.supplementMode &&
  a.timeOfDay === b.timeOfDay;
