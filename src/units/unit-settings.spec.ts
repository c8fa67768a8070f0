import { namesItsKind } from './place-name';
import { CENTRE_NAME, defaultSettings, initialsOf } from './unit-settings';

describe('settings derived from names', () => {
  it('give the letterhead of a commune', () => {
    const settings = defaultSettings({
      commune: 'Xã Bình Lư',
      centre: CENTRE_NAME,
      province: 'Tỉnh Lai Châu',
    });
    expect(settings).toMatchObject({
      provinceName: 'tỉnh Lai Châu',
      placeName: 'Bình Lư',
      agencyParent: 'ỦY BAN NHÂN DÂN XÃ BÌNH LƯ',
      agency: 'TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG',
      agencyShort: 'TTPVHCC xã Bình Lư',
      numberSuffix: 'XL-TTPVHCC',
      numberingOrder: 'before-signature',
      signer: { authority: [], title: 'GIÁM ĐỐC', name: '' },
      timeOfDay: 'end-of-office',
    });
  });

  it('give the letterhead of a special zone', () => {
    const settings = defaultSettings({ commune: 'Đặc khu Phú Quốc', centre: CENTRE_NAME, province: null });
    expect(settings).toMatchObject({
      placeName: 'Phú Quốc',
      agencyShort: 'TTPVHCC đặc khu Phú Quốc',
      provinceName: '',
    });
  });

  it.each([
    ['Văn phòng HĐND và UBND', 'VPHĐNDUBND'],
    ['Phòng Văn hóa - Xã hội', 'PVHXH'],
    ['Phòng Kinh tế, Hạ tầng và Đô thị', 'PKTHTĐT'],
  ])('short form of %s is %s', (name, short) => {
    expect(initialsOf(name)).toBe(short);
  });

  it.each([
    ['Xã Bình Lư', true],
    ['phường Đoàn Kết', true],
    ['Bình Lư', false],
    ['Xã', false],
    ['Xãnh', false],
  ])('"%s" names its kind: %s', (name, expected) => {
    expect(namesItsKind(name)).toBe(expected);
  });
});
