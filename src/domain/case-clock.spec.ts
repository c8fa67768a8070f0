import { at, shown } from '../../test/fixtures/calendar/official-calendar';
import { foldClock, type ClockEvent, type ClockEventKind, type SupplementMode } from './case-clock';

const event = (kind: ClockEventKind, when: string, ground?: string): ClockEvent => ({
  kind,
  at: at(when),
  ground,
});
const received = event('received', '2026-08-10 10:15');

function clock(events: ClockEvent[], mode: SupplementMode = 'extend-working-days') {
  const folded = foldClock(events, mode);
  const pauses = folded.pauses.map(({ from, to }) => [shown(from), to === null ? null : shown(to)]);
  return { ...folded, pauses, started: shown(folded.startedAt) };
}

describe('the case clock', () => {
  it('starts with reception and runs when nothing happens', () => {
    expect(clock([received])).toMatchObject({
      started: '2026-08-10 10:15',
      pauses: [],
      openPause: null,
      restarted: false,
      stoppedAt: null,
    });
  });

  it('stands still from the request to the complete supplement', () => {
    const events = [
      received,
      event('supplement-requested', '2026-08-13 16:40', 'giấy xác nhận khuyết tật'),
      event('supplement-received', '2026-08-17 16:55'),
    ];
    expect(clock(events)).toMatchObject({
      pauses: [['2026-08-13 16:40', '2026-08-17 16:55']],
      supplementRequests: 1,
      restarted: false,
    });
  });

  it('a complete supplement restarts the whole term where the law says so, and voids earlier pauses', () => {
    const events = [
      received,
      event('suspended', '2026-08-11 08:00'),
      event('resumed', '2026-08-12 08:00'),
      event('supplement-requested', '2026-08-13 16:40'),
      event('supplement-received', '2026-08-17 16:55'),
    ];
    expect(clock(events, 'restart')).toMatchObject({
      started: '2026-08-17 16:55',
      pauses: [],
      restarted: true,
    });
  });

  it('a suspension that outlasts the supplement still holds after the restart', () => {
    const events = [
      received,
      event('supplement-requested', '2026-08-13 08:00'),
      event('suspended', '2026-08-14 08:00'),
      event('supplement-received', '2026-08-17 08:00'),
      event('resumed', '2026-08-19 08:00'),
    ];
    expect(clock(events, 'restart').pauses).toEqual([['2026-08-17 08:00', '2026-08-19 08:00']]);
  });

  it.each([
    ['overlap', '2026-08-12 08:00', '2026-08-14 08:00', '2026-08-13 08:00', '2026-08-17 08:00'],
    ['touch', '2026-08-12 08:00', '2026-08-13 08:00', '2026-08-13 08:00', '2026-08-17 08:00'],
    [
      'lie inside one another',
      '2026-08-12 08:00',
      '2026-08-17 08:00',
      '2026-08-13 08:00',
      '2026-08-14 08:00',
    ],
  ])('pauses that %s are one pause with both grounds', (_, a, b, c, d) => {
    const folded = foldClock(
      [
        received,
        event('supplement-requested', a, 'bổ sung'),
        event('supplement-received', b),
        event('suspended', c, 'xác minh'),
        event('resumed', d),
      ],
      'extend-working-days',
    );
    expect(folded.pauses).toMatchObject([
      { from: at('2026-08-12 08:00'), to: at('2026-08-17 08:00'), ground: 'bổ sung; xác minh' },
    ]);
  });

  it('an open pause is open, and the last', () => {
    const events = [received, event('suspended', '2026-08-12 08:00', 'nghĩa vụ tài chính')];
    const folded = foldClock(events, 'restart');
    expect(folded.openPause).toMatchObject({
      from: at('2026-08-12 08:00'),
      to: null,
      ground: 'nghĩa vụ tài chính',
    });
    expect(folded.pauses).toEqual([folded.openPause]);
  });

  it('the end of the case closes an open pause; an unanswered request restarts nothing', () => {
    const events = [
      received,
      event('supplement-requested', '2026-08-13 08:00'),
      event('withdrawn', '2026-08-20 09:00'),
    ];
    expect(clock(events, 'restart')).toMatchObject({
      pauses: [['2026-08-13 08:00', '2026-08-20 09:00']],
      openPause: null,
      restarted: false,
      stoppedAt: at('2026-08-20 09:00'),
    });
  });

  it('a pause after the end opens the case again', () => {
    const events = [received, event('finished', '2026-08-20 09:00'), event('suspended', '2026-08-21 09:00')];
    expect(clock(events)).toMatchObject({ stoppedAt: null, pauses: [['2026-08-21 09:00', null]] });
  });

  it('events in any order, before reception, or without a counterpart do no harm', () => {
    const events = [
      event('resumed', '2026-08-11 09:00'),
      event('supplement-received', '2026-08-11 10:00'),
      event('suspended', '2026-08-09 09:00'),
      received,
      event('suspended', '2026-08-10 11:00'),
    ];
    expect(clock(events).pauses).toEqual([['2026-08-10 10:15', '2026-08-11 09:00']]);
  });

  it('a pause of no length is none, and every request is counted', () => {
    const events = [
      received,
      event('supplement-requested', '2026-08-12 08:00'),
      event('supplement-received', '2026-08-12 08:00'),
      event('supplement-requested', '2026-08-13 08:00'),
    ];
    expect(clock(events)).toMatchObject({ pauses: [['2026-08-13 08:00', null]], supplementRequests: 2 });
  });

  it('a ledger without reception is refused', () => {
    expect(() => foldClock([event('suspended', '2026-08-12 08:00')], 'restart')).toThrow(RangeError);
  });
});
