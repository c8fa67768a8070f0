import { cleanReason, reasonFaults, reasonLines, shippedReasons } from './letter-reason';

it.each([
  ['a', ['a']],
  ['a.', ['a']],
  ['a;  ', ['a']],
  ['a.\nb', ['a', 'b.']],
  ['a\n\nb!\nc', ['a', 'b!', 'c.']],
  [null, []],
  ['', []],
])('%j is printed as %j: the template ends the first paragraph', (reason, lines) => {
  expect(reasonLines(reason)).toEqual(lines);
});

it('every reason of the catalogue may be used as it is', () => {
  const reasons = shippedReasons.flatMap((g) => g.reasons);
  expect(reasons.length).toBeGreaterThanOrEqual(10);
  for (const reason of reasons) expect(reasonFaults(cleanReason(reason), 'ly_do')).toEqual([]);
});

it('2,000 characters are the most', () => {
  expect(reasonFaults('x'.repeat(2_000), 'ly_do')).toEqual([]);
  expect(reasonFaults('x'.repeat(2_001), 'ly_do')).toHaveLength(1);
});
