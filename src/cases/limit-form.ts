import { z } from 'zod';
import { isoDay } from '../domain/local-date';
import type { FormFault } from '../web/page';
import { fault } from '../web/form-fault';
import { LIMIT_UNITS, USUAL_SAME_DAY_CUTOFF } from './procedure-catalogue';
import type { LimitFacts } from './procedure.repository';
import { parseTypedDay, parseTypedTime } from '../web/typed-instant';

const field = z.string().trim().max(500).default('');

export const SUPPLEMENT_MODES = ['restart', 'extend-working-days', 'extend-calendar-days'] as const;

/** The limit of a procedure as typed by an administrator. */
export const limitForm = z.object({
  don_vi: z.enum(LIMIT_UNITS).default('working-days'),
  so: field,
  co_chot: z.enum(['co']).nullish(),
  gio_chot: field,
  bo_sung: z.enum(SUPPLEMENT_MODES).default('restart'),
  ap_dung: field,
  van_ban: field,
});
export type LimitForm = z.infer<typeof limitForm>;

export type ReadLimit = { faults: FormFault[] } | { faults: null; limit: LimitFacts; validFrom: string };

/** @param firstDay the day a first version counts from; it needs no date of its own */
export function readLimit(form: LimitForm, firstDay: string | null): ReadLimit {
  const faults: FormFault[] = [];
  const sameDay = form.don_vi === 'same-day';
  const amount = sameDay ? 0 : Number(form.so);
  if (!sameDay && !(/^\d{1,4}$/.test(form.so) && amount >= 1)) faults.push(fault('so', 'LIMIT_AMOUNT'));
  const cutoff = sameDay && form.co_chot ? parseTypedTime(form.gio_chot) : undefined;
  if (cutoff === null) faults.push(fault('gio_chot', 'LIMIT_CUTOFF'));
  const day = firstDay ?? validFromOf(form);
  if (day === null) faults.push(fault('ap_dung', 'LIMIT_DAY'));
  if (faults.length > 0 || day === null) return { faults };
  return {
    faults: null,
    validFrom: day,
    limit: {
      amount,
      unit: form.don_vi,
      receptionCutoff: cutoff === undefined || cutoff === null ? null : clockTime(cutoff),
      supplementMode: form.bo_sung,
      timeOfDay: null,
      document: form.van_ban || null,
    },
  };
}

function validFromOf(form: LimitForm): string | null {
  const day = parseTypedDay(form.ap_dung);
  return day === null ? null : isoDay(day);
}

const two = (n: number): string => String(n).padStart(2, '0');
const clockTime = (seconds: number): string =>
  `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}`;

/** What the form shows before anybody typed. */
export const shownLimit = (limit: LimitFacts | null, today: string): LimitForm => ({
  don_vi: limit?.unit ?? 'working-days',
  so: limit && limit.amount > 0 ? String(limit.amount) : '',
  co_chot: limit === null || limit.receptionCutoff !== null ? 'co' : null,
  gio_chot: limit?.receptionCutoff ?? USUAL_SAME_DAY_CUTOFF,
  bo_sung: limit?.supplementMode ?? 'restart',
  ap_dung: today,
  van_ban: '',
});
