import * as fc from 'fast-check';
import { COVERAGE_CLASSES, coverageClass, coverageOf, type BrokenPromise } from './apology-coverage';

const letter = (sentDay: number | null, notNeeded = false) => ({ sentDay, notNeeded });
const promise = (change: Partial<BrokenPromise>): BrokenPromise => ({
  excused: false,
  letter: null,
  lastDay: 100,
  ...change,
});

describe('the class of a promise that was not kept', () => {
  it.each([
    ['sent on the last day is in time', { letter: letter(100) }, 'in-time'],
    ['sent a day after is late', { letter: letter(101) }, 'late'],
    ['a letter not sent yet waits', { letter: letter(null) }, 'waiting'],
    ['a letter somebody called needless is told apart', { letter: letter(null, true) }, 'not-needed'],
    ['no letter is missing', {}, 'missing'],
    [
      'a proven error of a system excuses, whatever was sent',
      { excused: true, letter: letter(99) },
      'excused',
    ],
  ])('%s', (_, change, expected) => {
    expect(coverageClass(promise(change))).toBe(expected);
  });
});

describe('coverage', () => {
  it('tells no figure when nothing was owed, also when only excused cases are left', () => {
    expect(coverageOf([]).percent).toBeNull();
    expect(coverageOf(['excused'])).toMatchObject({ owed: 0, excused: 1, percent: null });
  });

  it('rounds half up, but 100 only when every letter was sent', () => {
    expect(coverageOf(['in-time', 'late', 'missing']).percent).toBe(66.67);
    const many = Array.from({ length: 60_000 }, () => 'in-time' as const);
    expect(coverageOf([...many, 'missing']).percent).toBe(99.99);
    expect(coverageOf(many).percent).toBe(100);
  });

  it('always adds up, whatever the promises are', () => {
    const promises = fc.record({
      excused: fc.boolean(),
      letter: fc.option(
        fc.record({ sentDay: fc.option(fc.integer({ min: 0, max: 200 })), notNeeded: fc.boolean() }),
      ),
      lastDay: fc.integer({ min: 0, max: 200 }),
    });
    fc.assert(
      fc.property(fc.array(promises), (list) => {
        const classes = list.map(coverageClass);
        const c = coverageOf(classes);
        expect(classes.every((name) => COVERAGE_CLASSES.includes(name))).toBe(true);
        expect(c.inTime + c.late).toBe(c.sent);
        expect(c.waiting + c.notNeeded + c.missing).toBe(c.none);
        expect(c.sent + c.none).toBe(c.owed);
        expect(c.owed + c.excused).toBe(list.length);
        expect(c.percent === null).toBe(c.owed === 0);
        expect((c.percent ?? 0) === 100).toBe(c.owed > 0 && c.none === 0);
      }),
    );
  });
});
