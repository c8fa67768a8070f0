import { at } from '../../test/fixtures/calendar/official-calendar';
import { ledgerFaults, type CheckedEntry } from './ledger-check';

const RECEIVED = at('2026-11-02 08:00');
const NOW = at('2026-11-20 08:00');
const entries = (told: [kind: string, when: string][]): CheckedEntry[] =>
  told.map(([kind, when], i) => ({ id: i + 1, kind, at: at(when) }));

describe('a possible ledger', () => {
  it.each<[string, [string, string][]]>([
    ['is empty before anything happened', []],
    ['has an open pause', [['suspended', '2026-11-03 08:00']]],
    [
      'has pauses of both kinds that overlap',
      [
        ['suspended', '2026-11-03 08:00'],
        ['supplement-requested', '2026-11-04 08:00'],
        ['resumed', '2026-11-05 08:00'],
        ['supplement-received', '2026-11-06 08:00'],
      ],
    ],
    [
      'has a pause that ends the moment it starts',
      [
        ['resumed', '2026-11-03 08:00'],
        ['suspended', '2026-11-03 08:00'],
      ],
    ],
    [
      'has two consultations, the second answered first',
      [
        ['consultation-requested', '2026-11-03 08:00'],
        ['consultation-requested', '2026-11-03 09:00'],
        ['consultation-answered', '2026-11-04 08:00'],
        ['consultation-answered', '2026-11-05 08:00'],
      ],
    ],
    ['was registered before it was received', [['received', '2026-11-01 08:00']]],
  ])('%s', (_name, told) => {
    expect(ledgerFaults(entries(told), RECEIVED, NOW)).toEqual([]);
  });

  it.each<[string, [string, string][], [number, string][]]>([
    ['nothing happens before reception', [['suspended', '2026-11-01 08:00']], [[1, 'before-reception']]],
    ['nothing happens in the future', [['finished', '2026-11-21 08:00']], [[1, 'in-future']]],
    [
      'a pause does not end before it starts',
      [
        ['suspended', '2026-11-05 08:00'],
        ['resumed', '2026-11-04 08:00'],
      ],
      [[2, 'end-without-start']],
    ],
    [
      'a supplement does not end a suspension',
      [
        ['suspended', '2026-11-05 08:00'],
        ['supplement-received', '2026-11-06 08:00'],
      ],
      [[2, 'end-without-start']],
    ],
    [
      'a result is not handed over before it is ready',
      [
        ['finished', '2026-11-05 08:00'],
        ['returned', '2026-11-04 08:00'],
      ],
      [[2, 'returned-before-finished']],
    ],
    [
      'every fault is told',
      [
        ['suspended', '2026-11-01 08:00'],
        ['supplement-received', '2026-11-05 08:00'],
        ['returned', '2026-11-21 08:00'],
      ],
      [
        [1, 'before-reception'],
        [2, 'end-without-start'],
        [3, 'in-future'],
      ],
    ],
  ])('%s', (_name, told, faults) => {
    const found = ledgerFaults(entries(told), RECEIVED, NOW);
    expect(found.map(({ id, fault }) => [id, fault])).toEqual(faults);
  });
});
