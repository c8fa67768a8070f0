import { at, officialCalendar, shown } from '../../test/fixtures/calendar/official-calendar';
import { acceptanceDue, acceptanceState } from './acceptance';

const calendar = officialCalendar();

describe('the acceptance clock', () => {
  it.each([
    ['2026-11-23 08:00', 8, '2026-11-25 08:30', 'hours run on over a day off of the office'],
    ['2026-11-20 16:00', 8, '2026-11-23 16:30', 'hours stand still over the weekend'],
    ['2026-11-21 10:00', 1, '2026-11-23 08:30', 'a submission on a rest day counts from the next opening'],
    [
      '2026-11-18 12:00',
      2,
      '2026-11-18 15:30',
      'a submission at noon counts from the opening of the afternoon',
    ],
    ['2026-11-18 07:30', 7.5, '2026-11-18 17:00', 'the last hour ends at closing, not at the next opening'],
  ])('submitted %s, %s working hours: until %s: %s', (submitted, hours, due) => {
    expect(shown(acceptanceDue(at(submitted), calendar, hours))).toBe(due);
  });

  it.each<[string | null, string, string]>([
    ['2026-11-18 09:00', '2026-11-18 10:00', 'in-time'],
    ['2026-11-18 10:00', '2026-11-18 10:00', 'in-time'],
    ['2026-11-18 10:01', '2026-11-18 10:00', 'late'],
    [null, '2026-11-20 10:00', 'waiting'],
    [null, '2026-11-19 10:00', 'waiting'],
    [null, '2026-11-19 09:59', 'overdue'],
  ])('answered %s, due %s: %s', (answered, due, state) => {
    expect(acceptanceState(at(due), answered === null ? null : at(answered), at('2026-11-19 10:00'))).toBe(
      state,
    );
  });
});
