import { at, officialCalendar } from '../../test/fixtures/calendar/official-calendar';
import { checkNewDue, lastSendingDay, letterOwed, type LetterInput, type NewDueInput } from './apology';
import { isoDay, parseIsoDay } from './local-date';

const calendar = officialCalendar();
const day = parseIsoDay;

describe('the letter owed', () => {
  const open: LetterInput = {
    settled: false,
    outcome: null,
    receivedAt: at('2026-08-17 08:00'),
    deadlineAt: at('2026-08-25 17:00'),
    paused: false,
    reported: false,
    systemError: false,
    now: at('2026-08-26 08:00'),
    calendar,
  };
  const late = { form: 'late-apology', cause: 'overdue', timing: 'late' };
  const past = { form: 'past-apology', cause: 'settled-late', timing: 'past' };
  const slip = { form: 'system-error-slip', cause: 'system-error', timing: null };
  const extension = (cause: string, timing: string) => ({ form: 'extension-apology', cause, timing });

  it.each<[string, Partial<LetterInput>, unknown]>([
    ['an overdue case owes a late apology', {}, late],
    ['an overdue case that was reported before owes a late apology', { reported: true }, late],
    ['a case owes none before the last day for sending', { now: at('2026-08-22 10:00') }, null],
    [
      'from the last day for sending on it is forecast',
      { now: at('2026-08-24 07:31') },
      extension('last-day', 'in-time'),
    ],
    ['the whole last day is in time', { now: at('2026-08-24 23:59') }, extension('last-day', 'in-time')],
    [
      'on the day of the deadline it is too late for that',
      { now: at('2026-08-25 07:00') },
      extension('last-day', 'late'),
    ],
    [
      'the last day before a deadline on Monday is the working day before the weekend',
      { deadlineAt: at('2026-09-07 17:00'), now: at('2026-09-04 09:00') },
      extension('last-day', 'in-time'),
    ],
    [
      'over the holiday the last day is the working day before it',
      { deadlineAt: at('2026-09-03 17:00'), now: at('2026-08-28 09:00') },
      extension('last-day', 'in-time'),
    ],
    [
      'on the holiday itself the last day has passed',
      { deadlineAt: at('2026-09-03 17:00'), now: at('2026-09-01 09:00') },
      extension('last-day', 'late'),
    ],
    [
      'a make-up Saturday is such a day',
      { deadlineAt: at('2026-08-24 17:00'), now: at('2026-08-22 09:00') },
      extension('last-day', 'in-time'),
    ],
    [
      'reported a week ahead it owes one at once',
      { reported: true, now: at('2026-08-18 09:00') },
      extension('reported', 'in-time'),
    ],
    [
      'reported on the day of the deadline it is late',
      { reported: true, now: at('2026-08-25 09:00') },
      extension('reported', 'late'),
    ],
    [
      'a term of hours is not forecast: its last day for sending was before the reception',
      { receivedAt: at('2026-08-25 07:40'), now: at('2026-08-25 09:00') },
      null,
    ],
    [
      'a term of hours that is reported owes one, late',
      { receivedAt: at('2026-08-25 07:40'), now: at('2026-08-25 09:00'), reported: true },
      extension('reported', 'late'),
    ],
    [
      'an hour printed in the morning is kept until closing',
      { deadlineAt: at('2026-08-26 07:30'), receivedAt: at('2026-08-26 07:00') },
      null,
    ],
    ['a paused case owes none', { paused: true }, null],
    ['a paused case that was reported owes none', { paused: true, reported: true }, null],
    ['a case without a deadline owes none', { deadlineAt: null }, null],
    ['a case settled late owes one afterwards', { settled: true, outcome: 'late' }, past],
    ['a case settled in time owes none', { settled: true, outcome: 'on-time' }, null],
    ['a case settled early owes none', { settled: true, outcome: 'early', reported: true }, null],
    ['overdue by a proven error of a system: a slip', { systemError: true }, slip],
    [
      'settled late by a proven error of a system: a slip',
      { settled: true, outcome: 'late', systemError: true },
      slip,
    ],
    [
      'settled in time there is nothing to confirm',
      { settled: true, outcome: 'on-time', systemError: true },
      null,
    ],
    [
      'an error proven before the deadline changes nothing for the extension',
      { systemError: true, reported: true, now: at('2026-08-24 09:00') },
      extension('reported', 'in-time'),
    ],
    [
      'a year without calendar: what is reported is owed, nothing is forecast',
      { deadlineAt: at('2031-08-25 17:00'), now: at('2031-08-24 09:00'), reported: true },
      extension('reported', 'in-time'),
    ],
  ])('%s', (_, change, expected) => {
    expect(letterOwed({ ...open, ...change })).toEqual(expected);
  });

  it.each([
    ['2026-08-25', '2026-08-24'],
    ['2026-08-24', '2026-08-22'],
    ['2026-09-03', '2026-08-28'],
  ])('for a deadline on %s the letter leaves at the latest on %s', (deadline, last) => {
    expect(isoDay(lastSendingDay(day(deadline), calendar))).toBe(last);
  });
});

describe('a new promise', () => {
  const base: NewDueInput = {
    newDay: day('2026-08-28'),
    deadlineDay: day('2026-08-25'),
    today: day('2026-08-26'),
    promisedAgainBefore: false,
    calendar,
  };

  it.each<[string, Partial<NewDueInput>, unknown]>([
    ['on a later working day is accepted', {}, null],
    [
      'on a make-up Saturday is accepted',
      { newDay: day('2026-08-22'), deadlineDay: day('2026-08-20'), today: day('2026-08-20') },
      null,
    ],
    ['today is accepted while the office is open', { newDay: day('2026-08-26') }, null],
    ['a second time is refused', { promisedAgainBefore: true }, { fault: 'promised-again-already' }],
    [
      'a second time is accepted when somebody allowed it',
      { promisedAgainBefore: true, allowedAgain: true },
      null,
    ],
    [
      'a second time on a day off is refused even then',
      { promisedAgainBefore: true, allowedAgain: true, newDay: day('2026-08-29') },
      { fault: 'not-working-day', name: null, next: day('2026-09-03') },
    ],
    [
      'on the old day is refused',
      { newDay: day('2026-08-25') },
      { fault: 'not-later', than: day('2026-08-25') },
    ],
    [
      'later than the old day but already past is refused',
      { today: day('2026-09-04') },
      { fault: 'in-the-past', today: day('2026-09-04') },
    ],
    [
      'on a day off is refused with the next working day',
      { newDay: day('2026-09-01') },
      { fault: 'not-working-day', name: 'Quốc khánh', next: day('2026-09-03') },
    ],
    [
      'on a Saturday is refused with the next working day',
      { newDay: day('2026-08-29') },
      { fault: 'not-working-day', name: null, next: day('2026-09-03') },
    ],
    [
      'more than a year ahead is refused',
      { newDay: day('2027-08-27') },
      { fault: 'too-far', latest: day('2027-08-26') },
    ],
    [
      'in a year without calendar is refused',
      { newDay: day('2028-01-04'), today: day('2027-12-30') },
      { fault: 'no-calendar', day: day('2028-01-04') },
    ],
  ])('%s', (_, change, expected) => {
    expect(checkNewDue({ ...base, ...change })).toEqual(expected);
  });
});
