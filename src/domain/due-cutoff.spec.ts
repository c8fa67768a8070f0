import { explain, kinds, step, strip } from '../../test/fixtures/calendar/explained';
import { parseIsoDay } from './local-date';

describe('a reception after the cut-off of a limit in days', () => {
  const account = explain([['received', '2026-08-20 15:20']], {
    amount: 2,
    unit: 'working-days',
    receptionCutoff: 900,
  });

  it('counts as one of the next working day', () => {
    expect(strip(account)).toEqual([
      '20/8 received',
      '21/8 not-counted',
      '22/8 counted 1 worked',
      '23/8 off',
      '24/8 due 2',
    ]);
    expect(kinds(account).slice(0, 2)).toEqual(['late-reception', 'count']);
    expect(step(account, 'late-reception')).toMatchObject({
      cutoff: 900,
      zeroDay: parseIsoDay('2026-08-21'),
    });
    expect(step(account, 'count')).toMatchObject({ firstDay: parseIsoDay('2026-08-22') });
  });

  it('at the cut-off sharp it is still in time', () => {
    const sharp = explain([['received', '2026-08-20 15:00']], {
      amount: 2,
      unit: 'working-days',
      receptionCutoff: 900,
    });
    expect(kinds(sharp)[0]).toBe('count');
    expect(strip(sharp).at(-1)).toBe('22/8 due 2 worked');
  });
});

describe('a wait whose calendar days are added to the end', () => {
  const account = explain(
    [
      ['received', '2026-08-10 10:15'],
      ['supplement-requested', '2026-08-13 16:40', 'bản sao'],
      ['supplement-received', '2026-08-17 16:55'],
    ],
    { amount: 5, unit: 'working-days', supplementMode: 'extend-calendar-days' },
  );

  it('the days of the wait count on, the added days stand behind them', () => {
    expect(strip(account)).toEqual([
      '10/8 received today',
      '11/8 counted 1',
      '12/8 counted 2',
      '13/8 counted 3',
      '14/8 counted 4',
      '15/8 off',
      '16/8 off',
      '17/8 counted 5',
      '18/8 extended',
      '19/8 extended',
      '20/8 extended',
      '21/8 due',
    ]);
    expect(step(account, 'paused')).toMatchObject({
      pushes: true,
      days: [14, 15, 16, 17].map((d) => parseIsoDay(`2026-08-${d}`)),
    });
  });
});
