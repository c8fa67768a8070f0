import { z } from 'zod';
import type { EpochDay } from '../domain/local-date';
import type { Weekday } from '../domain/working-calendar';
import type { ErrorCode } from '../platform/errors';
import { fault } from '../web/form-fault';
import type { FormFault } from '../web/page';
import { parseTypedDay } from '../web/typed-instant';

/** What an administrator can do to an office's calendar, as the forms name it. */
export const ACTS = [
  ...(['nghi', 'hoan-doi', 'lam-bu', 'nua-ngay', 'cho', 'bo', 'sua'] as const),
  ...(['gio', 'dot-gio', 'bo-dot', 'nam', 'lap-lai'] as const),
] as const;
export type ActName = (typeof ACTS)[number];

const text = z
  .string()
  .max(2_000)
  .default('')
  .transform((typed) => typed.normalize('NFC').trim());
const texts = z
  .union([z.array(z.string().max(500)).max(80), z.string().max(500)])
  .default([])
  .transform((typed) => (Array.isArray(typed) ? typed : [typed]).map((t) => t.normalize('NFC').trim()));

/** One act as typed. Every field of every act; those of other acts stay empty. */
export const calendarForm = z.object({
  viec: z.enum(ACTS).default('nghi'),
  /** code of the office; empty: the nation's calendar */
  don_vi: text,
  tu: text,
  den: text,
  lam_bu: text,
  ten: text,
  ly_do: text,
  van_ban: text,
  buoi: z.enum(['sang', 'chieu', 'khac']).default('sang'),
  gio: text,
  ...{ gio_2: text, gio_3: text, gio_4: text, gio_5: text, gio_6: text, gio_7: text, gio_8: text },
  hang_nam: text,
  theo_tren: text,
  dot: text,
  nam: text,
  nghi: texts,
  ten_ngay: texts,
  bu: texts,
  van_ban_ngay: texts,
  ban: text,
});
export type CalendarForm = z.infer<typeof calendarForm>;

/** A form in which nothing is typed yet. */
export const blankForm = (typed: Partial<CalendarForm>): CalendarForm => ({
  ...calendarForm.parse({}),
  ...typed,
});

/** The form once more, for the page between typing and confirming. */
export const hiddenFields = (form: CalendarForm): { name: string; value: string }[] =>
  Object.entries(form).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((v) => v !== '' || Array.isArray(value))
      .map((v) => ({ name, value: v })),
  );

/** Field of each weekday: Monday is the second day of the week in Vietnamese. */
export const HOURS_FIELDS: [Weekday, keyof CalendarForm & `gio_${string}`][] = [
  [1, 'gio_2'],
  [2, 'gio_3'],
  [3, 'gio_4'],
  [4, 'gio_5'],
  [5, 'gio_6'],
  [6, 'gio_7'],
  [7, 'gio_8'],
];

/** Where faults lead that are about no single field. */
export const WHOLE_FORM = 'bieu-mau';

/** Everything wrong with a form, in the order in which it is read. */
export class Refusals {
  readonly faults: FormFault[] = [];

  add(field: string, code: ErrorCode, args: Record<string, string | number> = {}): null {
    this.faults.push(fault(field, code, args));
    return null;
  }

  get any(): boolean {
    return this.faults.length > 0;
  }

  /** @param what is typed there, as a sentence names it */
  day(field: string, typed: string, what: string): EpochDay | null {
    if (typed === '') return this.add(field, 'CALENDAR_DAY_MISSING', { what });
    return parseTypedDay(typed) ?? this.add(field, 'CALENDAR_DAY_UNREADABLE', { what, typed });
  }

  /** One line somebody must write. */
  line(field: string, typed: string, missing: ErrorCode): string {
    if (typed === '') this.add(field, missing);
    return typed.replace(/\s+/g, ' ');
  }
}
