import type { UnitSettings } from '../units/unit-settings';
import { letterheadOf } from './letterhead';

const settings: UnitSettings = {
  provinceName: 'tỉnh Lai Châu',
  placeName: 'Bình Lư',
  agencyParent: 'ỦY BAN NHÂN DÂN XÃ BÌNH LƯ',
  agency: 'TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG',
  agencyShort: 'TTPVHCC xã Bình Lư',
  numberSuffix: 'XL-TTPVHCC',
  numberingOrder: 'before-signature',
  signer: { authority: [], title: 'GIÁM ĐỐC', name: 'Phạm Quang Huy' },
  phone: '',
  timeOfDay: 'end-of-office',
  caseCodePrefix: '',
};
const office = { settings, communeName: 'Xã Bình Lư', centreName: 'Trung tâm Phục vụ hành chính công' };

it.each([
  ['TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG', 'Trung tâm Phục vụ hành chính công xã Bình Lư'],
  ['ỦY BAN NHÂN DÂN XÃ BÌNH LƯ', 'Ủy ban nhân dân xã Bình Lư'],
  ['Phòng Kinh tế xã Bình Lư', 'Phòng Kinh tế xã Bình Lư'],
])('%s is "%s" in a sentence', (agency, inText) => {
  expect(letterheadOf({ ...office, settings: { ...settings, agency } }).agencyInText).toBe(inText);
});

it("the committee's name is never broken into two lines", () => {
  expect(letterheadOf(office).agencyParent).toBe('ỦY\u00a0BAN\u00a0NHÂN\u00a0DÂN XÃ BÌNH LƯ');
});

it('place, suffix and signer come from the settings', () => {
  expect(letterheadOf(office)).toMatchObject({
    place: 'Bình Lư',
    suffix: 'XL-TTPVHCC',
    signer: settings.signer,
  });
});
