type Kind = 'text' | 'number' | 'day' | 'instant' | 'flag' | 'list' | 'group';

/** One field that the text of a form may name. */
export interface FormField {
  kind: Kind;
  /** what it is, for whoever writes the text; null: belongs to a shared part */
  meaning: string | null;
  optional?: boolean;
}
export type FormFields = Record<string, FormField>;

const given = (kind: Kind, meaning: string | null): FormField => ({ kind, meaning });
const perhaps = (kind: Kind, meaning: string | null): FormField => ({ kind, meaning, optional: true });

const HEAD: FormFields = {
  agencyParent: perhaps('text', 'cơ quan chủ quản, chữ in hoa'),
  agency: given('text', 'cơ quan ban hành, chữ in hoa'),
  agencyInText: given('text', 'cơ quan ban hành, viết trong câu'),
  place: given('text', 'địa danh ở dòng ngày tháng'),
  number: perhaps('number', 'số văn bản'),
  suffix: given('text', 'ký hiệu sau số'),
  letterDate: perhaps('day', 'ngày văn bản'),
  year: given('number', null),
};

const CASE: FormFields = {
  addressee: given('group', null),
  'addressee.title': perhaps('text', '“Ông/Bà”, trống nếu là tổ chức'),
  'addressee.name': given('text', 'tên cá nhân, tổ chức'),
  'addressee.call': given('text', 'cách gọi trong câu: “Ông/Bà” hoặc tên tổ chức'),
  'addressee.address': perhaps('text', 'địa chỉ'),
  code: given('text', 'mã hồ sơ'),
  procedure: given('text', 'tên thủ tục'),
  procedureCode: perhaps('text', 'mã thủ tục'),
  receivedAt: given('instant', 'lúc tiếp nhận'),
  reasonLines: perhaps('list', 'các đoạn lý do'),
  'reasonLines[]': given('text', null),
  contact: perhaps('group', 'nơi liên hệ'),
  'contact.unit': given('text', 'đơn vị liên hệ'),
  'contact.phone': perhaps('text', 'điện thoại liên hệ'),
};

const SIGNED: FormFields = {
  copies: given('list', 'nơi nhận ngoài người được gửi'),
  'copies[]': given('text', null),
  signer: given('group', null),
  'signer.authority': given('list', 'các dòng quyền hạn: “TM. ỦY BAN NHÂN DÂN”'),
  'signer.authority[]': given('text', null),
  'signer.title': given('text', 'chức vụ người ký'),
  'signer.name': given('text', 'họ tên người ký'),
};

const DEADLINE: FormFields = {
  oneStop: given('text', 'bộ phận một cửa'),
  limit: perhaps('group', 'thời hạn giải quyết'),
  'limit.amount': given('number', 'thời hạn: số'),
  'limit.unit': given('text', null),
  deadlineAt: given('instant', 'lúc hẹn trả kết quả'),
};

const PROMISE: FormFields = {
  repeated: given('flag', 'hồ sơ đã được hẹn lại một lần'),
  secondPromise: perhaps('flag', 'được phép hẹn lại lần thứ hai'),
  newDueAt: perhaps('instant', 'lúc hẹn lại'),
  extensionDays: perhaps('number', 'số ngày làm việc gia hạn'),
};

const APOLOGY = { ...HEAD, ...CASE, ...DEADLINE, ...PROMISE, ...SIGNED };

const FIELDS: Record<string, FormFields> = {
  'extension-apology': APOLOGY,
  'late-apology': APOLOGY,
  'apology-2018': APOLOGY,
  'past-apology': {
    ...{ ...HEAD, ...CASE, ...DEADLINE, ...SIGNED },
    settledDay: given('day', 'ngày giải quyết xong'),
    daysLate: perhaps('number', 'số ngày làm việc quá hạn'),
  },
  'system-error-slip': {
    ...{ ...HEAD, ...CASE, ...DEADLINE, ...SIGNED },
    settledDay: perhaps('day', 'ngày trả kết quả hệ thống ghi'),
    daysLate: perhaps('number', 'số ngày làm việc hệ thống tính là quá hạn'),
    resultSignedDay: perhaps('day', 'ngày ký kết quả'),
    evidence: perhaps('text', 'tài liệu chứng minh'),
  },
  'supplement-request': {
    ...{ ...HEAD, ...CASE },
    applicantPhone: perhaps('text', 'điện thoại người nộp'),
    applicantEmail: perhaps('text', 'thư điện tử người nộp'),
    components: given('list', 'các giấy tờ phải bổ sung'),
    'components[].place': given('number', 'trong danh sách giấy tờ: thứ tự'),
    'components[].name': given('text', 'trong danh sách giấy tờ: tên'),
    'components[].originals': perhaps('number', 'trong danh sách giấy tờ: số bản chính'),
    'components[].certified': perhaps('number', 'trong danh sách giấy tờ: số bản chứng thực'),
    'components[].copies': perhaps('number', 'trong danh sách giấy tờ: số bản photo'),
    guide: given('text', 'người hướng dẫn'),
  },
  'stop-notice': {
    ...{ ...HEAD, ...CASE, ...SIGNED },
    promisedAt: perhaps('instant', 'lúc hẹn trả kết quả'),
    requester: given('text', 'người đề nghị dừng'),
    requestDay: given('day', 'ngày đề nghị dừng'),
    stopDay: given('day', 'ngày dừng giải quyết'),
    stage: given('text', 'giai đoạn giải quyết'),
    decision: given('text', 'về quyết định, kết quả giải quyết'),
    finance: given('text', 'về phí, lệ phí, nghĩa vụ tài chính'),
  },
};

export const formFields = (form: string): FormFields => FIELDS[form] ?? {};

/** How a field is written: {{gioNgayDu deadlineAt}} */
export function fieldSign(path: string, { kind }: FormField): string {
  const name = path.replace(/^.*\[\]\./, '');
  if (kind === 'day') return `{{ngayDu ${name}}}`;
  if (kind === 'instant') return `{{gioNgayDu ${name}}}`;
  if (kind === 'number') return `{{haiSo ${name}}}`;
  if (kind === 'list') return `{{#each ${name}}}…{{/each}}`;
  if (kind === 'flag' || kind === 'group') return `{{#if ${name}}}…{{/if}}`;
  return `{{${name}}}`;
}

/** Shared parts, as the editor explains them. */
export const formParts: Record<string, string> = {
  letterhead: 'phần đầu: cơ quan, quốc hiệu, số, ngày',
  addressee: 'Kính gửi: tên và địa chỉ',
  promised: 'thời hạn và thời gian hẹn trả kết quả',
  limit: 'thời hạn giải quyết, đặt trong {{#if limit}}',
  reason: 'đoạn lý do đầu tiên',
  'further-reasons': 'các đoạn lý do tiếp theo',
  'new-due': 'thời gian hẹn lại',
  'once-only': 'câu chỉ hẹn lại một lần',
  contact: 'câu liên hệ',
  signature: 'nơi nhận, chức vụ và họ tên người ký',
};

export const formHelpers: Record<string, string> = {
  '{{ngayDu …}}': 'ngày 05 tháng 02 năm 2026',
  '{{gioNgayDu …}}': '17 giờ 30 phút, ngày 05 tháng 02 năm 2026',
  '{{haiSo …}}': '05',
  '{{vietHoaDau …}}': 'viết hoa chữ đầu',
  '{{#if …}}…{{else}}…{{/if}}': 'chỉ ghi khi có',
  '{{#unless …}}…{{/unless}}': 'chỉ ghi khi không có',
  '{{#each …}}…{{/each}}': 'ghi cho từng mục',
};
