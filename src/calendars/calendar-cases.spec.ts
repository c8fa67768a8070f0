import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { verifyCalendarFile } from './calendar-cases';

const FILE = path.join(__dirname, '../../test/fixtures/calendar/business_time_cases.json');
const folder = mkdtempSync(path.join(tmpdir(), 'dung-hen-cases-'));
afterAll(() => rmSync(folder, { recursive: true }));

function written(content: unknown): string {
  const file = path.join(folder, 'cases.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const OFFICE = [
  ['07:30', '11:30'],
  ['13:30', '17:00'],
];
const vietnam = {
  timezone: 'Asia/Ho_Chi_Minh',
  hours: { mon: OFFICE, tue: OFFICE, wed: OFFICE, thu: OFFICE, fri: OFFICE },
};
const cases = (list: [op: string, args: object, expected: unknown, calendar?: object][]) =>
  written(
    list.map(([op, args, expected, calendar], i) => ({
      id: `c${i + 1}`,
      calendar: { ...vietnam, ...calendar },
      op,
      args,
      expected,
    })),
  );

/** 14:00 to 22:00 on every day, in a zone with summer time. */
const berlin = {
  timezone: 'Europe/Berlin',
  hours: { mon: [['00:00', '24:00']], sun: [['00:00', '24:00']], sat: [['00:00', '24:00']] },
};

describe('files of calendar cases', () => {
  it('all 101 collected cases hold', async () => {
    expect(await verifyCalendarFile(FILE)).toEqual({
      passed: 101,
      failed: 0,
      lines: ['101 passed, 0 failed'],
    });
  });

  it('each of them fails when another answer is expected', async () => {
    const changed = (JSON.parse(readFileSync(FILE, 'utf8')) as { expected: unknown }[]).map((c) => ({
      ...c,
      expected:
        typeof c.expected === 'boolean'
          ? !c.expected
          : typeof c.expected === 'number'
            ? c.expected + 1
            : String(c.expected).replace(/^\d{4}/, (year) => String(Number(year) + 1)),
    }));
    expect(await verifyCalendarFile(written(changed))).toMatchObject({ passed: 0, failed: 101 });
  });

  const rules: [rule: string, op: string, args: object, expected: unknown, calendar?: object][] = [
    [
      'a make-up day wins over a day off',
      'isWorkingDay',
      { date: '2026-08-22' },
      true,
      { holidays: ['2026-08-22'], makeup: ['2026-08-22'] },
    ],
    [
      'a make-up day may have hours of its own',
      'addWorkingHours',
      { start: '2026-08-22T08:00', hours: 4 },
      '2026-08-24T01:30:00Z',
      { makeup: [{ date: '2026-08-22', hours: [['08:00', '11:00']] }] },
    ],
    [
      'a day off wins over dated hours',
      'isWorkingDay',
      { date: '2026-08-20' },
      false,
      { holidays: ['2026-08-20'], overrides: { '2026-08-20': OFFICE } },
    ],
    [
      'dated hours open a rest day',
      'isWorkingDay',
      { date: '2026-08-23' },
      true,
      { overrides: { '2026-08-23': [['08:00', '09:00']] } },
    ],
    [
      'dated hours may close a day',
      'isWorkingDay',
      { date: '2026-08-20' },
      false,
      { overrides: { '2026-08-20': [] } },
    ],
    ['working days go backwards', 'addWorkingDays', { start: '2026-08-24', days: -6 }, '2026-08-14'],
    [
      'an instant is a day of its zone',
      'addWorkingDays',
      { start: '2026-08-19T18:00:00Z', days: 1 },
      '2026-08-21',
    ],
    ['rolling forward', 'addWorkingDays', { start: '2026-08-22', days: 0, roll: 'following' }, '2026-08-24'],
    [
      'rolling back, then counting',
      'addWorkingDays',
      { start: '2026-08-22', days: 1, roll: 'preceding' },
      '2026-08-24',
    ],
    [
      'rolling within the month',
      'addWorkingDays',
      { start: '2026-05-31', days: 0, roll: 'modifiedfollowing' },
      '2026-05-29',
    ],
    [
      'a pause leaves out working days',
      'addWorkingDays',
      { start: '2026-08-10', days: 10, pauses: [['2026-08-13T16:40', '2026-08-17T16:55']] },
      '2026-08-26',
    ],
    [
      'hours and minutes are added up',
      'addWorkingHours',
      { start: '2026-08-20T08:00', hours: 0.5, minutes: 15 },
      '2026-08-20T08:45:00+07:00',
    ],
    [
      'half a minute is counted',
      'addWorkingHours',
      { start: '2026-08-20T16:59:45', minutes: 0.5 },
      '2026-08-21T00:30:15Z',
    ],
    [
      'going back leaves pauses out as well',
      'addWorkingHours',
      { start: '2026-08-20T11:00', hours: -2, pauses: [['2026-08-20T08:00', '2026-08-20T10:00']] },
      '2026-08-19T09:30:00Z',
    ],
    [
      'pauses may overlap and come in any order',
      'workingMinutesBetween',
      {
        start: '2026-08-20T08:00',
        end: '2026-08-20T17:00',
        pauses: [
          ['2026-08-20T10:00', '2026-08-20T15:00'],
          ['2026-08-20T09:00', '2026-08-20T11:00'],
        ],
      },
      180,
    ],
    [
      'time runs backwards as a negative',
      'workingMinutesBetween',
      { start: '2026-08-20T10:00', end: '2026-08-20T08:30' },
      -90,
    ],
    [
      'a long way off other years are added',
      'addWorkingDays',
      { start: '2026-08-20', days: 5000 },
      '2045-10-19',
    ],
    [
      'the wall clock counts over a change of summer time',
      'addWorkingHours',
      { start: '2026-03-29T00:30:00', hours: 4 },
      '2026-03-29T02:30:00Z',
      berlin,
    ],
    [
      'a skipped hour moves on',
      'addWorkingHours',
      { start: '2026-03-29T02:30:00', minutes: 0 },
      '2026-03-29T01:30:00Z',
      berlin,
    ],
    [
      'of a repeated hour the first is meant',
      'addWorkingHours',
      { start: '2026-10-25T02:30:00', minutes: 0 },
      '2026-10-25T00:30:00Z',
      berlin,
    ],
    [
      'a closing at 00:00 is midnight',
      'workingMinutesBetween',
      { start: '2026-08-20T00:00', end: '2026-08-21T00:00' },
      120,
      { hours: { thu: [['22:00', '00:00']] } },
    ],
  ];
  it.each(rules.map(([rule, ...question]) => ({ rule, question })))('$rule', async ({ question }) => {
    const result = await verifyCalendarFile(cases([question]));
    expect(result.lines).toEqual(['1 passed, 0 failed']);
  });

  it('a failure names the case, what was expected and what came out', async () => {
    const file = cases([
      ['isWorkingDay', { date: '2026-08-20' }, true],
      ['addWorkingDays', { start: '2026-08-20', days: 1 }, '2026-08-22'],
    ]);
    expect(await verifyCalendarFile(file)).toEqual({
      passed: 1,
      failed: 1,
      lines: ['c2 (addWorkingDays): cần 2026-08-22, tính ra 2026-08-21', '1 passed, 1 failed'],
    });
  });

  it.each<[string, string, object, object, RegExp]>([
    ['an unknown operation', 'addFortnights', { start: '2026-08-20' }, {}, /^c1: .*op phải là isWorkingDay/],
    [
      'a missing argument',
      'addWorkingHours',
      { start: '2026-08-20T08:00' },
      {},
      /^c1: .*args: thiếu minutes hoặc hours/,
    ],
    [
      'an unknown zone',
      'isWorkingDay',
      { date: '2026-08-20' },
      { timezone: 'Mars/Olympus' },
      /calendar\.timezone: múi giờ/,
    ],
    [
      'hours that end before they start',
      'isWorkingDay',
      { date: '2026-08-20' },
      { hours: { mon: [['12:00', '08:00']] } },
      /^c1 .*không tính được/,
    ],
    ['a date that does not exist', 'isWorkingDay', { date: 'hôm qua' }, {}, /^c1 .*không tính được/],
    [
      'a calendar without hours',
      'isWorkingDay',
      { date: '2026-08-20' },
      { hours: {} },
      /^c1 .*không tính được \(cả tuần không có giờ làm việc nào\)$/,
    ],
  ])('%s fails that case and says why', async (_, op, args, calendar, line) => {
    const result = await verifyCalendarFile(cases([[op, args, true, calendar]]));
    expect(result).toMatchObject({ passed: 0, failed: 1 });
    expect(result.lines[0]).toMatch(line);
  });

  it('a list below "cases" and a byte order mark are accepted', async () => {
    const one = {
      id: 'x',
      calendar: vietnam,
      op: 'isWorkingDay',
      args: { date: '2026-08-20' },
      expected: true,
    };
    const file = written(`\uFEFF${JSON.stringify({ cases: [one] })}`);
    expect((await verifyCalendarFile(file)).lines).toEqual(['1 passed, 0 failed']);
  });

  it.each([
    ['no JSON', 'năm 2026', /không phải JSON/],
    ['no list', '{"a": 1}', /không phải danh sách phép thử/],
  ])('a file with %s is refused with a reason', async (_, content, message) => {
    await expect(verifyCalendarFile(written(content))).rejects.toThrow(message);
  });

  it('a file that is not there is named', async () => {
    await expect(verifyCalendarFile('/khong/co.json')).rejects.toThrow('/khong/co.json');
  });
});
