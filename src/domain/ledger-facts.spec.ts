import { foldFacts, type FactEntry, type ToldFacts } from './ledger-facts';

const entry = (id: number, kind: string, at: number, more: Partial<FactEntry> = {}): FactEntry => ({
  ...{ id, kind, at, recordedAt: id * 10, approximate: false, corrects: null, changes: null },
  ...more,
});
const received = entry(1, 'received', 1);
/** An import tells everything it knows at once. */
const at10 = { recordedAt: 10 };
const guess = { approximate: true };
const sourceCorrects = (id: number, changes: Partial<ToldFacts>) =>
  entry(id, 'corrected', id * 10, { changes });
const personCorrects = (id: number, of: number, at: number | null) =>
  entry(id, 'corrected', id * 10, { corrects: { id: of, at } });

const open: ToldFacts = { receivedAt: 1, finishedAt: null, returnedAt: null, endedBy: null };

describe('the facts of a case as its ledger tells them', () => {
  it.each<[string, FactEntry[], Partial<ToldFacts>]>([
    ['reception alone: open', [], {}],
    ['a result ends the case', [entry(2, 'finished', 7)], { finishedAt: 7, endedBy: 'finished' }],
    [
      'a result handed over without the day it was ready ends the case too',
      [entry(2, 'returned', 9)],
      { returnedAt: 9, endedBy: 'finished' },
    ],
    [
      'everything an import tells at once',
      [entry(3, 'returned', 9, at10), entry(2, 'finished', 7, at10)],
      { finishedAt: 7, returnedAt: 9, endedBy: 'finished' },
    ],
    ['withdrawn', [entry(2, 'withdrawn', 5)], { finishedAt: 5, endedBy: 'withdrawn' }],
    ['refused, day unknown', [entry(2, 'refused', 20, guess)], { endedBy: 'refused' }],
    ['a result without its day', [entry(2, 'finished', 20, guess)], { endedBy: 'finished' }],
    [
      'the day told later',
      [entry(2, 'stopped', 20, guess), entry(3, 'stopped', 6)],
      { finishedAt: 6, endedBy: 'stopped' },
    ],
    [
      'papers handed back do not undo a withdrawal',
      [entry(2, 'withdrawn', 5), entry(3, 'returned', 8)],
      { finishedAt: 5, returnedAt: 8, endedBy: 'withdrawn' },
    ],
    [
      'nor when both are told at once',
      [entry(2, 'withdrawn', 5, at10), entry(3, 'returned', 8, at10)],
      { finishedAt: 5, returnedAt: 8, endedBy: 'withdrawn' },
    ],
    [
      'one end without result after the other',
      [entry(2, 'withdrawn', 5), entry(3, 'stopped', 6)],
      { finishedAt: 6, endedBy: 'stopped' },
    ],
    [
      'a source corrects a day',
      [entry(2, 'finished', 7), sourceCorrects(3, { finishedAt: 6, receivedAt: 2 })],
      { receivedAt: 2, finishedAt: 6, endedBy: 'finished' },
    ],
    [
      'a source opens the case again',
      [entry(2, 'finished', 7), sourceCorrects(3, { finishedAt: null, endedBy: null })],
      {},
    ],
    [
      'and settles it once more',
      [
        entry(2, 'finished', 7),
        sourceCorrects(3, { finishedAt: null, endedBy: null }),
        entry(4, 'finished', 5),
      ],
      { finishedAt: 5, endedBy: 'finished' },
    ],
    [
      'a source that corrects the status settles a withdrawn case',
      [entry(2, 'withdrawn', 5), sourceCorrects(3, { endedBy: 'finished' })],
      { finishedAt: 5, endedBy: 'finished' },
    ],
    [
      'a correction told together with an event holds over it',
      [entry(2, 'finished', 7, at10), entry(3, 'corrected', 10, { ...at10, changes: { endedBy: null } })],
      { finishedAt: 7 },
    ],
    [
      'a person gives an event its true moment',
      [entry(2, 'finished', 7), personCorrects(3, 2, 6)],
      { finishedAt: 6, endedBy: 'finished' },
    ],
    [
      'a person has the last word over what the source corrected before',
      [entry(2, 'finished', 7), sourceCorrects(3, { finishedAt: 8 }), personCorrects(4, 2, 6)],
      { finishedAt: 6, endedBy: 'finished' },
    ],
    [
      'the source has it when it speaks later',
      [entry(2, 'finished', 7), personCorrects(3, 2, 6), sourceCorrects(4, { finishedAt: 8 })],
      { finishedAt: 8, endedBy: 'finished' },
    ],
    ['what never happened is no fact', [entry(2, 'finished', 7), personCorrects(3, 2, null)], {}],
    [
      'with what the source had corrected about it',
      [entry(2, 'finished', 7), sourceCorrects(3, { finishedAt: 8 }), personCorrects(4, 2, null)],
      {},
    ],
    [
      'and with the status the source gave to it',
      [
        entry(2, 'finished', 5),
        entry(3, 'withdrawn', 7),
        entry(4, 'corrected', 30, { recordedAt: 30, changes: { endedBy: 'withdrawn' } }),
        personCorrects(5, 3, null),
      ],
      { finishedAt: 5, endedBy: 'finished' },
    ],
    [
      'but what the source tells afterwards holds',
      [entry(2, 'finished', 7), personCorrects(3, 2, null), sourceCorrects(4, { finishedAt: 8 })],
      { finishedAt: 8 },
    ],
    [
      'a correction that is corrected again keeps what the source told between',
      [entry(2, 'finished', 7), personCorrects(3, 2, null), personCorrects(4, 2, 6)],
      { finishedAt: 6, endedBy: 'finished' },
    ],
    ['pauses and notes tell no fact', [entry(2, 'suspended', 4), entry(3, 'noted', 5)], {}],
  ])('%s', (_, entries, expected) => {
    expect(foldFacts([...entries, received])).toEqual({ ...open, ...expected });
  });

  it('an empty ledger tells nothing', () => {
    expect(foldFacts([])).toEqual({ ...open, receivedAt: null });
  });
});
