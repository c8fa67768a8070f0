import { z } from 'zod';
import { isoDay } from '../domain/local-date';
import { stepFaults, type LimitStep, type StepFault, type TypedStep } from '../domain/step-limits';
import { labels } from '../platform/labels';
import type { FormFault } from '../web/page';
import { fault } from '../web/form-fault';
import { LIMIT_UNITS } from './procedure-catalogue';
import type { LimitFacts } from './procedure.repository';
import { parseTypedDay, parseTypedTime } from '../web/typed-instant';

const field = z.string().trim().max(500).default('');
/** A field that every row of a table has. */
const column = z
  .union([z.string(), z.array(z.string())])
  .default([])
  .transform((values) => [values].flat().map((value) => value.trim().slice(0, 500)));

export const SUPPLEMENT_MODES = ['restart', 'extend-working-days', 'extend-calendar-days'] as const;

/** The limit of a procedure as typed by an administrator. */
export const limitForm = z.object({
  don_vi: z.enum(LIMIT_UNITS).default('working-days'),
  so: field,
  gio_chot: field,
  gio_han: z.enum(['theo-don-vi', 'end-of-office', 'same-hour']).default('theo-don-vi'),
  bo_sung: z.enum(SUPPLEMENT_MODES).default('restart'),
  ap_dung: field,
  van_ban: field,
  buoc_ten: column,
  buoc_don_vi: column,
  buoc_loai: column,
  buoc_so: column,
  buoc_tinh: column,
  /** What the button asks for besides saving: one more row of steps, back to the form, saving for good. */
  viec: z.enum(['them-buoc', 'sua', 'xac-nhan']).nullish(),
});
export type LimitForm = z.infer<typeof limitForm>;

export type ReadLimit = { faults: FormFault[] } | { faults: null; limit: LimitFacts; validFrom: string };

/** @param firstDay the day a first version counts from; it needs no date of its own */
export function readLimit(form: LimitForm, firstDay: string | null): ReadLimit {
  const faults: FormFault[] = [];
  const amount = readAmount(form, faults);
  const cutoff = form.gio_chot === '' ? null : (parseTypedTime(form.gio_chot) ?? undefined);
  if (cutoff === undefined) faults.push(fault('gio_chot', 'LIMIT_CUTOFF'));
  const day = firstDay ?? validFromOf(form);
  if (day === null) faults.push(fault('ap_dung', 'LIMIT_DAY'));
  const rows = stepRows(form).filter((row) => !isBlank(row));
  const total = amount === null ? null : { amount, unit: form.don_vi };
  const steps = rows.map(typedStep);
  for (const wrong of stepFaults(total, steps)) faults.push(wordStep(wrong, rows));
  if (faults.length > 0 || day === null || total === null) return { faults };
  return {
    faults: null,
    validFrom: day,
    limit: {
      ...total,
      receptionCutoff: cutoff === undefined || cutoff === null ? null : clockTime(cutoff),
      supplementMode: form.bo_sung,
      timeOfDay: form.gio_han === 'theo-don-vi' ? null : form.gio_han,
      document: form.van_ban || null,
      steps: steps as LimitStep[],
    },
  };
}

/** Null when it cannot be read; 0 for a limit within the day. */
function readAmount({ don_vi, so }: LimitForm, faults: FormFault[]): number | null {
  if (don_vi === 'same-day') {
    if (/^0*$/.test(so)) return 0;
    faults.push(fault('so', 'LIMIT_SAME_DAY_AMOUNT'));
    return null;
  }
  if (/^\d{1,4}$/.test(so) && Number(so) >= 1) return Number(so);
  faults.push(fault('so', 'LIMIT_AMOUNT'));
  return null;
}

function validFromOf(form: LimitForm): string | null {
  const day = parseTypedDay(form.ap_dung);
  return day === null ? null : isoDay(day);
}

/** One row of the table of steps, with its number on the page. */
export interface StepRow {
  n: number;
  name: string;
  department: string;
  kind: string;
  amount: string;
  unit: string;
}

const FEWEST_ROWS = 6;
const MORE_ROWS = 3;

/** Rows as typed, with blank ones for what may follow. */
export function stepRows(form: LimitForm): StepRow[] {
  const typed = form.buoc_ten.length + (form.viec === 'them-buoc' ? MORE_ROWS : 0);
  return Array.from({ length: Math.max(FEWEST_ROWS, typed) }, (_, i) => ({
    n: i + 1,
    name: form.buoc_ten[i] ?? '',
    department: form.buoc_don_vi[i] ?? '',
    kind: form.buoc_loai[i] ?? 'processing',
    amount: form.buoc_so[i] ?? '',
    unit: form.buoc_tinh[i] ?? 'working-days',
  }));
}

const isBlank = ({ name, department, amount }: StepRow): boolean =>
  name === '' && department === '' && amount === '';

const typedStep = ({ name, department, kind, amount, unit }: StepRow): TypedStep => ({
  name,
  department: department || null,
  kind: kind === 'consultation' ? 'consultation' : 'processing',
  amount: /^\d{1,5}$/.test(amount) ? Number(amount) : null,
  unit: unit === 'working-hours' ? 'working-hours' : 'working-days',
});

function wordStep(wrong: StepFault, rows: StepRow[]): FormFault {
  if (wrong.fault === 'sum') {
    const { sum, allowed, unit } = wrong;
    return fault('buoc_1_so', 'STEPS_EXCEED', { sum, allowed, unit: labels.stepUnit[unit] });
  }
  const { n } = rows[wrong.index]!;
  switch (wrong.fault) {
    case 'name':
      return fault(`buoc_${n}_ten`, 'STEP_NAME', { n });
    case 'department':
      return fault(`buoc_${n}_don_vi`, 'STEP_DEPARTMENT', { n });
    case 'amount':
      return fault(`buoc_${n}_so`, 'STEP_AMOUNT', { n });
  }
}

/** What was typed, as the fields of a form that asks once more. */
export const typedPairs = (form: LimitForm): { name: string; value: string }[] =>
  Object.entries({ ...form, viec: [] }).flatMap(([name, typed]) =>
    [typed].flat().map((value) => ({ name, value })),
  );

const two = (n: number): string => String(n).padStart(2, '0');
const clockTime = (seconds: number): string =>
  `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}`;

/** What the form shows before anybody typed. */
export const shownLimit = (limit: LimitFacts | null, today: string): LimitForm => ({
  don_vi: limit?.unit ?? 'working-days',
  so: limit && limit.amount > 0 ? String(limit.amount) : '',
  gio_chot: limit?.receptionCutoff ?? '',
  gio_han: limit?.timeOfDay ?? 'theo-don-vi',
  bo_sung: limit?.supplementMode ?? 'restart',
  ap_dung: today,
  van_ban: '',
  buoc_ten: limit?.steps.map((step) => step.name) ?? [],
  buoc_don_vi: limit?.steps.map((step) => step.department ?? '') ?? [],
  buoc_loai: limit?.steps.map((step) => step.kind) ?? [],
  buoc_so: limit?.steps.map((step) => String(step.amount)) ?? [],
  buoc_tinh: limit?.steps.map((step) => step.unit) ?? [],
});
