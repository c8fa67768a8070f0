import { freeUnitCode } from './unit-code';

describe('code of a new unit', () => {
  it.each([
    ['Phòng Kinh tế', [], 'PKT'],
    ['Văn phòng HĐND và UBND', [], 'VPHDNDUBND'],
    ['Trung tâm Phục vụ hành chính công', [], 'TTPVHCC'],
    ['Đội 3', [], 'D3'],
    ['---', [], 'DV'],
    ['Phòng Kinh tế', ['PKT'], 'PKT-XA'],
    ['Phòng Kinh tế', ['PKT', 'PKT-XA'], 'PKT-XA-2'],
    ['Phòng Kinh tế', ['PKT', 'PKT-XA', 'PKT-XA-2'], 'PKT-XA-3'],
  ])('%s beside %j is %s', (name, taken, code) => {
    expect(freeUnitCode(name, 'XA', new Set(taken))).toBe(code);
  });
});
