import { onTimeRate } from './on-time-rate';
import { parScore, type ParRule } from './par-score';

const rule: ParRule = { maxPoints: 3, threshold: 0.98, mode: 'rate*max', roundTo: 2 };
const score = (onTime: number, late: number, change: Partial<ParRule> = {}) =>
  parScore(onTimeRate({ early: 0, onTime, late }), { ...rule, ...change });

describe('points of the administrative-reform index', () => {
  it('2089 of 2141 is 2.93 by formula, nothing recognised below 98 %, ten late cases too many', () => {
    expect(score(2089, 52)).toEqual({ formula: 2.93, recognised: 0, lateAllowed: -10 });
  });

  it.each([
    [0.95, 55],
    [0.97, 12],
    [0.98, -10],
    [0.99, -31],
    [1, -52],
  ])('a threshold of %d leaves room for %d more late cases of 2141', (threshold, lateAllowed) => {
    expect(score(2089, 52, { threshold }).lateAllowed).toBe(lateAllowed);
  });

  it.each([
    [98, 2, 2.94, 'exactly at the threshold'],
    [979, 21, 0, 'a hair below it'],
    [100, 0, 3, 'without a late case'],
  ])('%d on time and %d late are recognised with %d points: %s', (onTime, late, recognised) => {
    expect(score(onTime, late).recognised).toBe(recognised);
  });

  it.each<[string, Partial<ParRule>, number, number]>([
    ['rate × maximum without a threshold', { threshold: null }, 2.93, 2.93],
    ['step: the formula value below the threshold', { mode: 'step' }, 2.93, 2.93],
    ['step: full points from the threshold on', { mode: 'step', threshold: 0.97 }, 2.93, 3],
    ['binary: nothing below the threshold', { mode: 'binary' }, 2.93, 0],
    ['binary: full points from the threshold on', { mode: 'binary', threshold: 0.95 }, 2.93, 3],
    ['binary without a threshold asks for every case', { mode: 'binary', threshold: null }, 2.93, 0],
    ['another maximum and rounding', { maxPoints: 0.5, roundTo: 3, threshold: null }, 0.488, 0.488],
  ])('%s', (_, change, formula, recognised) => {
    expect(score(2089, 52, change)).toMatchObject({ formula, recognised });
  });

  it('points are rounded half up', () => {
    expect(score(1, 199, { threshold: null, maxPoints: 1 }).formula).toBe(0.01);
    expect(score(335, 665, { threshold: null, maxPoints: 1, roundTo: 2 }).formula).toBe(0.34);
  });

  it('without a threshold there is no allowance to tell', () => {
    expect(score(2089, 52, { threshold: null }).lateAllowed).toBeNull();
  });

  it('nothing settled gives no points and no allowance', () => {
    expect(score(0, 0)).toEqual({ formula: null, recognised: null, lateAllowed: null });
  });
});
