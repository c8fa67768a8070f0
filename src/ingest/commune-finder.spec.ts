import { CommuneFinder } from './commune-finder';

const finder = new CommuneFinder([
  { id: 1, code: 'H35.50.12', name: 'Xã Bình Lư' },
  { id: 2, code: 'H35.50.13', name: 'Xã Mường Mẫu' },
  { id: 3, code: 'H35.50.14', name: 'Xã Mường Mẫu Thượng' },
]);

describe('the commune of a row', () => {
  it.each([
    ['Trung tâm Phục vụ hành chính công xã Bình Lư', 'X-1', 1],
    ['UBND XÃ BÌNH LƯ', 'X-1', 1],
    ['UBND xã Mường Mẫu Thượng, tỉnh Mẫu', 'X-1', 3],
    ['UBND xã Mường Mẫu', 'X-1', 2],
    ['UBND xã Nào Đó', 'H35.50.13-261008-0975', 2],
    [null, 'H35.50.12-260105-0001', 1],
    [null, '000.12.50.H35-250101-0001', 1],
    [null, 'H35.50.99-260105-0001', null],
    ['Bình Lư', 'X-1', null],
    [null, 'khong-co', null],
  ])('named %p with code %s is %p', (unit, code, commune) => {
    expect(finder.of(unit, code)).toBe(commune);
  });
});
