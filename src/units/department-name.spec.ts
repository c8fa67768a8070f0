import { departmentKey, keysOfUnit, officialName, type CommuneNames } from './department-name';

const binhLu: CommuneNames = { name: 'Xã Bình Lư', province: 'tỉnh Lai Châu' };
const unnamed: CommuneNames = { name: null, province: null };

const centre = { name: 'Trung tâm Phục vụ hành chính công', kind: 'centre', aliases: [] };
const department = (name: string, aliases: string[] = []) => ({ name, kind: 'department', aliases });

describe('a department is recognised', () => {
  const office = department('Văn phòng HĐND và UBND');
  const economy = department('Phòng Kinh tế');
  const culture = department('Phòng Văn hóa - Xã hội');
  const urban = department('Phòng Kinh tế, Hạ tầng và Đô thị');

  it.each([
    ['TTPVHCC', centre],
    ['TT PVHCC', centre],
    ['Trung tâm PVHCC xã', centre],
    ['TTPVHCC xã Bình Lư', centre],
    ['Trung tâm phục vụ hành chính công xã Bình Lư', centre],
    ['Trung tâm Phục vụ hành chính công xã Bình Lư, tỉnh Lai Châu', centre],
    ['TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG', centre],
    ['Trung tâm Hành chính công', centre],
    ['Bộ phận Tiếp nhận và Trả kết quả', centre],
    ['Bộ phận một cửa', centre],
    ['Bộ phận 1 cửa xã Bình Lư', centre],
    ['Xã Bình Lư', centre],
    ['Bình Lư', centre],
    ['UBND xã Bình Lư', centre],
    ['Ủy ban nhân dân xã Bình Lư - tỉnh Lai Châu', centre],
    ['UBND xã', centre],
    ['VP HĐND&UBND', office],
    ['VP HĐND & UBND', office],
    ['VPHĐND-UBND', office],
    ['Văn phòng HĐND-UBND xã Bình Lư', office],
    ['Văn phòng Hội đồng nhân dân và Ủy ban nhân dân', office],
    ['Văn phòng UBND', office],
    ['P. Kinh tế', economy],
    ['P. KT', economy],
    ['P.KT', economy],
    ['PKT', economy],
    ['phòng  kinh tế', economy],
    ['Phòng Kinh tế xã Bình Lư', economy],
    ['Phòng VH-XH', culture],
    ['P. VHXH', culture],
    ['PVHXH', culture],
    ['Phòng Văn hoá – Xã hội', culture],
    ['Phòng Văn hóa và Xã hội xã Bình Lư', culture],
    ['P. KTHTĐT', urban],
    ['Phòng Kinh tế - Hạ tầng và đô thị', urban],
  ])('under the name "%s"', (name, unit) => {
    expect(keysOfUnit(unit, binhLu)).toContain(departmentKey(name, binhLu));
  });

  it('when the name is written with combining marks', () => {
    expect(departmentKey('Phòng Kinh tế'.normalize('NFD'), binhLu)).toBe(
      departmentKey('Phòng Kinh tế', binhLu),
    );
  });

  it('by another name that the administrator wrote down', () => {
    const unit = department('Phòng Kinh tế', ['Bộ phận Địa chính - Nông nghiệp']);
    expect(keysOfUnit(unit, binhLu)).toContain(departmentKey('bộ phận địa chính nông nghiệp xã', binhLu));
  });
});

describe('different departments stay apart', () => {
  it.each([
    ['Phòng Kinh tế', 'Phòng Kinh tế, Hạ tầng và Đô thị'],
    ['Phòng Kinh tế', 'Phòng Văn hóa - Xã hội'],
    ['Công an xã', 'Trạm Y tế xã'],
    ['Trung tâm Phục vụ hành chính công', 'Trung tâm Văn hóa'],
    ['Trung tâm Phục vụ hành chính công xã Bình Lư', 'Trung tâm Phục vụ hành chính công xã Khun Há'],
    ['Văn phòng HĐND và UBND', 'Văn phòng Đảng ủy'],
  ])('%s / %s', (a, b) => {
    expect(departmentKey(a, binhLu)).not.toBe(departmentKey(b, binhLu));
  });
});

describe('before the commune has a name', () => {
  it.each([
    ['Trung tâm Phục vụ hành chính công xã Bình Lư', 'Trung tâm Phục vụ hành chính công'],
    ['UBND xã Bình Lư', 'Trung tâm Phục vụ hành chính công'],
    ['Phòng Văn hóa - Xã hội xã Bình Lư', 'Phòng Văn hóa - Xã hội'],
    ['Phòng Kinh tế phường Đoàn Kết', 'Phòng Kinh tế'],
  ])('%s is %s', (name, same) => {
    expect(departmentKey(name, unnamed)).toBe(departmentKey(same, unnamed));
  });

  it('"xã hội" is not taken for a commune, nor "địa phương" for a ward', () => {
    expect(departmentKey('Phòng Văn hóa - Xã hội', unnamed)).toBe('phong van hoa xa hoi');
    expect(departmentKey('Quỹ phát triển địa phương', unnamed)).toBe('quy phat trien dia phuong');
  });
});

describe('name of a new department', () => {
  it.each([
    ['VP HĐND&UBND', 'Văn phòng HĐND và UBND'],
    ['P. KT', 'Phòng Kinh tế'],
    ['Phòng VH-XH', 'Phòng Văn hóa - Xã hội'],
    ['  Công an   xã ', 'Công an xã'],
  ])('%s becomes %s', (given, name) => {
    expect(officialName(given, binhLu)).toBe(name);
  });
});
