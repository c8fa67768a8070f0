import { z } from 'zod';
import { MOST_AMOUNT, stepFaults, type LimitStep } from '../domain/step-limits';
import type { LimitFacts } from './procedure.repository';

/** Received after this time, a same-day procedure is due the next working day, unless its decision says otherwise. */
export const USUAL_SAME_DAY_CUTOFF = '15:00';

export const LIMIT_UNITS = ['working-days', 'working-hours', 'days', 'months', 'same-day'] as const;

const limit = z
  .object({ amount: z.int().min(0).max(9999), unit: z.enum(LIMIT_UNITS) })
  .refine((l) => (l.unit === 'same-day') === (l.amount === 0), { path: ['amount'] });

const text = z.string().trim().min(1);

const step = z.object({
  name: text,
  department: text.nullish().transform((v) => v ?? null),
  kind: z.enum(['processing', 'consultation']).default('processing'),
  amount: z.int().min(1).max(MOST_AMOUNT),
  unit: z.enum(['working-days', 'working-hours']),
});

const MOST_STEPS = 50;

/** One entry of a catalogue of procedures. */
export const catalogueItemSchema = z
  .object({
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
    /** left out: the steps stay as they are */
    steps: z.array(step).max(MOST_STEPS).optional(),
  })
  .refine((item) => exceeds(item.limit, item.steps ?? []) === false, { path: ['steps'] });

/** The steps take longer than the limit allows. */
const exceeds = (total: z.infer<typeof limit>, steps: LimitStep[]): boolean =>
  stepFaults(total, steps).some((fault) => fault.fault === 'sum');

export type CatalogueItem = z.infer<typeof catalogueItemSchema>;

export interface CatalogueResult {
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  /** Procedures whose limit is new or changed: their cases must be recomputed. */
  procedureIds: number[];
}

/** What a catalogue leaves out stays: how a supplement acts, how hours are counted, cut-off and steps. */
export function limitOf(item: CatalogueItem, before: LimitFacts | null): LimitFacts {
  const { amount, unit } = item.limit;
  const kept = before?.steps ?? [];
  return {
    amount,
    unit,
    receptionCutoff: cutoffOf(item, before),
    supplementMode: before?.supplementMode ?? 'restart',
    timeOfDay: before?.timeOfDay ?? null,
    document: null,
    // Steps that no longer fit stay with the version they were made for.
    steps: item.steps ?? (exceeds(item.limit, kept) ? [] : kept),
  };
}

function cutoffOf({ limit: { unit }, sameDayCutoff }: CatalogueItem, before: LimitFacts | null) {
  const usual = unit === 'same-day' ? USUAL_SAME_DAY_CUTOFF : null;
  if (unit === 'same-day' && sameDayCutoff !== undefined) return sameDayCutoff;
  return before && (before.unit === 'same-day') === (unit === 'same-day') ? before.receptionCutoff : usual;
}

const sameSteps = (a: LimitStep[], b: LimitStep[]): boolean =>
  a.length === b.length &&
  a.every(({ name, department, kind, amount, unit }, i) => {
    const other = b[i]!;
    const sameTerm = amount === other.amount && unit === other.unit && kind === other.kind;
    return sameTerm && name === other.name && department === other.department;
  });

/** True when both give every case the same due date and the same steps. */
export const sameLimit = (a: LimitFacts | null, b: LimitFacts): boolean =>
  a !== null &&
  a.amount === b.amount &&
  a.unit === b.unit &&
  a.receptionCutoff === b.receptionCutoff &&
  a.supplementMode === b.supplementMode &&
  a.timeOfDay === b.timeOfDay &&
  sameSteps(a.steps, b.steps);
