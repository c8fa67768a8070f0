import type { Random } from './random';

export interface Applicant {
  name: string;
  /** LoaiDoiTuong: 1 a person, 3 a household business */
  kind: '1' | '3';
  address: string;
  phone: string;
  email: string;
}

interface People {
  share: number;
  family: string[];
  /** middle names of men and of women */
  middle: [string[], string[]];
  given: [string[], string[]];
}

/** Peoples of the valley; every combination is invented. */
const PEOPLES: People[] = [
  {
    share: 30,
    family: ['Lò', 'Quàng', 'Cà', 'Tòng', 'Lường', 'Mào', 'Hoàng'],
    middle: [['Văn'], ['Thị']],
    given: [
      ['Ín', 'Hặc', 'Pâng', 'Inh', 'Ướm', 'Hoan', 'Panh', 'Thưởng'],
      ['Ơn', 'Phượng', 'Xuân', 'Hịa', 'Bun', 'Thoan', 'Lả'],
    ],
  },
  {
    share: 22,
    family: ['Giàng', 'Vàng', 'Sùng', 'Thào', 'Hạng', 'Lầu', 'Mùa'],
    middle: [['A'], ['Thị']],
    given: [
      ['Páo', 'Chứ', 'Sử', 'Lử', 'Chá', 'Tủa', 'Sinh', 'Dế'],
      ['Mỷ', 'Dua', 'Dợ', 'Sao', 'Chở', 'Pàng', 'Mai'],
    ],
  },
  {
    share: 16,
    family: ['Chẻo', 'Tẩn', 'Phàn', 'Lý', 'Tần'],
    middle: [
      ['A', 'Láo', 'Chin', 'Phủ'],
      ['Mẩy', 'San', 'Tả', 'U'],
    ],
    given: [
      ['Sáng', 'Vản', 'Phẩu', 'Dũng', 'Nhàn', 'Sử'],
      ['Lở', 'Mẩy', 'Pham', 'Cói', 'Liều', 'Khún'],
    ],
  },
  {
    share: 12,
    family: ['Tao', 'Lò', 'Hù', 'Khoàng', 'Vàng'],
    middle: [['Văn'], ['Thị']],
    given: [
      ['Khặn', 'Sam', 'Kẻo', 'Ngơn', 'Lựa'],
      ['Leng', 'Pín', 'Xoan', 'Kham', 'Păn'],
    ],
  },
  {
    share: 10,
    family: ['Lù', 'Phùng', 'Lò', 'Nùng', 'Vàng'],
    middle: [
      ['Văn', 'A'],
      ['Thị', 'Mẩn'],
    ],
    given: [
      ['Sín', 'Chỏ', 'Tờ', 'Phìn', 'Dìn'],
      ['Sen', 'Mẩn', 'Sào', 'Nhình', 'Lan'],
    ],
  },
  {
    share: 10,
    family: ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Bùi', 'Đỗ', 'Vũ'],
    middle: [
      ['Văn', 'Minh', 'Đức', 'Quốc'],
      ['Thị', 'Thu', 'Thanh'],
    ],
    given: [
      ['Dũng', 'Bình', 'Toàn', 'Kiên', 'Thắng', 'Đạt'],
      ['Hà', 'Ngọc', 'Yến', 'Hương', 'Ánh', 'Thảo'],
    ],
  },
];

const VILLAGES = [
  'Hoa Vân',
  'Nà Đon',
  'Thống Nhất',
  'Nà Phát',
  'Pa Pe',
  'Cò Lá',
  'Km2',
  'Nà Can',
  'Toòng Pẳn',
];
const TRADES = [
  'Minh Phát',
  'Nhẫn Sao',
  'Suối Mơ',
  'Hoa Ban',
  'Chè Xanh',
  'Cao Nguyên',
  'An Lành',
  'Bình Minh',
];

export function inventPerson(random: Random): string {
  const people = random.weighted(PEOPLES, (p) => p.share);
  const sex = random.chance(0.5) ? 0 : 1;
  return [random.pick(people.family), random.pick(people.middle[sex]), random.pick(people.given[sex])].join(
    ' ',
  );
}

/** @param trade true for procedures whose applicants are household businesses */
export function inventApplicant(random: Random, trade: boolean): Applicant {
  const number = String(random.int(1000, 9999));
  const business = trade && random.chance(0.7);
  return {
    name: business ? `Hộ kinh doanh ${random.pick(TRADES)}` : inventPerson(random),
    kind: business ? '3' : '1',
    address: `bản ${random.pick(VILLAGES)}, xã Bình Lư, tỉnh Lai Châu`,
    phone: `090000${number}`,
    email: random.chance(0.3) ? `nguoinop${number}@example.com` : '',
  };
}
