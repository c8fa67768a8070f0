import { effectiveLedger, type LedgerEntry } from './ledger';

const entry = (id: number, kind: string, at: number, more: Partial<LedgerEntry> = {}): LedgerEntry => ({
  id,
  kind,
  at,
  recordedAt: id * 10,
  approximate: false,
  corrects: null,
  ...more,
});
const correction = (id: number, of: number, at: number | null): LedgerEntry =>
  entry(id, 'corrected', id * 10, { corrects: { id: of, at } });
const shown = (entries: LedgerEntry[]) => effectiveLedger(entries).map(({ kind, at }) => `${kind} ${at}`);

describe('the ledger as it counts', () => {
  it.each<[string, LedgerEntry[], string[]]>([
    ['orders what was recorded in another order', [entry(2, 'b', 5), entry(1, 'a', 9)], ['b 5', 'a 9']],
    ['gives an entry its true moment', [entry(1, 'suspended', 5), correction(2, 1, 3)], ['suspended 3']],
    ['leaves out what never happened', [entry(1, 'suspended', 5), correction(2, 1, null)], []],
    [
      'lets the newest correction hold',
      [entry(1, 'suspended', 5), correction(3, 1, 7), correction(2, 1, null)],
      ['suspended 7'],
    ],
    [
      'ignores a correction of a correction',
      [entry(1, 'suspended', 5), correction(2, 1, 3), correction(3, 2, null)],
      ['suspended 3'],
    ],
    [
      'lets a guessed moment give way to one that was told later',
      [entry(1, 'suspended', 9, { approximate: true }), entry(2, 'suspended', 4)],
      ['suspended 4'],
    ],
    [
      'keeps a guessed moment that came after what was told',
      [entry(1, 'suspended', 4), entry(2, 'suspended', 9, { approximate: true })],
      ['suspended 4', 'suspended 9'],
    ],
    [
      'keeps a guessed moment beside another kind',
      [entry(1, 'suspended', 9, { approximate: true }), entry(2, 'resumed', 12)],
      ['suspended 9', 'resumed 12'],
    ],
    [
      'takes a corrected guess for told',
      [entry(1, 'suspended', 9, { approximate: true }), correction(2, 1, 4)],
      ['suspended 4'],
    ],
  ])('%s', (_, entries, expected) => {
    expect(shown(entries)).toEqual(expected);
  });
});
