/** One act of an administrator as a pure step from an office's rows to its next rows, or everything against it. */
import { calendarFaults, type CalendarFault } from '../domain/calendar-definition';
import { labels } from '../platform/labels';
import type { FormFault } from '../web/page';
import { dayWithWeekday } from '../web/view-helpers';
import { definitionOfLayers } from './calendar-book';
import { sameRows } from './calendar-difference';
import { calendarFaultText } from './calendar-fault-text';
import { Refusals, WHOLE_FORM, type ActName, type CalendarForm } from './calendar-form';
import { periodsOf, type CalendarRows } from './calendar-rows';
import type { ChangeDraft, ChangeGround, ReadAct } from './change-ground';
import { awaitedDay, daysOff, halfDay, makeUpDay, reworded, swap, takenBack } from './day-changes';
import { datedHours, datedHoursBack, officeHours } from './hours-changes';
import { decidedYear } from './year-change';

export type ChangeReading = { draft: ChangeDraft; faults: null } | { draft: null; faults: FormFault[] };

const restored: ReadAct = (form, ground) =>
  ground.restored && {
    rows: ground.restored,
    words: labels.calendar.restored(Number(form.ban)),
    document: form.van_ban || null,
  };

const READERS: Record<ActName, ReadAct> = {
  nghi: daysOff,
  'hoan-doi': swap,
  'lam-bu': makeUpDay,
  'nua-ngay': halfDay,
  cho: awaitedDay,
  bo: takenBack,
  sua: reworded,
  gio: officeHours,
  'dot-gio': datedHours,
  'bo-dot': datedHoursBack,
  nam: decidedYear,
  'lap-lai': restored,
};

export function readChange(form: CalendarForm, ground: ChangeGround): ChangeReading {
  const refusals = new Refusals();
  const draft = READERS[form.viec](form, ground, refusals);
  if (draft && !refusals.any) {
    if (sameRows(ground.own, draft.rows)) refusals.add(WHOLE_FORM, 'CALENDAR_UNCHANGED');
    else refuseWrongCalendar(draft.rows, ground, refusals);
  }
  return draft && !refusals.any ? { draft, faults: null } : { draft: null, faults: refusals.faults };
}

/** What only the whole calendar shows: hours that meet, days that two entries make impossible. */
function refuseWrongCalendar(rows: CalendarRows, { above }: ChangeGround, refusals: Refusals): void {
  const told = new Set<CalendarFault['kind']>();
  for (const found of calendarFaults(definitionOfLayers([...above, rows]))) {
    // A yearly period that is wrong is wrong in every year: once is enough.
    const yearly = found.kind === 'periods-overlap' || found.kind === 'period-reversed';
    if (yearly && told.has(found.kind)) continue;
    told.add(found.kind);
    if (found.kind === 'no-working-time') refusals.add(WHOLE_FORM, 'CALENDAR_NO_WORKING_TIME');
    else if (found.kind === 'periods-overlap')
      refusals.add('tu', 'CALENDAR_PERIODS_OVERLAP', {
        day: dayWithWeekday(found.day),
        names: periodNames(rows, found.day),
      });
    else refusals.add(WHOLE_FORM, 'CALENDAR_WRONG', { fault: calendarFaultText(found) });
  }
}

const periodNames = ({ periods, hours }: CalendarRows, day: number): string =>
  periods
    .filter((p) => periodsOf({ periods: [p], hours }).some(({ from, to }) => from <= day && day <= to))
    .map((p) => p.name)
    .join(', ');
