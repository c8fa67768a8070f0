import type { CaseEventRow } from '../cases/case.repository';
import { pausesBetween, pausesNow, type PauseMoment } from './progress-pauses';

const at = (hour: number): Date => new Date(Date.UTC(2026, 0, 6, hour));
const step = (hour: number, status: number) => ({ at: at(hour), status });
const entry = (id: number, kind: string, hour: number): CaseEventRow => ({
  ...{ id, kind, at: at(hour), recordedAt: at(hour), source: 'import:1', data: {} },
});
const shown = (moments: PauseMoment[]): string[] => moments.map((m) => `${m.kind} ${m.at.getUTCHours()}`);

describe('the newest word', () => {
  const requested = entry(1, 'supplement-requested', 1);
  const received = entry(2, 'supplement-received', 2);
  const suspended = entry(3, 'suspended', 3);
  it.each<[string, number, CaseEventRow[], string[]]>([
    ['asks for papers', 5, [], ['supplement-requested 5']],
    ['asks again while it is asked already', 5, [requested], []],
    ['asks anew after they came', 5, [requested, received], ['supplement-requested 5']],
    ['goes on: the papers are there', 4, [requested], ['supplement-received 5']],
    ['goes on though nothing stood still', 4, [requested, received], []],
    ['asks for money while papers are awaited', 6, [requested], ['supplement-received 5', 'suspended 5']],
    ['ends a suspension', 2, [suspended], ['resumed 5']],
    ['ends the case: its pauses end by themselves', 9, [requested, suspended], []],
    ['is no end before its beginning', 4, [entry(4, 'suspended', 8)], ['resumed 8']],
  ])('%s', (_, status, ledger, expected) => {
    expect(shown(pausesNow(status, at(5), ledger))).toEqual(expected);
  });
});

describe('a word that comes late', () => {
  it.each<[string, [number, number][], [number, number], string[], string[]]>([
    [
      'tells a pause that is over',
      [
        [1, 4],
        [5, 4],
      ],
      [3, 5],
      ['supplement-requested 3', 'supplement-received 5'],
      [],
    ],
    [
      'moves the end of a pause',
      [
        [1, 5],
        [5, 4],
      ],
      [3, 4],
      ['supplement-received 3'],
      ['supplement-received 5'],
    ],
    [
      'moves its beginning',
      [
        [3, 5],
        [5, 4],
      ],
      [1, 5],
      ['supplement-requested 1'],
      ['supplement-requested 3'],
    ],
    [
      'parts a pause in two',
      [
        [1, 5],
        [5, 5],
      ],
      [3, 4],
      ['supplement-received 3', 'supplement-requested 5'],
      [],
    ],
    [
      'changes nothing within a pause',
      [
        [1, 5],
        [5, 4],
      ],
      [3, 5],
      [],
      [],
    ],
    [
      'changes nothing outside of one',
      [
        [1, 2],
        [5, 9],
      ],
      [3, 4],
      [],
      [],
    ],
    [
      'before the end of the case leaves it open',
      [
        [1, 4],
        [5, 9],
      ],
      [3, 5],
      ['supplement-requested 3'],
      [],
    ],
  ])('%s', (_, told, late, added, voided) => {
    const found = pausesBetween(
      told.map(([hour, status]) => step(hour, status)),
      step(...late),
    );
    expect([shown(found.added), shown(found.voided)]).toEqual([added, voided]);
  });
});
