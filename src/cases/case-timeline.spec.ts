import { parseIsoDay } from '../domain/local-date';
import { WorkingCalendar, type OfficeInterval } from '../domain/working-calendar';
import { alertGroups, timelineOf } from './case-timeline';
import type { CaseAlertRow, CaseEventRow } from './case.repository';
import { stopsOf } from './open-stop';
import { maskedPhone } from './phone-mask';

const office: OfficeInterval[] = [{ opens: 450, closes: 1020 }];
const calendar = WorkingCalendar.of({
  weekly: { 1: office, 2: office, 3: office, 4: office, 5: office, 6: [], 7: [] },
  days: [{ day: parseIsoDay('2026-09-02'), kind: 'off', name: 'Quốc khánh', document: null, hours: null }],
  years: [{ year: 2026, state: 'decided', documents: [] }],
});
const at = (text: string): Date => new Date(`${text}:00+07:00`);
const now = at('2026-08-26T09:42');
let id = 0;
const event = (kind: string, when: string, data: Record<string, unknown> = {}): CaseEventRow => ({
  ...{ id: ++id, kind, at: at(when), recordedAt: now, source: 'user:1', data },
});

describe('the history of a case', () => {
  it('tells a stop of the clock and its end as one entry with the working days between', () => {
    const timeline = timelineOf(
      [
        event('supplement-received', '2026-08-17T16:55', { promised: '2026-08-31T10:00:00Z' }),
        event('received', '2026-08-10T10:15'),
        event('supplement-requested', '2026-08-13T16:40', {
          ground: 'bản sao',
          legalBasis: 'Điều 19',
          by: 'Lò Thị Mai',
        }),
      ],
      null,
      now,
      calendar,
    );
    expect(timeline.map((i) => i.kind)).toEqual(['supplement-requested', 'received']);
    expect(timeline[0]).toMatchObject({
      ...{
        until: at('2026-08-17T16:55'),
        workingDays: 2,
        text: 'bản sao',
        legalBasis: 'Điều 19',
        by: 'Lò Thị Mai',
      },
      promised: new Date('2026-08-31T10:00:00Z'),
    });
  });

  it('counts a stop that still lasts until now', () => {
    const [stop] = timelineOf([event('suspended', '2026-08-24T08:00')], null, now, calendar);
    expect([stop!.until, stop!.workingDays]).toEqual([null, 2]);
  });

  it('tells why a computed due became another one', () => {
    const data = {
      ...{ because: 'calendar', reason: 'Nghỉ 28/8', document: 'CV 123', by: 'Hoàng Minh Sín' },
      ...{ previous: '2026-08-28T10:00:00Z', due: '2026-08-31T10:00:00Z' },
    };
    expect(
      timelineOf([event('deadline-moved', '2026-08-26T08:00', data)], null, now, calendar),
    ).toMatchObject([
      {
        ...{ kind: 'deadline-moved', text: 'Nghỉ 28/8', document: 'CV 123', by: 'Hoàng Minh Sín' },
        ...{ previous: new Date('2026-08-28T10:00:00Z'), due: new Date('2026-08-31T10:00:00Z') },
      },
    ]);
  });

  it('does not count from a moment nobody told', () => {
    const [stop] = timelineOf(
      [event('suspended', '2026-08-24T08:00', { approximate: true })],
      null,
      now,
      calendar,
    );
    expect([stop!.approximate, stop!.workingDays]).toEqual([true, null]);
  });

  it('shows the moment somebody told instead of the one an import guessed', () => {
    const timeline = timelineOf(
      [
        event('suspended', '2026-08-25T09:00', { approximate: true }),
        event('suspended', '2026-08-18T08:00'),
        event('resumed', '2026-08-24T08:00'),
      ],
      null,
      now,
      calendar,
    );
    expect(timeline.map((i) => [i.kind, i.workingDays])).toEqual([['suspended', 4]]);
  });

  it('puts the passing of the deadline in its place, newest first', () => {
    const timeline = timelineOf(
      [event('noted', '2026-08-26T08:00'), event('received', '2026-08-20T08:00')],
      at('2026-08-25T17:00'),
      now,
      calendar,
    );
    expect(timeline.map((i) => i.kind)).toEqual(['noted', 'overdue', 'received']);
  });

  it('groups reminders raised together and says who saw them', () => {
    const alert = (recipient: string, seenAt: Date | null, amount = 2): CaseAlertRow => ({
      reason: { theme: 'deadline', moment: 'before', amount, measure: 'working-days' },
      ...{ raisedAt: at('2026-08-21T07:30'), recipient, seenAt },
      ...{ standsInFor: null, climbed: false, sentAt: null, sentBy: null, acknowledgedAt: null },
    });
    const seen = at('2026-08-21T08:00');
    const groups = alertGroups([
      alert('Vàng A Sử', seen),
      alert('Phạm Quang Huy', null),
      alert('Vàng A Sử', null, 1),
    ]);
    expect(groups.map((g) => [g.reason.amount, g.recipients.map((r) => [r.name, r.seenAt])])).toEqual([
      [
        2,
        [
          ['Vàng A Sử', seen],
          ['Phạm Quang Huy', null],
        ],
      ],
      [1, [['Vàng A Sử', null]]],
    ]);
  });
});

describe('where the clock stands', () => {
  const line = (
    kind: 'suspended' | 'resumed' | 'supplement-requested' | 'supplement-received',
    n: number,
    vague = false,
  ) => ({
    ...{ caseId: 1, id: n, kind, at: n, recordedAt: n, corrects: null },
    ...{ ground: null, legalBasis: null, approximate: vague, previous: null },
  });

  it('a stop is open until an event of its own kind ends it', () => {
    const lines = [
      line('suspended', 100),
      line('supplement-requested', 200),
      line('supplement-received', 300),
    ];
    expect(stopsOf(lines)).toEqual({
      openStop: { kind: 'suspended', at: new Date(100_000) },
      lastChangeAt: new Date(300_000),
    });
    expect(stopsOf([...lines, line('resumed', 400)]).openStop).toBeNull();
  });

  it('the moment of a stop that nobody told is asked for', () => {
    expect(stopsOf([line('suspended', 100, true)]).openStop).toBeNull();
  });
});

describe('a masked phone number', () => {
  it.each([
    ['0900003867', '09xx xxx 867'],
    ['0900.003.867', '09xx xxx 867'],
    ['12345', 'xxxxx'],
    ['không có', null],
    [null, null],
  ])('%s is shown as %s', (phone, shown) => {
    expect(maskedPhone(phone)).toBe(shown);
  });
});
