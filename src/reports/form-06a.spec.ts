import * as fc from 'fast-check';
import { form06a } from './form-06a';

const count = fc.integer({ min: 0, max: 500 });
const row = fc.record({
  field: fc.option(fc.string()),
  ...Object.fromEntries(
    ['online', 'direct', 'carried', 'early', 'onTime', 'late', 'pendingInTime', 'pendingLate'].map((k) => [
      k,
      count,
    ]),
  ),
  endUnknown: count,
  endBefore: count,
}) as fc.Arbitrary<Parameters<typeof form06a>[0][number]>;

it('(3) = (4)+(5)+(6), (7) = (8)+(9)+(10), (11) = (12)+(13) in every row, and the total adds the rows', () => {
  fc.assert(
    fc.property(fc.array(row), (fields) => {
      const { rows, total } = form06a(fields);
      for (const r of [...rows, total]) {
        expect(r.received).toBe(r.online + r.direct + r.carried);
        expect(r.solved).toBe(r.early + r.onTime + r.late);
        expect(r.pending).toBe(r.pendingInTime + r.pendingLate);
        expect(r.gap).toBe(r.received - r.solved - r.pending);
      }
      for (const key of ['received', 'solved', 'pending', 'gap', 'endUnknown'] as const)
        expect(total[key]).toBe(rows.reduce((sum, r) => sum + r[key], 0));
    }),
  );
});

it('the rate is two decimals of the solved ones, and none when nothing was solved', () => {
  const none = {
    online: 0,
    direct: 0,
    carried: 0,
    pendingInTime: 0,
    pendingLate: 0,
    endUnknown: 0,
    endBefore: 0,
  };
  expect(form06a([]).percent).toBeNull();
  expect(form06a([{ ...none, field: 'Hộ tịch', early: 2000, onTime: 89, late: 52 }]).percent).toBe(97.57);
});
