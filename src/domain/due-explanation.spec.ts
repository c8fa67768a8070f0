import { at, officialCalendar, shown } from '../../test/fixtures/calendar/official-calendar';
import { explain, kinds, step, strip } from '../../test/fixtures/calendar/explained';
import { explainDue } from './due-explanation';
import { isoDay, parseIsoDay } from './local-date';

describe('the account of ten working days with a wait and a make-up Saturday', () => {
  const account = explain(
    [
      ['received', '2026-08-10 10:15'],
      ['supplement-requested', '2026-08-13 16:40', 'giấy xác nhận khuyết tật'],
      ['supplement-received', '2026-08-17 16:55'],
    ],
    { amount: 10, unit: 'working-days' },
    { today: '2026-08-26', promised: '2026-08-26 10:15' },
  );

  it('shows each day with its place', () => {
    expect(strip(account)).toEqual([
      '10/8 received',
      '11/8 counted 1',
      '12/8 counted 2',
      '13/8 counted 3',
      '14/8 paused',
      '15/8 off',
      '16/8 off',
      '17/8 paused',
      '18/8 counted 4',
      '19/8 counted 5',
      '20/8 counted 6',
      '21/8 counted 7',
      '22/8 counted 8 worked',
      '23/8 off',
      '24/8 counted 9',
      '25/8 due 10',
      '26/8 after +1 today',
    ]);
  });

  it('tells where the count starts, what was left out, what was counted and what was not', () => {
    expect(kinds(account)).toEqual(['count', 'paused', 'worked-days', 'days-off', 'mismatch']);
    expect(step(account, 'count')).toMatchObject({ amount: 10, firstDay: parseIsoDay('2026-08-11') });
    expect(step(account, 'paused')).toEqual({
      kind: 'paused',
      from: at('2026-08-13 16:40'),
      to: at('2026-08-17 16:55'),
      pushes: false,
      ground: 'giấy xác nhận khuyết tật',
      days: ['2026-08-14', '2026-08-17'].map(parseIsoDay),
      inWorkingDays: true,
    });
    expect(step(account, 'worked-days')?.days).toEqual([
      { day: parseIsoDay('2026-08-22'), name: 'Làm bù cho 31/8', document: null },
    ]);
    expect(step(account, 'days-off')?.runs.map(({ from, to }) => [isoDay(from), isoDay(to)])).toEqual([
      ['2026-08-15', '2026-08-16'],
      ['2026-08-23', '2026-08-23'],
    ]);
  });

  it('says that the source promised another day, and that it forgot the make-up Saturday', () => {
    expect(step(account, 'mismatch')).toEqual({
      kind: 'mismatch',
      promisedAt: at('2026-08-26 10:15'),
      dueAt: at('2026-08-25 17:00'),
      cause: 'worked-day-forgotten',
      workingDays: null,
    });
  });
});

describe('the account of other limits', () => {
  it('a same-day case is due on the day of reception', () => {
    const account = explain([['received', '2026-08-10 10:15']], {
      amount: 0,
      unit: 'same-day',
      receptionCutoff: 900,
    });
    expect(strip(account)).toEqual(['10/8 due today']);
    expect(account.steps).toEqual([{ kind: 'same-day', startedAt: at('2026-08-10 10:15'), cutoff: 900 }]);
  });

  it.each([
    ['2026-08-28 15:20', 'after-cutoff'],
    ['2026-08-28 17:00', 'after-closing'],
    ['2026-08-29 09:00', 'rest-day'],
  ])('received %s it is due the next working day: %s', (received, reason) => {
    const account = explain([['received', received]], { amount: 0, unit: 'same-day', receptionCutoff: 900 });
    expect(step(account, 'cutoff-passed')).toMatchObject({ reason, nextDay: parseIsoDay('2026-09-03') });
    expect(strip(account).at(-1)).toBe('3/9 due');
    expect(step(account, 'days-off')?.runs.at(-1)).toMatchObject({ name: 'Quốc khánh' });
  });

  it('working hours are told as the spans in which they ran', () => {
    const account = explain(
      [
        ['received', '2026-08-19 12:00'],
        ['suspended', '2026-08-19 15:00'],
        ['resumed', '2026-08-20 08:00'],
      ],
      { amount: 8, unit: 'working-hours' },
    );
    expect(
      step(account, 'hours')?.spans.map(({ from, to }) => `${shown(from)}–${shown(to).slice(11)}`),
    ).toEqual(['2026-08-19 13:30–15:00', '2026-08-20 08:00–11:30', '2026-08-20 13:30–16:30']);
    expect(strip(account)).toEqual(['19/8 received', '20/8 due']);
  });

  it('calendar days count rest days, and an end on one moves on', () => {
    const account = explain([['received', '2026-08-11 09:00']], { amount: 18, unit: 'days' });
    expect(strip(account).slice(-7)).toEqual([
      '28/8 counted 17',
      '29/8 counted 18',
      '30/8 off',
      '31/8 off',
      '1/9 off',
      '2/9 off',
      '3/9 due',
    ]);
    expect(step(account, 'rolled')).toMatchObject({
      from: parseIsoDay('2026-08-29'),
      to: parseIsoDay('2026-09-03'),
    });
  });

  it('months name the day they end on, and the day off it falls on', () => {
    const account = explain(
      [['received', '2026-08-01 09:00']],
      { amount: 1, unit: 'months' },
      { today: '2026-08-03' },
    );
    expect(step(account, 'months')?.endDay).toBe(parseIsoDay('2026-09-01'));
    expect(step(account, 'rolled')).toMatchObject({ name: 'Quốc khánh', to: parseIsoDay('2026-09-03') });
  });

  it('a term that began anew shows the old days as void and the wait as paused', () => {
    const account = explain(
      [
        ['received', '2026-08-10 10:15'],
        ['supplement-requested', '2026-08-12 16:40', 'bản sao'],
        ['supplement-received', '2026-08-14 09:00'],
      ],
      { amount: 2, unit: 'working-days', supplementMode: 'restart' },
    );
    expect(strip(account)).toEqual([
      '10/8 received today',
      '11/8 not-counted',
      '12/8 not-counted',
      '13/8 paused',
      '14/8 paused',
      '15/8 off',
      '16/8 off',
      '17/8 counted 1',
      '18/8 due 2',
    ]);
    expect(account.steps[0]).toEqual({
      kind: 'restarted',
      requestedAt: at('2026-08-12 16:40'),
      receivedAt: at('2026-08-14 09:00'),
      ground: 'bản sao',
    });
    expect(shown(account.startedAt)).toBe('2026-08-14 09:00');
  });

  it('a pause on the last day leaves its number there and the due day without one', () => {
    const account = explain(
      [
        ['received', '2026-08-10 10:15'],
        ['suspended', '2026-08-12 09:00'],
        ['resumed', '2026-08-14 09:00'],
      ],
      { amount: 2, unit: 'working-days' },
    );
    expect(strip(account)).toEqual([
      '10/8 received today',
      '11/8 counted 1',
      '12/8 counted 2',
      '13/8 paused',
      '14/8 due',
    ]);
  });
});

describe('an account without a due date', () => {
  it('of a paused case shows the days so far', () => {
    const account = explain(
      [
        ['received', '2026-08-10 10:15'],
        ['suspended', '2026-08-12 09:00', 'nghĩa vụ tài chính'],
      ],
      { amount: 5, unit: 'working-days' },
      { today: '2026-08-14' },
    );
    expect(account.due.state).toBe('paused');
    expect(strip(account)).toEqual([
      '10/8 received',
      '11/8 counted 1',
      '12/8 counted 2',
      '13/8 paused',
      '14/8 paused today',
    ]);
    expect(step(account, 'paused')).toMatchObject({ to: null, ground: 'nghĩa vụ tài chính' });
  });

  it('of a case without a limit, or beyond the calendar, has no cells and no steps', () => {
    const beyond = explain([['received', '2027-12-30 09:00']], { amount: 5, unit: 'working-days' });
    expect(beyond).toMatchObject({ due: { state: 'no-calendar', year: 2028 }, cells: [], steps: [] });
    const unlimited = explainDue({
      events: [{ kind: 'received', at: at('2026-08-10 10:15') }],
      limit: null,
      calendar: officialCalendar(),
      timeOfDay: 'end-of-office',
      today: parseIsoDay('2026-08-10'),
      promisedAt: null,
    });
    expect(unlimited).toMatchObject({ due: { state: 'no-limit' }, cells: [], steps: [] });
  });
});

describe('what the account says beside the days', () => {
  it('a date that rests on an undecided year says so', () => {
    const account = explain([['received', '2026-12-30 09:00']], { amount: 5, unit: 'working-days' });
    expect(step(account, 'forecast')?.years).toEqual([2027]);
  });

  it('a settled case is followed to its end, not to today', () => {
    const account = explain(
      [
        ['received', '2026-08-10 10:15'],
        ['finished', '2026-08-13 09:00'],
      ],
      { amount: 2, unit: 'working-days' },
      { today: '2026-08-20' },
    );
    expect(strip(account).slice(-2)).toEqual(['12/8 due 2', '13/8 after +1']);
  });

  it('rest days after the due day carry no number', () => {
    const account = explain(
      [['received', '2026-08-12 10:15']],
      { amount: 2, unit: 'working-days' },
      { today: '2026-08-17' },
    );
    expect(strip(account).slice(-3)).toEqual(['15/8 after', '16/8 after', '17/8 after +1 today']);
  });
});
