/** Forms of the calendar as their templates want them. */
import { blankForm, HOURS_FIELDS, type CalendarForm } from './calendar-form';
import type { CalendarRows } from './calendar-rows';
import { pairsOn, sharedHours, typedHours } from './typed-hours';
import { weekdayName } from './calendar-fault-text';

/** Which template shows the form of an act. */
const KINDS = {
  ...{ nghi: 'day', 'hoan-doi': 'day', 'lam-bu': 'day', 'nua-ngay': 'day', cho: 'day' },
  ...{ sua: 'reword', bo: 'take-back', gio: 'hours', 'dot-gio': 'hours', 'bo-dot': 'other' },
  ...{ nam: 'year', 'lap-lai': 'other' },
} as const satisfies Record<CalendarForm['viec'], string>;

export function formParts(form: CalendarForm) {
  return {
    form,
    formKind: KINDS[form.viec],
    /** Hours of the seven weekdays. */
    week: HOURS_FIELDS.map(([weekday, field]) => ({
      ...{ field, value: form[field] },
      label: weekdayName(weekday).replace(/^t/, 'T'),
    })),
    /** Lines of a year's decision. */
    lines: form.nghi.map((off, at) => ({
      ...{ at, number: at + 1, off, name: form.ten_ngay[at] ?? '', worked: form.bu[at] ?? '' },
      document: form.van_ban_ngay[at] ?? '',
    })),
  };
}

const holding = (layers: readonly CalendarRows[]): CalendarRows | undefined =>
  layers.findLast((rows) => rows.hours.length > 0);

/** The hours that hold: of the week, and of each time with hours of its own. */
export function hoursView(layers: readonly CalendarRows[]) {
  const { hours, periods } = holding(layers) ?? { hours: [], periods: [] };
  const named = (period: number) =>
    sharedHours(hours, period).map(({ from, to, hours: text }) => ({
      days: from === to ? weekdayName(from) : `${weekdayName(from)} đến ${weekdayName(to)}`,
      hours: text,
    }));
  return { officeHours: named(0), periods: periods.map((p) => ({ ...p, hours: named(p.period) })) };
}

/** The form with the hours that hold now. */
export function hoursForm(layers: readonly CalendarRows[], code: string): CalendarForm {
  const hours = (holding(layers)?.hours ?? []).filter((row) => row.period === 0);
  const week = HOURS_FIELDS.map(([weekday, field]) => [field, typedHours(pairsOn(hours, weekday))]);
  return blankForm({ viec: 'gio', don_vi: code, ...Object.fromEntries(week) });
}
