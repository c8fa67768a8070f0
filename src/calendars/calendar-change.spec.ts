import {
  groundOf,
  done,
  nation,
  OFFICE,
  refused,
  row,
  WEEK,
  WHOLE,
  withRows,
} from '../../test/fixtures/calendar/changes';
import { NO_ROWS } from './calendar-rows';

describe('an older version is made again', () => {
  it('with exactly its rows', () => {
    const later = withRows(row('2026-11-23', {}));
    const { rows, words } = done({ viec: 'lap-lai', ban: '6' }, { ...groundOf(later), restored: nation });
    expect([rows, words]).toEqual([nation, 'Lập lại bản 6']);
  });
});

it('what only the whole calendar shows is told in words', () => {
  const own = { ...NO_ROWS, days: [row('2026-12-05', { kind: 'worked', name: 'Làm bù' })] };
  expect(refused({ ...WHOLE, viec: 'gio', ...WEEK, gio_7: OFFICE }, groundOf(own, nation))).toEqual([
    ['bieu-mau', 'Lịch sau khi đổi: thứ Bảy 5/12/2026 ghi là ngày làm bù nhưng vốn đã là ngày làm việc.'],
  ]);
});
