import type { MismatchCause } from '../domain/mismatch-cause';
import { calendarLabels } from './calendar-labels';
import { reconciliationLabels } from './reconciliation-labels';
import { signatureLabels } from './signature-labels';

/** Why a source may promise another day than the calendar gives; follows "lịch tính ra …". */
const mismatchReasons: Record<Exclude<MismatchCause, 'other-limit'>, string> = {
  'worked-day-forgotten': 'có thể vì nguồn không đếm ngày làm bù',
  'other-year-days-off-forgotten': 'có thể vì nguồn chưa có ngày nghỉ của năm khác',
  'days-off-forgotten': 'có thể vì nguồn không trừ ngày nghỉ lễ',
  'weekend-counted': 'có thể vì nguồn đếm cả ngày nghỉ cuối tuần',
  'rest-day-not-skipped': 'có thể vì nguồn không chuyển ngày cuối khỏi ngày nghỉ',
  'cutoff-ignored': 'có thể vì nguồn không xét giờ chốt nhận hồ sơ',
  'pause-ignored': 'có thể vì nguồn không trừ thời gian tạm dừng',
  unknown: 'chưa rõ vì sao',
};

/** Vietnamese names of coded values, as the portal and the reporting forms write them. */
export const labels = {
  calendar: calendarLabels,
  channel: {
    direct: 'Trực tiếp',
    online: 'Trực tuyến',
    postal: 'Bưu chính công ích',
  },
  /** National status codes 1 to 10 (TrangThaiHoSo). */
  caseStatus: [
    '',
    'Mới đăng ký',
    'Mới tiếp nhận',
    'Không được tiếp nhận',
    'Đang xử lý',
    'Chờ bổ sung giấy tờ',
    'Chờ nghĩa vụ tài chính',
    'Đã rút',
    'Dừng giải quyết',
    'Đã có kết quả',
    'Đã trả kết quả',
  ],
  urgency: {
    overdue: 'Quá hạn',
    today: 'Hôm nay',
    soon: '1–2 ngày',
    week: 'Trong tuần',
    later: 'Còn hạn',
    paused: 'Tạm dừng',
    unknown: 'Chưa có hạn',
  },
  /** Headings of the exported work list. */
  caseList: {
    sheet: 'Hàng việc',
    file: 'hang-viec',
    columns: [
      'Mức gấp',
      'Mã hồ sơ',
      'Tên thủ tục',
      'Chủ hồ sơ',
      'Trạng thái',
      'Ngày tiếp nhận',
      'Ngày hẹn trả',
      'Hạn theo dõi',
      'Đơn vị xử lý',
      'Cán bộ xử lý',
      'Ghi chú hạn',
    ],
    forecast: 'dự kiến',
  },
  /** What just happened to a case, shown once above its page. */
  caseActs: {
    pause: 'Đã ghi nhận tạm dừng.',
    resume: 'Đã ghi nhận tiếp tục tính hạn.',
    settle: 'Đã ghi nhận kết quả.',
    note: 'Đã ghi chú.',
    transfer: 'Đã ghi nhận chuyển xử lý.',
    consult: 'Đã ghi nhận lấy ý kiến.',
    answer: 'Đã ghi nhận ý kiến trả lời.',
    withdraw: 'Đã ghi nhận rút hồ sơ.',
    stop: 'Đã ghi nhận dừng giải quyết.',
    correct: 'Đã đính chính và tính lại hạn.',
  },
  promisedAgain: 'hẹn lại ngày trả kết quả',
  entryRetold: 'Ghi nhận lại mục đã bỏ',
  entryNotCounted: 'không còn được tính; đính chính để ghi lại',
  /** Entries of the ledger inside a sentence. */
  eventKind: {
    received: 'tiếp nhận',
    'supplement-requested': 'yêu cầu bổ sung',
    'supplement-received': 'nhận đủ bổ sung',
    suspended: 'tạm dừng',
    resumed: 'tiếp tục tính hạn',
    transferred: 'chuyển xử lý',
    'consultation-requested': 'lấy ý kiến',
    'consultation-answered': 'nhận ý kiến',
    finished: 'có kết quả',
    returned: 'trao kết quả',
    withdrawn: 'rút hồ sơ',
    stopped: 'dừng giải quyết',
    refused: 'từ chối tiếp nhận',
  },
  stepUnit: { 'working-days': 'ngày làm việc', 'working-hours': 'giờ làm việc' },
  limitSaved: (cases: number): string =>
    cases === 0 ? 'Đã lưu thời hạn.' : `Đã lưu thời hạn và tính lại hạn của ${cases} hồ sơ.`,
  hourOfDeadlinesSet: 'Giờ hẹn trả của xã đã đổi',
  limitMoved: (procedure: string): string => `Thời hạn của thủ tục ${procedure} đã đổi`,
  incompleteProcedures: (missing: number) => ({
    label: 'Nhập thời hạn của các thủ tục',
    detail:
      missing === 0
        ? 'Mọi thủ tục đã có thời hạn.'
        : `${missing} thủ tục thiếu thời hạn nên chưa tính được hạn.`,
  }),
  calendarMissed: (year: number, cases: number, begun: boolean) => ({
    label: `Nhập lịch nghỉ năm ${year}`,
    detail:
      `${begun ? `Năm ${year} đã bắt đầu` : 'Từ 1/11'} mà chưa có quyết định; ` +
      `hạn rơi vào năm ${year} đang là dự kiến (${cases} hồ sơ).`,
  }),
  deadlineCheckQueued: 'Đã xếp việc kiểm tra. Tải lại trang sau ít phút để xem kết quả.',
  deadlinesRebuilt: (rebuilt: { changed: number; moved: number } | null): string =>
    rebuilt
      ? `Đã tính lại: ${rebuilt.changed} hồ sơ được sửa, ${rebuilt.moved} hồ sơ đổi hạn tính lại. Đang kiểm tra lần nữa.`
      : 'Lần kiểm tra gần nhất không có gì phải tính lại. Đang kiểm tra lần nữa.',
  deadlinesDiffer: (differences: number) => ({
    label: 'Xem các chỗ sai khác của hạn',
    detail: `Lần đối chiếu gần nhất thấy ${differences} chỗ đang lưu khác với tính lại.`,
  }),
  deadlinesUnchecked: {
    label: 'Đối chiếu hạn',
    detail: 'Hơn 2 ngày chưa có lần đối chiếu nào xong.',
  },
  letter: {
    title: 'Thư xin lỗi số',
    batch: 'thư xin lỗi',
    register: 'Sổ theo dõi thư xin lỗi năm',
    channel: {
      'in-person': 'Trao trực tiếp',
      post: 'Bưu chính',
      email: 'Thư điện tử',
      sms: 'Tin nhắn SMS',
      zalo: 'Zalo',
      phone: 'Điện thoại',
    },
    timing: { before: 'trước hạn', late: 'gửi muộn' },
    cancelled: 'Đã hủy số',
    draftTitle: 'Thư xin lỗi, hồ sơ',
    /** why a text that was approved no longer holds */
    caseMoved: 'Tình trạng hồ sơ đã đổi',
    saved: 'Đã lưu dự thảo.',
    submitted: 'Đã trình duyệt.',
    reported: 'Đã báo không kịp hạn. Dự thảo thư đã mở.',
    approved: (count: number): string => (count === 1 ? 'Đã duyệt thư.' : `Đã duyệt ${count} thư.`),
    givenBack: 'Đã trả lại dự thảo.',
    reopened: 'Đã mở lại để sửa. Bản đã duyệt được giữ.',
    secondAllowed: 'Đã cho hẹn lại thêm một lần. Chủ tịch được báo.',
    reasonGiven: (count: number): string => `Đã ghi lý do cho ${count} thư.`,
    reasonsSaved: 'Đã lưu danh mục lý do.',
    numbersEntered: (count: number): string => (count === 1 ? 'Đã ghi số.' : `Đã ghi số cho ${count} thư.`),
    notNeeded: 'Đã ghi không cần thư.',
    numberCancelled: 'Đã ghi hủy số. Số này không dùng lại.',
    numbered: (from: string, to: string, count: number): string =>
      count === 1 ? `Đã cấp số ${from}.` : `Đã cấp số ${from} đến ${to} cho ${count} thư.`,
    sent: (count: number): string => (count === 1 ? 'Đã ghi vào sổ.' : `Đã ghi ${count} thư vào sổ.`),
    file: 'thu-xin-loi',
    registerFile: 'so-thu-xin-loi',
    registerSheet: 'Sổ thư xin lỗi',
    columns: [
      'Số, ký hiệu',
      'Ngày thư',
      'Người nhận',
      'Địa chỉ',
      'Thủ tục hành chính',
      'Mã hồ sơ',
      'Hẹn trả',
      'Hẹn lại',
      'Lý do chậm',
      'Người ký',
      'Cách gửi',
      'Ngày gửi',
      'Thời điểm gửi so với hạn',
      'Người nhận thư',
      'Minh chứng',
      'Ghi chú',
      'Mã băm tệp (SHA-256)',
    ],
  },
  reconciliation: reconciliationLabels,
  signature: signatureLabels,
  mismatchReason: (cause: MismatchCause, workingDays: number | null): string => {
    if (cause !== 'other-limit') return mismatchReasons[cause];
    return workingDays === null
      ? 'như thể thời hạn khác với danh mục'
      : `như thể thời hạn là ${workingDays} ngày làm việc`;
  },
  unknownGroup: 'Chưa rõ',
  onTimeDefinition:
    'Hồ sơ đã giải quyết trong kỳ (ngày kết thúc xử lý nằm trong kỳ, trạng thái đã xử lý xong hoặc đã trả kết quả); ' +
    'trước hạn, đúng hạn, quá hạn so theo ngày với hẹn trả hiện tại; hồ sơ không có hẹn trả và không có thời hạn tính là đúng hạn.',
} as const;
