import { progressOf } from './import-progress';
import { leftText } from './import-words';

const run = { state: 'checking', stagedRows: null, rows: 0, progress: 0, seconds: 0, shape: 'xlsx' } as const;

describe('how far an import is', () => {
  it('nothing is known of a file that was just taken over', () => {
    expect(progressOf(run)).toMatchObject({ step: 'reading', percent: null, rate: null, left: null });
  });

  it('while it is read, rows and rate are told; the whole is not known yet', () => {
    expect(progressOf({ ...run, rows: 30_000, progress: 0.25, seconds: 10 })).toMatchObject({
      ...{ step: 'reading', percent: 25, rows: 30_000, total: null },
      ...{ rate: 3_000, left: 'còn khoảng 30 giây', counted: '30.000 dòng' },
    });
  });

  it('while it is compared, its rows count', () => {
    expect(progressOf({ ...run, rows: 186, stagedRows: 180, progress: 0.5, seconds: 1 })).toMatchObject({
      ...{ step: 'comparing', percent: 50, rows: 90, total: 180, rate: null, left: null },
      counted: '90 trong 180 dòng',
    });
  });

  it('while it is written, the rows written count', () => {
    const writing = { ...run, state: 'writing' as const, rows: 1_000, stagedRows: 900 };
    expect(progressOf({ ...writing, progress: 0.1, seconds: 9 })).toMatchObject({
      ...{ step: 'writing', rows: 90, total: 900, rate: 10, left: 'còn khoảng 1 phút' },
    });
  });

  it('taking back is one step, nobody knows how far it is', () => {
    expect(progressOf({ ...run, state: 'undoing', progress: 1, seconds: 9 })).toMatchObject({
      ...{ step: 'undoing', percent: null, left: null, spent: 'đã chạy 10 giây' },
    });
    expect(progressOf({ ...run, state: 'undoing', progress: 1, seconds: 3 }).spent).toBeNull();
  });
});

describe('the time that is left', () => {
  it.each([
    [0.4, 'còn vài giây'],
    [4, 'còn vài giây'],
    [12, 'còn khoảng 10 giây'],
    [44, 'còn khoảng 45 giây'],
    [62, 'còn khoảng 1 phút'],
    [100, 'còn khoảng 2 phút'],
    [3_500, 'còn khoảng 58 phút'],
    [5_400, 'còn khoảng 1 giờ 30 phút'],
  ])('%s s: %s', (seconds, text) => {
    expect(leftText(seconds)).toBe(text);
  });
});
