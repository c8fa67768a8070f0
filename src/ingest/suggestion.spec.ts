import { toLocalSecond } from '../domain/local-date';
import { suggestCode, suggestTime } from './suggestion';
import { CHANNEL_WORDS, STATUS_WORDS } from './vocabulary';

const from = toLocalSecond(new Date('2000-01-01T00:00:00+07:00'));
const to = toLocalSecond(new Date('2036-11-23T00:00:00+07:00'));

describe('a date that cannot be read', () => {
  it.each([
    ['O5/01/2026', '05/01/2026'],
    ['o5/o1/2O26 07:3O', '05/01/2026 07:30'],
    ['l5/0I/2026', '15/01/2026'],
    ['05/01/26', '05/01/2026'],
    ['05-01-26 07:30', '05/01/2026 07:30'],
    ['05/01/20226', '05/01/2026'],
    ['05/01/20026', '05/01/2026'],
    ['05//01/2026', '05/01/2026'],
    ['05/-01/2026', '05/01/2026'],
    ['05/01//26', '05/01/2026'],
    ['05 / 01 / 2026', '05/01/2026'],
    ['05/01/2026 07::30', '05/01/2026 07:30'],
    ['01/31/2026', '31/01/2026'],
    ['01/31/2026 07:30:15', '31/01/2026 07:30:15'],
    ['2026/31/01', '31/01/2026'],
    ['05/2026/01', '05/01/2026'],
    ['05012026', '05/01/2026'],
    ['0501/2026', '05/01/2026'],
    ['05/012026', '05/01/2026'],
    ['05 01 2026', '05/01/2026'],
    ['05/01/202607:30', '05/01/2026 07:30'],
    ['46.027', '05/01/2026'],
    ['46,027', '05/01/2026'],
  ])('%s was meant to be %s', (text, expected) => {
    expect(suggestTime(text, from, to)).toBe(expected);
  });

  it.each([
    '31/02/2026',
    '29/02/2026',
    '31/04/2026 07:30',
    '00/01/2026',
    '05/13/2026x',
    '13/13/2026',
    '05/01/1999',
    '05/01/2062',
    '05/01/202',
    '05/01',
    '05/01/202626',
    '05/01/2026 25:00',
    'hôm qua',
    'Chưa trả',
    'l',
    '',
    '20263101',
    '12345678901',
  ])('%j has no obvious meaning', (text) => {
    expect(suggestTime(text, from, to)).toBeNull();
  });
});

describe('a word that is not known', () => {
  it.each([
    ['Đã trả kết qả', 'Đã trả kết quả'],
    ['đang sử lí', 'Đang xử lý'],
    ['Đang xử lyý', 'Đang xử lý'],
    ['Yêu cầu bổ xung giấy tờ', 'Yêu cầu bổ sung giấy tờ'],
  ])('status %s was meant to be %s', (text, expected) => {
    expect(STATUS_WORDS.meant(text)).toBe(expected);
  });

  it.each(['xyz', 'Đã', 'Trễ hẹn', 'Đúng hạn', 'Quá hạn', '11', '05/01/2026', 'Đã xử lý'])(
    'status %s has no obvious meaning',
    (text) => {
      expect(STATUS_WORDS.meant(text)).toBeNull();
    },
  );

  it('of a channel is found as well', () => {
    expect([CHANNEL_WORDS.meant('Trực tuyếnn'), CHANNEL_WORDS.meant('Trực')]).toEqual(['Trực tuyến', null]);
  });
});

describe('a code of an unknown form', () => {
  it.each([
    ['H35.5O.12-26O105-0008', 'H35.50.12-260105-0008'],
    ['h35.50.12-260105-0008', 'H35.50.12-260105-0008'],
    ['H35.50.12--260105-0008', 'H35.50.12-260105-0008'],
    ['H35.50..12 -260105-0008', 'H35.50.12-260105-0008'],
    ['000.00.12.h35-26010l-0008', '000.00.12.H35-260101-0008'],
  ])('%s was meant to be %s', (code, expected) => {
    expect(suggestCode(code)).toBe(expected);
  });

  it.each(['A-17', '12345', 'H35.50.12-261399-0008x', 'H35.50.12-0008', 'HS số 17'])(
    '%s is left alone',
    (code) => {
      expect(suggestCode(code)).toBeNull();
    },
  );
});
