import { columnLabel, columnText } from './case-column';

describe('columnText', () => {
  it.each<[string, string, unknown, string | null]>([
    ['an instant as PostgreSQL writes it', 'promised_at', '2026-01-05 00:30:00+00', '07:30 5/1/2026'],
    ['an instant as JSON writes it', 'promised_at', '2026-01-05T00:30:00+00:00', '07:30 5/1/2026'],
    ['a status by its number', 'status', 10, 'Đã trả kết quả'],
    ['a status by its number as text', 'status', '4', 'Đang xử lý'],
    ['a channel', 'channel', 'online', 'Trực tuyến'],
    ['a kind of applicant', 'applicant_kind', 'household-business', 'Hộ kinh doanh'],
    ['a name as it is', 'applicant_name', 'Lò Văn Một', 'Lò Văn Một'],
    ['nothing', 'address', null, null],
    ['an empty text', 'address', '', null],
  ])('tells %s', (_, column, value, expected) => {
    expect(columnText(column, value)).toBe(expected);
  });

  it('masks a telephone number', () => {
    expect(columnText('phone', '0912345678')).not.toContain('345');
  });

  it('knows no name for what only the program knows', () => {
    expect([columnLabel('said_status'), columnLabel('status')]).toEqual([null, 'Trạng thái']);
  });
});
