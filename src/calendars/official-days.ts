/**
 * Days off and make-up days as announced: the seed of the working calendar. Each day carries its document. Days off
 * on Saturdays and Sundays are not listed. Later years are entered by an administrator, not here.
 */
export interface OfficialDay {
  day: string;
  name: string;
  document: string;
}

export interface MakeUpDay extends OfficialDay {
  /** The day off it is worked in exchange for. */
  inExchangeFor: string;
}

export interface OfficialYear {
  year: number;
  documents: string[];
  off: OfficialDay[];
  worked: MakeUpDay[];
}

const days = (document: string, list: [day: string, name: string][]): OfficialDay[] =>
  list.map(([day, name]) => ({ day, name, document }));

const NOTICE_2024 = 'TB 5015/TB-LĐTBXH';
const SWAP_2024 = 'TB 1570/TB-LĐTBXH';
const NOTICE_2025 = 'TB 6150/TB-BLĐTBXH';
const NOTICE_2026 = 'TB 9441/TB-BNV';
const SWAP_2026 = 'CV 12729/VPCP-KGVX';
const SPRING_2026 = 'CV 3383/BNV-CVL';
const CULTURE_DAY = 'NQ 28/2026/QH16';
const LABOUR_CODE = 'Bộ luật Lao động 2019, Điều 112.1';
const COMPENSATION = 'Bộ luật Lao động 2019, Điều 111.3';

export const OFFICIAL_YEARS: OfficialYear[] = [
  {
    year: 2024,
    documents: [NOTICE_2024, SWAP_2024],
    off: [
      ...days(NOTICE_2024, [
        ['2024-01-01', 'Tết Dương lịch'],
        ['2024-02-08', 'Tết Nguyên đán'],
        ['2024-02-09', 'Tết Nguyên đán'],
        ['2024-02-12', 'Tết Nguyên đán'],
        ['2024-02-13', 'Tết Nguyên đán'],
        ['2024-02-14', 'Tết Nguyên đán'],
        ['2024-04-18', 'Giỗ Tổ Hùng Vương'],
      ]),
      ...days(SWAP_2024, [['2024-04-29', 'Nghỉ hoán đổi']]),
      ...days(NOTICE_2024, [
        ['2024-04-30', 'Ngày Chiến thắng'],
        ['2024-05-01', 'Quốc tế Lao động'],
        ['2024-09-02', 'Quốc khánh'],
        ['2024-09-03', 'Quốc khánh'],
      ]),
    ],
    worked: [
      { day: '2024-05-04', name: 'Làm bù cho 29/4', document: SWAP_2024, inExchangeFor: '2024-04-29' },
    ],
  },
  {
    year: 2025,
    documents: [NOTICE_2025],
    off: days(NOTICE_2025, [
      ['2025-01-01', 'Tết Dương lịch'],
      ['2025-01-27', 'Tết Nguyên đán'],
      ['2025-01-28', 'Tết Nguyên đán'],
      ['2025-01-29', 'Tết Nguyên đán'],
      ['2025-01-30', 'Tết Nguyên đán'],
      ['2025-01-31', 'Tết Nguyên đán'],
      ['2025-04-07', 'Giỗ Tổ Hùng Vương'],
      ['2025-04-30', 'Ngày Chiến thắng'],
      ['2025-05-01', 'Quốc tế Lao động'],
      ['2025-05-02', 'Nghỉ hoán đổi'],
      ['2025-09-01', 'Quốc khánh'],
      ['2025-09-02', 'Quốc khánh'],
    ]),
    worked: [
      { day: '2025-04-26', name: 'Làm bù cho 02/5', document: NOTICE_2025, inExchangeFor: '2025-05-02' },
    ],
  },
  {
    year: 2026,
    documents: [NOTICE_2026, SWAP_2026, SPRING_2026, CULTURE_DAY],
    off: [
      ...days(LABOUR_CODE, [['2026-01-01', 'Tết Dương lịch']]),
      ...days(SWAP_2026, [['2026-01-02', 'Nghỉ hoán đổi']]),
      ...days(NOTICE_2026, [
        ['2026-02-16', 'Tết Nguyên đán'],
        ['2026-02-17', 'Tết Nguyên đán'],
        ['2026-02-18', 'Tết Nguyên đán'],
        ['2026-02-19', 'Tết Nguyên đán'],
        ['2026-02-20', 'Tết Nguyên đán'],
      ]),
      ...days(COMPENSATION, [['2026-04-27', 'Nghỉ bù Giỗ Tổ Hùng Vương']]),
      ...days(SPRING_2026, [
        ['2026-04-30', 'Ngày Chiến thắng'],
        ['2026-05-01', 'Quốc tế Lao động'],
      ]),
      ...days(NOTICE_2026, [
        ['2026-08-31', 'Nghỉ hoán đổi'],
        ['2026-09-01', 'Quốc khánh'],
        ['2026-09-02', 'Quốc khánh'],
      ]),
      ...days(CULTURE_DAY, [['2026-11-24', 'Ngày Văn hóa Việt Nam']]),
    ],
    worked: [
      { day: '2026-01-10', name: 'Làm bù cho 02/01', document: SWAP_2026, inExchangeFor: '2026-01-02' },
      { day: '2026-08-22', name: 'Làm bù cho 31/8', document: NOTICE_2026, inExchangeFor: '2026-08-31' },
    ],
  },
];

/** Usual hours of a commune's centre; an office with other hours enters its own. */
export const OFFICE_HOURS: [opens: string, closes: string][] = [
  ['07:30', '11:30'],
  ['13:30', '17:00'],
];
export const OFFICE_WEEKDAYS = [1, 2, 3, 4, 5];

/** How the register of versions describes the first one. */
export const FIRST_VERSION = {
  createdBy: 'Hệ thống',
  reason: 'Lịch ban đầu: 2024–2026 theo văn bản đã ban hành, các năm sau dự kiến theo luật.',
};
