import { onTimeRate } from './on-time-rate';

describe('the on-time rate', () => {
  it.each([
    [384, 1705, 52, 97.57],
    [0, 1, 2, 33.33],
    [1, 1, 1, 66.67],
    [0, 0, 5, 0],
    [3, 2, 0, 100],
    [0, 1, 7, 12.5],
    [0, 9999, 1, 99.99],
    // 199999 of 200000 is 99.9995 %: shown as 100, half up
    [0, 199_999, 1, 100],
    // exactly half a hundredth: 1 of 20000 is 0.005 %
    [0, 1, 19_999, 0.01],
    [0, 1_000_000_007, 999_999_993, 50],
  ])('%d early, %d on time, %d late is %d %%', (early, onTime, late, percent) => {
    expect(onTimeRate({ early, onTime, late })).toEqual({
      settled: early + onTime + late,
      onTimeOrEarly: early + onTime,
      late,
      percent,
    });
  });

  it('nothing settled gives no figure, never 100 %', () => {
    expect(onTimeRate({ early: 0, onTime: 0, late: 0 })).toEqual({
      settled: 0,
      onTimeOrEarly: 0,
      late: 0,
      percent: null,
    });
  });
});
