import * as fc from 'fast-check';
import { at } from '../../test/fixtures/calendar/official-calendar';
import { askedByQuery, atInput, calculationQuery, pauseRows } from './calculation-form';
import { linkOf, sameQuery } from './calculation-link';
import type { Asked, AskedPause } from './calculation-question';
import { LIMIT_UNITS } from './procedure-catalogue';

const queryOf = (link: string) => {
  const fields = new URL(link, 'http://x').searchParams;
  const query: Record<string, string | string[]> = {};
  for (const name of new Set(fields.keys())) {
    const values = fields.getAll(name);
    query[name] = values.length === 1 ? values[0]! : values;
  }
  return calculationQuery.parse(query);
};

const second = fc.integer({ min: at('2000-01-01'), max: at('2100-12-31 23:59:59') });
const ground = fc
  .string({ unit: 'grapheme', maxLength: 60 })
  .map((text) => text.replace(/\p{Cc}/gu, ' ').trim());
const pause: fc.Arbitrary<AskedPause> = fc.record({
  kind: fc.constantFrom('supplement', 'suspension'),
  from: second,
  to: fc.option(second),
  ground,
});
const limit = fc.record({
  amount: fc.option(fc.integer({ min: 1, max: 9999 })),
  unit: fc.constantFrom(...LIMIT_UNITS),
  receptionCutoff: fc.option(fc.integer({ min: 0, max: 1439 })),
  supplementMode: fc.option(fc.constantFrom('restart', 'extend-working-days', 'extend-calendar-days')),
  timeOfDay: fc.option(fc.constantFrom('end-of-office', 'same-hour')),
});
const question: fc.Arbitrary<Asked> = fc
  .record({
    procedure: fc.constantFrom('1.004193', 'so-12'),
    limit: fc.option(limit),
    receivedAt: second,
    promisedAt: fc.option(second),
    pauses: fc.array(pause, { maxLength: 5 }),
    unit: fc.constantFrom('H35.50.12', null),
  })
  .map((asked) => ({ ...asked, procedure: asked.limit ? null : asked.procedure, written: 'typed' }) as Asked);

describe('the link of a question', () => {
  it('asks exactly the same, to the second', () => {
    fc.assert(
      fc.property(question, (asked) => {
        expect(askedByQuery(queryOf(linkOf(asked)))).toEqual(asked);
      }),
      { numRuns: 300 },
    );
  });

  it('is its own link', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const link = linkOf(asked);
        expect(linkOf(askedByQuery(queryOf(link)))).toBe(link);
        expect(sameQuery(link.replaceAll('+', '%20'), link)).toBe(true);
      }),
    );
  });
});

describe('the form', () => {
  const query = calculationQuery.parse({
    dung: ['supplement', 'supplement', 'suspension', 'supplement'],
    tu_ngay: ['', '3/9/2026', '', ''],
    tu_gio: ['', '10:00', '', '08:00'],
    den_ngay: [],
  });

  it('leaves out rows of pauses that were left empty; a row of which something is written stays', () => {
    expect(pauseRows(query, 0).map((row) => [row.fromDay, row.fromTime])).toEqual([
      ['3/9/2026', '10:00'],
      ['', '08:00'],
    ]);
    expect(askedByQuery(query).pauses).toEqual([
      { kind: 'supplement', from: at('2026-09-03 10:00'), to: null, ground: '' },
      { kind: 'supplement', from: 'unreadable', to: null, ground: '' },
    ]);
  });

  it('refuses pauses whose parts are not told for each of them', () => {
    const told = {
      dung: ['supplement', 'suspension'],
      tu_ngay: ['3/9/2026', '4/9/2026'],
      den_ngay: '5/9/2026',
    };
    expect(calculationQuery.safeParse(told).error?.issues[0]!.path).toEqual(['dung']);
    expect(calculationQuery.safeParse({ ...told, den_ngay: ['', '5/9/2026'] }).success).toBe(true);
  });

  it.each([
    ['pauses.0.from', 'tu_ngay_1'],
    ['pauses.4.to', 'den_ngay_5'],
    ['limit.amount', 'so'],
    ['receivedAt', 'nhan_ngay'],
  ])('shows a fault of %s at the input %s', (field, id) => {
    expect(atInput({ field, text: 'x' })).toEqual({ field: id, text: 'x' });
  });
});
