import { addresseeOf } from './addressee';

it.each([
  ['Vàng Thị Pàng', 'person', 'Ông/Bà', 'Ông/Bà'],
  ['Vàng Thị Pàng', null, 'Ông/Bà', 'Ông/Bà'],
  ['Ban Văn Đoàn', null, 'Ông/Bà', 'Ông/Bà'],
  ['Đoàn Thị Hội', null, 'Ông/Bà', 'Ông/Bà'],
  ['Công ty TNHH Thưởng Hương', null, '', 'Công ty TNHH Thưởng Hương'],
  ['CÔNG TY CỔ PHẦN A', null, '', 'CÔNG TY CỔ PHẦN A'],
  ['Hộ kinh doanh Bình Mai', 'household-business', '', 'Hộ kinh doanh Bình Mai'],
  ['Bình Mai', 'household-business', '', 'Bình Mai'],
  ['Ủy ban nhân dân xã X', null, '', 'Ủy ban nhân dân xã X'],
] as const)('%s (%s) is called "%s"', (name, kind, title, call) => {
  expect(addresseeOf(name, kind, null)).toEqual({ title, name, call, address: null });
});

it('names and addresses are one line of composed letters; an empty address is none', () => {
  const found = addresseeOf(' Nguyễn\n  Văn A '.normalize('NFD'), null, '  ');
  expect(found).toMatchObject({ name: 'Nguyễn Văn A', address: null });
});
