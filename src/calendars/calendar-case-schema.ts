import { z } from 'zod';

const TIME = /^([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?$|^24:00(:00)?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const time = z.string().regex(TIME, 'giờ phải có dạng HH:MM');
const day = z.string().regex(DAY, 'ngày phải có dạng YYYY-MM-DD');
const interval = z.tuple([time, time]);
const intervals = z.array(interval);
const instants = z.array(z.tuple([z.string(), z.string()]));

const zone = z.string().refine(
  (name) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: name });
      return true;
    } catch {
      return false;
    }
  },
  { error: 'múi giờ không có trong danh sách IANA' },
);

export const WEEKDAY_KEYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const calendar = z.object({
  timezone: zone,
  hours: z.partialRecord(z.enum(WEEKDAY_KEYS), intervals.nullable()),
  holidays: z.array(z.union([day, z.object({ date: day }).transform((h) => h.date)])).default([]),
  makeup: z
    .array(
      z.union([
        day.transform((date) => ({ date, hours: undefined })),
        z.object({ date: day, hours: intervals.optional() }),
      ]),
    )
    .default([]),
  breaks: instants.default([]),
  overrides: z.record(day, intervals).default({}),
});

export const ROLLS = [
  'following',
  'forward',
  'preceding',
  'backward',
  'modifiedfollowing',
  'modifiedpreceding',
] as const;
export type Roll = (typeof ROLLS)[number];

const amount = {
  minutes: z.number().optional(),
  hours: z.number().optional(),
};
const pauses = instants.default([]);

const id = z.union([z.string(), z.number()]).transform(String).default('?');
const common = { id, calendar };

/** One case of calendar arithmetic, in the form of the public collections of such cases. */
export const calendarCaseSchema = z.discriminatedUnion(
  'op',
  [
    z.object({
      ...common,
      op: z.literal('isWorkingDay'),
      args: z.object({ date: z.string() }),
      expected: z.boolean(),
    }),
    z.object({
      ...common,
      op: z.literal('addWorkingDays'),
      args: z.object({ start: z.string(), days: z.int(), roll: z.enum(ROLLS).optional(), pauses }),
      expected: z.string(),
    }),
    z.object({
      ...common,
      op: z.literal('addWorkingHours'),
      args: z
        .object({ start: z.string(), ...amount, pauses })
        .refine((a) => a.minutes !== undefined || a.hours !== undefined, {
          error: 'thiếu minutes hoặc hours',
        }),
      expected: z.string(),
    }),
    z.object({
      ...common,
      op: z.literal('workingMinutesBetween'),
      args: z.object({ start: z.string(), end: z.string(), pauses }),
      expected: z.number(),
    }),
  ],
  { error: 'op phải là isWorkingDay, addWorkingDays, addWorkingHours hoặc workingMinutesBetween' },
);

export type CalendarCase = z.infer<typeof calendarCaseSchema>;
export type CaseCalendar = CalendarCase['calendar'];
