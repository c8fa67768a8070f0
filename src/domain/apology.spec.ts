import { at, officialCalendar } from '../../test/fixtures/calendar/official-calendar';
import { checkNewDue, lastSendingDay, letterOwed, type LetterInput, type NewDueInput } from './apology';
import { isoDay, parseIsoDay } from './local-date';

const calendar = officialCalendar();
const day = parseIsoDay;

describe('the letter owed', () => {
  const open: LetterInput = {
    settled: false,
    outcome: null,
    deadlineAt: at('2026-08-25 17:00'),
    paused: false,
    now: at('2026-08-26 08:00'),
    calendar,
  };

  it.each<[string, Partial<LetterInput>, unknown]>([
    ['an overdue case owes a late apology', {}, { form: 'late-apology', timing: 'late' }],
    ['a case within its deadline owes none', { now: at('2026-08-25 16:00') }, null],
    ['an hour printed in the morning is kept until closing', { deadlineAt: at('2026-08-26 07:30') }, null],
    ['a paused case owes none', { paused: true }, null],
    ['a case without a deadline owes none', { deadlineAt: null }, null],
    [
      'a case settled late owes one afterwards',
      { settled: true, outcome: 'late' },
      { form: 'past-apology', timing: 'past' },
    ],
    ['a case settled in time owes none', { settled: true, outcome: 'on-time' }, null],
    ['a case settled early owes none', { settled: true, outcome: 'early' }, null],
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
