import { at, officialCalendar, shown } from '../../test/fixtures/calendar/official-calendar';
import { parseIsoDay } from '../domain/local-date';
import { calculate } from './calculation';
import { askedByBody, calculationBody } from './calculation.dto';
import type { Asked, AskedPause, Known, Place } from './calculation-question';

const place: Place = {
  code: 'H35.50.12',
  name: 'Xã Bình Lư',
  calendar: officialCalendar(),
  calendarVersionId: 7,
  timeOfDay: 'end-of-office',
};
/** In the catalogue since 1/7/2026. */
const procedure = {
  code: '1.004193',
  name: 'Thử',
  limitOn: (day: number) =>
    day < parseIsoDay('2026-07-01')
      ? null
      : {
          amount: 5,
          unit: 'working-days' as const,
          receptionCutoff: null,
          supplementMode: 'restart' as const,
          timeOfDay: null,
        },
};
const known: Known = { procedure, place };
const today = parseIsoDay('2026-08-26');

const question: Asked = {
  procedure: '1.004193',
  limit: null,
  receivedAt: at('2026-08-28 09:30'),
  promisedAt: null,
  pauses: [],
  unit: null,
  written: 'typed',
};
const free = {
  amount: 5,
  unit: 'working-days',
  receptionCutoff: null,
  supplementMode: null,
  timeOfDay: null,
} as const;
const pause = (
  from: string | null,
  to: string | null,
  kind: AskedPause['kind'] = 'supplement',
): AskedPause => ({
  kind,
  from: from === null ? null : at(from),
  to: to === null ? null : at(to),
  ground: '',
});

const faultsOf = (asked: Partial<Asked>, names: Known = known): string[] =>
  (calculate({ ...question, ...asked }, names, today).faults ?? []).map(
    ({ field, text }) => `${field}: ${text}`,
  );

function due(asked: Partial<Asked>, names: Known = known) {
  const answer = calculate({ ...question, ...asked }, names, today);
  if (answer.faults) throw new Error(JSON.stringify(answer.faults));
  return answer.account;
}

describe('a question about a deadline', () => {
  it.each<[string, Partial<Asked>, string[]]>([
    ['neither procedure nor limit', { procedure: null }, ['procedure: Chưa có thủ tục hoặc thời hạn.']],
    ['both', { limit: free }, ['procedure: Có cả thủ tục lẫn thời hạn tự ghi.']],
    [
      'a day on which the procedure had no limit',
      { receivedAt: at('2026-06-30 16:00') },
      ['procedure: Thủ tục 1.004193 chưa có thời hạn vào ngày 30/6/2026.'],
    ],
    ['no reception', { receivedAt: null }, ['receivedAt: Chưa ghi lúc tiếp nhận.']],
    ['an unreadable reception', { receivedAt: 'unreadable' }, ['receivedAt: Ngày giờ chưa đúng.']],
    [
      'an unreadable instant of a program',
      { receivedAt: 'unreadable', written: 'iso' },
      ['receivedAt: Thời điểm chưa đúng. Ghi thời điểm có thật dạng 2026-08-26T09:30'],
    ],
    [
      'a reception before our time',
      { receivedAt: at('1999-12-31 23:59') },
      ['receivedAt: Thời điểm nằm ngoài các năm 2000 đến 2100.', 'procedure:'],
    ],
    ['a reception after our time', { receivedAt: at('2101-01-01') }, ['receivedAt: Thời điểm nằm ngoài']],
    [
      'a promise before reception',
      { promisedAt: at('2026-08-28 09:29') },
      ['promisedAt: Thời điểm này trước lúc tiếp nhận hồ sơ.'],
    ],
    ['an unreadable promise', { promisedAt: 'unreadable' }, ['promisedAt: Ngày giờ chưa đúng.']],
    [
      'a pause without a beginning',
      { pauses: [pause(null, '2026-09-03 10:00')] },
      ['pauses.0.from: Chưa ghi lúc bắt đầu tạm dừng.'],
    ],
    [
      'a pause that ends before it begins',
      { pauses: [pause('2026-09-03 10:00', '2026-09-03 09:59')] },
      ['pauses.0.to: Lúc tiếp tục phải sau lúc tạm dừng.'],
    ],
    [
      'a pause of no length',
      { pauses: [pause('2026-09-03 10:00', '2026-09-03 10:00')] },
      ['pauses.0.to: Lúc tiếp tục phải sau lúc tạm dừng.'],
    ],
    [
      'a pause before reception',
      { pauses: [pause('2026-08-28 09:00', '2026-08-28 10:00')] },
      ['pauses.0.from: Thời điểm này trước lúc tiếp nhận hồ sơ.'],
    ],
    [
      'an open pause before another of its kind',
      { pauses: [pause('2026-09-03 10:00', null), pause('2026-09-04 10:00', '2026-09-07 10:00')] },
      ['pauses.0.to: Chưa ghi lúc hết tạm dừng'],
    ],
    [
      'pauses of one kind that overlap',
      { pauses: [pause('2026-09-03 10:00', '2026-09-08 10:00'), pause('2026-09-04 10:00', null)] },
      ['pauses.1.from: Lần tạm dừng này bắt đầu khi lần trước cùng loại chưa hết.'],
    ],
    [
      'more pauses than fifty',
      {
        pauses: Array.from({ length: 51 }, (_, i) =>
          pause(`2026-09-03 10:${10 + i}`, null, 'supplement'),
        ).map((p, i) => ({ ...p, to: (p.from as number) + 30, kind: i % 2 ? 'supplement' : 'suspension' })),
      },
      ['pauses: Có 51 lần tạm dừng, nhiều nhất là 50.'],
    ],
    [
      'reasons too long for a link',
      { pauses: [{ ...pause('2026-09-03 10:00', null), ground: 'ệ'.repeat(600) }] },
      ['pauses: Lý do của các lần tạm dừng dài quá'],
    ],
  ])('with %s is refused at its field', (_, asked, texts) => {
    const faults = faultsOf(asked);
    expect(faults).toHaveLength(texts.length);
    for (const text of texts) expect(faults).toContainEqual(expect.stringContaining(text));
  });

  it.each<[string, Asked['limit']]>([
    ['0', { ...free, amount: 0 }],
    ['10.000', { ...free, amount: 10_000 }],
    ['1,5', { ...free, amount: 1.5 }],
    ['-3', { ...free, amount: -3 }],
    ['nothing', { ...free, amount: null }],
    ['a word', { ...free, amount: 'unreadable' }],
    ['5 for a same-day limit', { ...free, unit: 'same-day' }],
  ])('with the amount %s is refused', (_, limit) => {
    expect(faultsOf({ procedure: null, limit })).toEqual([
      expect.stringContaining('limit.amount: Thời hạn phải là số nguyên từ 1 đến 9999.'),
    ]);
  });

  it.each([1, 9999])('with the amount %d is answered', (amount) => {
    expect(faultsOf({ procedure: null, limit: { ...free, amount } })).toEqual([]);
  });

  it('names unknown things too', () => {
    expect(faultsOf({ unit: 'XX' }, { procedure: null, place: null })).toEqual([
      'procedure: Không có thủ tục 1.004193 trong danh mục.',
      expect.stringContaining('unit: Không có đơn vị mã XX trong phạm vi được xem.'),
    ]);
  });

  it('hears all of its faults at once', () => {
    const faults = faultsOf({
      procedure: null,
      limit: { ...free, amount: 0, unit: null, receptionCutoff: 'unreadable' },
      receivedAt: 'unreadable',
      promisedAt: 'unreadable',
      pauses: [pause(null, null), { ...pause('2026-09-03 10:00', null), to: 'unreadable' }],
    });
    expect(faults.map((f) => f.split(':')[0])).toEqual([
      'limit.amount',
      'limit.unit',
      'limit.receptionCutoff',
      'receivedAt',
      'promisedAt',
      'pauses.0.from',
      'pauses.1.to',
    ]);
  });
});

describe('the answer', () => {
  it('of a limit in days or of the day itself, at the hour the unit or the limit says', () => {
    const dueAt = (asked: Partial<Asked>, names = known) => {
      const found = due(asked, names).due;
      return found.state === 'due' ? shown(found.dueAt) : found.state;
    };
    expect(dueAt({})).toBe('2026-09-09 17:00');
    const sameHour = { ...known, place: { ...place, timeOfDay: 'same-hour' as const } };
    expect(dueAt({}, sameHour)).toBe('2026-09-09 09:30');
    const own = { procedure: null, limit: { ...free, timeOfDay: 'end-of-office' as const } };
    expect(dueAt(own, sameHour)).toBe('2026-09-09 17:00');
    const cutoff = { ...free, unit: 'same-day' as const, amount: null, receptionCutoff: 15 * 60 };
    expect(dueAt({ procedure: null, limit: cutoff })).toBe('2026-08-28 17:00');
    expect(dueAt({ procedure: null, limit: cutoff, receivedAt: at('2026-08-28 15:00:01') })).toBe(
      '2026-09-03 17:00',
    );
  });

  it('is the same in whatever order pauses are written, also when they touch', () => {
    const pauses = [
      pause('2026-09-03 10:00', '2026-09-04 10:00', 'suspension'),
      pause('2026-09-04 10:00', '2026-09-07 10:00', 'suspension'),
      pause('2026-09-08 08:00', '2026-09-08 09:00'),
    ];
    const expected = due({ pauses }).due;
    expect(expected.state).toBe('due');
    expect(due({ pauses: pauses.toReversed() }).due).toEqual(expected);
  });

  it('is "paused" while the last pause stands, on a strip that ends with its first day', () => {
    const found = due({ pauses: [pause('2026-09-03 10:00', null)] });
    expect(found.due).toEqual({ state: 'paused', since: at('2026-09-03 10:00') });
    expect(found.cells.at(-1)).toMatchObject({ day: parseIsoDay('2026-09-04'), role: 'paused' });
  });

  it('names the year the calendar lacks, and marks what rests on a forecast', () => {
    expect(due({ receivedAt: at('2031-03-03 09:00') }).due).toEqual({ state: 'no-calendar', year: 2031 });
    expect(due({ procedure: null, limit: { ...free, amount: 9999 } }).due).toEqual({
      state: 'no-calendar',
      year: 2028,
    });
    expect(due({ receivedAt: at('2026-12-31 09:00') }).due).toMatchObject({ state: 'due', forecast: true });
  });

  it('shows nobody late: the strip ends on the due day, today is marked only where it lies on it', () => {
    const past = due({ receivedAt: at('2026-07-06 09:00') });
    expect(past.cells.at(-1)).toMatchObject({ role: 'due', day: parseIsoDay('2026-07-13') });
    expect(past.cells.filter((c) => c.today)).toEqual([]);
    const running = due({ receivedAt: at('2026-08-24 09:00') });
    expect(running.cells.filter((c) => c.today).map((c) => c.day)).toEqual([today]);
  });

  it('tells a promise of another day apart, with the likely cause', () => {
    const { steps } = due({ promisedAt: at('2026-09-04 17:00') });
    expect(steps.at(-1)).toMatchObject({ kind: 'mismatch', cause: 'days-off-forgotten' });
    expect(due({ promisedAt: at('2026-09-09 09:30') }).steps.some((s) => s.kind === 'mismatch')).toBe(false);
  });
});

describe('instants in JSON', () => {
  const received = (receivedAt: string) => askedByBody(calculationBody.parse({ receivedAt })).receivedAt;

  it.each([
    ['2026-08-28T09:30', '2026-08-28 09:30'],
    ['2026-08-28T09:30:15', '2026-08-28 09:30:15'],
    ['2026-08-28T09:30:15.900', '2026-08-28 09:30:15'],
    ['2026-08-28T09:30:00+07:00', '2026-08-28 09:30'],
    ['2026-08-28T02:30Z', '2026-08-28 09:30'],
    ['2026-08-27T21:00:00-05:30', '2026-08-28 09:30'],
    [' 2028-02-29T00:00 ', '2028-02-29 00:00'],
  ])('%s is %s in Vietnam', (text, local) => {
    expect(shown(received(text) as number)).toBe(local);
  });

  it.each([
    ...['2026-02-31T09:30', '2027-02-29T09:30', '2026-08-28T25:00', '2026-08-28T24:00', '2026-08-28T09:60'],
    ...[
      '2026-08-28',
      '28/8/2026 09:30',
      '2026-08-28 09:30',
      '2026-08-28T09:30+7',
      '2026-08-28T09:30+25:00',
      'mai',
    ],
  ])('%s cannot be read', (text) => {
    expect(received(text)).toBe('unreadable');
  });
});
