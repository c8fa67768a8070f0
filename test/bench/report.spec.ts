import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { BENCHES, chosen, UnknownBench } from './catalogue';
import { interleave, median, timesFaster } from './interleave';
import { asJson, asTable, measured } from './report';

const results = [
  measured({
    id: 'x.speed',
    what: 'Cộng ngày',
    value: 16_330.4,
    unit: 'lần',
    target: { atLeast: 10_000 },
    against: 'thư viện 1.0',
  }),
  measured({ id: 'x.time', what: 'Tính lại hạn', value: 1.234, unit: 'giây', target: { below: 1 } }),
  measured({ id: 'x.info', what: 'Số câu khác', value: 268, unit: '/ 4.500 câu' }),
];

describe('the JSON of the measurements', () => {
  it('has exactly the seven fields of each, with the value as a number', () => {
    expect(JSON.parse(asJson(results))).toEqual({
      benchmarks: [
        {
          id: 'x.speed',
          what: 'Cộng ngày',
          value: 16_330,
          unit: 'lần',
          target: '≥ 10.000',
          holds: true,
          against: 'thư viện 1.0',
        },
        {
          id: 'x.time',
          what: 'Tính lại hạn',
          value: 1.234,
          unit: 'giây',
          target: '< 1',
          holds: false,
          against: null,
        },
        {
          id: 'x.info',
          what: 'Số câu khác',
          value: 268,
          unit: '/ 4.500 câu',
          target: null,
          holds: null,
          against: null,
        },
      ],
    });
  });

  it('judges the figure before it is rounded', () => {
    const almost = { id: 'x', what: 'x', value: 19.9999, unit: 'lần' };
    expect(measured({ ...almost, target: { atLeast: 20 } })).toMatchObject({ value: 20, holds: false });
    expect(measured({ ...almost, value: 0, target: { atMost: 0 } }).holds).toBe(true);
    expect(measured({ ...almost, value: 1, target: { below: 1 } }).holds).toBe(false);
  });
});

describe('the table', () => {
  it('writes figures the Vietnamese way and says loudly what does not hold', () => {
    expect(asTable(results).split('\n')).toEqual([
      'Phép đo               Kết quả  Mục tiêu  Đạt    So với',
      '────────────  ───────────────  ────────  ─────  ────────────',
      'Cộng ngày          16.330 lần  ≥ 10.000  có     thư viện 1.0',
      'Tính lại hạn        1,23 giây       < 1  KHÔNG',
      'Số câu khác   268 / 4.500 câu',
    ]);
  });
});

describe('the choice of what is measured', () => {
  it('is everything when nothing is named, each once otherwise', () => {
    expect(chosen([], ['a', 'b'])).toEqual(['a', 'b']);
    expect(chosen(['b', 'b'], ['a', 'b'])).toEqual(['b']);
  });

  it('refuses an unknown name and lists the known ones', () => {
    expect(() => chosen(['a', 'lich'], ['a', 'b'])).toThrow(UnknownBench);
    expect(() => chosen(['a', 'lich'], ['a', 'b'])).toThrow(
      /^Không có phép đo lich\.\nCác phép đo có: a, b\.\n/,
    );
  });

  it('every listed name has its file', () => {
    expect(BENCHES.filter((name) => !existsSync(path.join(__dirname, `${name}.bench.ts`)))).toEqual([]);
  });

  it('the command ends with a failure, with nothing on stdout', () => {
    const hook = path.join(__dirname, '..', 'support', 'compile-typescript.cjs');
    const command = ['--require', hook, path.join(__dirname, 'main.ts'), 'lich', '--json'];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(`Các phép đo có: ${BENCHES.join(', ')}.`);
  });
});

describe('measuring in turns', () => {
  it('gives every contender a figure a round and asks every question in turn', () => {
    const asked = { a: new Set<number>(), b: new Set<number>() };
    const contender = (name: 'a' | 'b') => ({
      name,
      size: 3,
      run: (from: number, to: number) => {
        for (let i = from; i < to; i++) asked[name].add(i);
        return to - from;
      },
    });
    const times = interleave([contender('a'), contender('b')], { rounds: 4, sliceMs: 0.1 });
    expect([...times].map(([name, rounds]) => [name, rounds.length])).toEqual([
      ['a', 4],
      ['b', 4],
    ]);
    expect(asked).toEqual({ a: new Set([0, 1, 2]), b: new Set([0, 1, 2]) });
  });

  it('compares within the round: a disturbed round weighs no more than another', () => {
    expect(median([5, 1, 9, 3])).toBe(4);
    expect(timesFaster([1, 1, 50], [10, 12, 500])).toBe(10);
  });
});
