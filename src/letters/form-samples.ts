import type { StopNoticeModel, SupplementModel } from './case-slip-model';
import type { LetterModel } from './letter-model';
import { MAX_REASON } from './letter-reason';

const words = (text: string, length: number): string =>
  text
    .repeat(Math.ceil(length / text.length))
    .slice(0, length)
    .trim();

const LONG_NAME =
  'Nguyễn Thị Hoàng Phương Quỳnh, người đại diện Hợp tác xã Dịch vụ nông nghiệp tổng hợp Phiêng Hoi Nà Đon Phú Thượng Tây Hòa';
const LONG_REASON =
  'Cơ quan phối hợp chưa gửi ý kiến bằng văn bản, hồ sơ lưu trữ thiếu trang phải xác minh lại. ';
const LONGEST_LINES = 10;

const LONG_COMMON = {
  agencyParent: 'ỦY BAN NHÂN DÂN PHƯỜNG PHÚ THƯỢNG TÂY HÒA BẮC',
  agency: 'TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG',
  agencyInText: 'Trung tâm Phục vụ hành chính công phường Phú Thượng Tây Hòa Bắc',
  place: 'Phú Thượng Tây Hòa Bắc',
  number: 1284,
  suffix: 'XL-TTPVHCC',
  letterDate: '2026-12-22',
  year: 2026,
  addressee: {
    title: 'Ông/Bà',
    name: LONG_NAME,
    call: LONG_NAME,
    address:
      'số nhà 12, ngách 45, ngõ 168, đường Nguyễn Hoàng Phương Quỳnh, tổ dân phố Phiêng Hoi Nà Đon, phường Phú Thượng Tây Hòa Bắc, thành phố Phú Thượng Tây Hòa Bắc',
  },
  code: '000.00.12.H35.50.12-261222-0015',
  procedure: words(
    'Thẩm định thiết kế xây dựng triển khai sau thiết kế cơ sở, điều chỉnh thiết kế xây dựng ',
    280,
  ),
  procedureCode: '1.004884.000.00.00.H35',
  receivedAt: '2026-11-21T01:30:00.000Z',
  reasonLines: Array.from(
    { length: LONGEST_LINES },
    (_, i) => `${i + 1}. ${words(LONG_REASON, MAX_REASON / LONGEST_LINES - 5)}`,
  ),
  contact: { unit: 'Phòng Kinh tế, Hạ tầng và Đô thị phường Phú Thượng Tây Hòa Bắc', phone: '0213 000 0000' },
};

const LONG_SIGNED = {
  copies: [
    'Phòng Kinh tế, Hạ tầng và Đô thị phường Phú Thượng Tây Hòa Bắc',
    'Ủy ban nhân dân phường (để báo cáo)',
  ],
  signer: {
    authority: ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH'],
    title: 'PHÓ CHỦ TỊCH',
    name: 'Nguyễn Hoàng Phương Quỳnh',
  },
};

const EMPTY_COMMON = {
  agencyParent: '',
  agency: 'ỦY BAN NHÂN DÂN XÃ BÌNH LƯ',
  agencyInText: 'Ủy ban nhân dân xã Bình Lư',
  place: 'Bình Lư',
  number: null,
  suffix: 'XL',
  letterDate: null,
  year: 2026,
  addressee: {
    title: '',
    name: 'Công ty TNHH Thưởng Hương',
    call: 'Công ty TNHH Thưởng Hương',
    address: null,
  },
  code: 'H35.50.12-260121-0015',
  procedure: 'Đăng ký khai sinh',
  procedureCode: null,
  receivedAt: '2026-01-21T01:30:00.000Z',
  reasonLines: [],
  contact: null,
};

const EMPTY_SIGNED = { copies: [], signer: { authority: [], title: 'CHỦ TỊCH', name: '' } };

type Full = Required<LetterModel>;

const LONG_LETTER: Full = {
  ...{ ...LONG_COMMON, ...LONG_SIGNED },
  oneStop: 'Trung tâm Phục vụ hành chính công phường Phú Thượng Tây Hòa Bắc, thành phố Hòa Bắc',
  limit: { amount: 20, unit: 'working-days' },
  deadlineAt: '2026-12-21T10:30:00.000Z',
  settledDay: '2026-12-24',
  daysLate: 3,
  repeated: false,
  newDueAt: '2026-12-31T10:30:00.000Z',
  extensionDays: 8,
  secondPromise: false,
  evidence: words('Quyết định số 1284/QĐ-UBND ký ngày 18/12/2026; ảnh chụp màn hình lỗi đồng bộ; ', 400),
  resultSignedDay: '2026-12-18',
};

const EMPTY_LETTER: Full = {
  ...{ ...EMPTY_COMMON, ...EMPTY_SIGNED },
  oneStop: 'Trung tâm Phục vụ hành chính công xã Bình Lư',
  limit: null,
  deadlineAt: '2026-01-28T10:30:00.000Z',
  settledDay: null,
  daysLate: null,
  repeated: false,
  newDueAt: null,
  extensionDays: null,
  secondPromise: false,
  evidence: null,
  resultSignedDay: null,
};

const LONG_SUPPLEMENT: SupplementModel = {
  ...LONG_COMMON,
  applicantPhone: '0900 000 000',
  applicantEmail: 'hop-tac-xa-dich-vu-nong-nghiep@example.vn',
  components: Array.from({ length: 12 }, (_, i) => ({
    ...{ place: i + 1, originals: 1, certified: 2, copies: 12 },
    name: words('Bản vẽ thiết kế xây dựng kèm thuyết minh, chỉ dẫn kỹ thuật và dự toán ', 110),
  })),
  guide: 'Nguyễn Hoàng Phương Quỳnh',
};

const LONG_STOP: StopNoticeModel = {
  ...{ ...LONG_COMMON, ...LONG_SIGNED },
  promisedAt: '2026-12-21T10:30:00.000Z',
  requester: LONG_NAME,
  requestDay: '2026-12-18',
  stopDay: '2026-12-21',
  stage: words('đang lấy ý kiến các cơ quan phối hợp, chưa thẩm định; ', 200),
  decision: words('chưa có quyết định, kết quả giải quyết; ', 200),
  finance: words('phí thẩm định đã nộp, đề nghị hoàn trả theo quy định; ', 200),
};

const EMPTY_SUPPLEMENT: SupplementModel = {
  ...{ ...EMPTY_COMMON, applicantPhone: null, applicantEmail: null, guide: 'Lò Văn Inh' },
  components: [{ place: 1, name: 'Tờ khai', originals: null, certified: null, copies: null }],
};

const EMPTY_STOP: StopNoticeModel = {
  ...{ ...EMPTY_COMMON, ...EMPTY_SIGNED, promisedAt: null, requester: 'Công ty TNHH Thưởng Hương' },
  ...{
    requestDay: '2026-01-26',
    stopDay: '2026-01-27',
    stage: 'tiếp nhận',
    decision: 'chưa có',
    finance: 'không thu',
  },
};

export interface FormSamples {
  longest: Full | SupplementModel | StopNoticeModel;
  /** everything that may lack is lacking */
  emptiest: Full | SupplementModel | StopNoticeModel;
}

/** Made-up documents that a text has to serve: what fits the longest and says enough with the emptiest fits all. */
export function samplesOf(form: string): FormSamples {
  if (form === 'supplement-request') return { longest: LONG_SUPPLEMENT, emptiest: EMPTY_SUPPLEMENT };
  if (form === 'stop-notice') return { longest: LONG_STOP, emptiest: EMPTY_STOP };
  const settledDay = form === 'past-apology' ? '2026-01-30' : null;
  return { longest: LONG_LETTER, emptiest: { ...EMPTY_LETTER, settledDay } };
}
