import { initials } from './initials';

describe('initials', () => {
  it.each([
    ['Đặng Thị Ánh', 'Đ.T.Á.'],
    ['Sùng A Lềnh và Hảng Thị Ly', 'S.A.L.H.T.L.'],
    ['  Trịnh  Văn Lâm ', 'T.V.L.'],
    ['CÔNG TY TNHH MỘT THÀNH VIÊN AN PHÁT', 'C.T.T.M.T.V.'],
    ['', ''],
  ])('of %j are %j', (name, expected) => expect(initials(name)).toBe(expected));

  it('are the same for composed and decomposed letters', () => {
    expect(initials('Ánh'.normalize('NFD'))).toBe('Á.');
  });
});
