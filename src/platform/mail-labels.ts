/** Parts of a mail whose words an office may choose. */
export const WORDED_PARTS = ['subject', 'opening', 'closing'] as const;
export type WordedPart = (typeof WORDED_PARTS)[number];

/** Mails the service writes: templates/emails/<kind>. */
export const MAIL_KINDS = [
  'alert-morning',
  'alert-now',
  'alert-summary',
  'calendar-reminder',
  'deadline-check',
  'mail-refused',
  'second-promise',
  'apology-letter',
] as const;
export type MailKindName = (typeof MAIL_KINDS)[number];

export const isMailKind = (text: string): text is MailKindName =>
  (MAIL_KINDS as readonly string[]).includes(text);

interface MailKindWords {
  name: string;
  /** who gets it, and when */
  when: string;
  /** what its words may name, beside what every mail may name */
  fields: Record<string, string>;
}

const ALERT_FIELDS = {
  tom_tat: 'số hồ sơ của từng mục, ví dụ “1 hồ sơ quá hạn, 2 hồ sơ sắp đến hạn”',
  so_ho_so: 'số hồ sơ trong thư',
};

export const mailKinds: Record<MailKindName, MailKindWords> = {
  'alert-morning': {
    name: 'Việc trong ngày',
    when: 'Gửi đầu giờ sáng cho mỗi người còn việc phải làm.',
    fields: ALERT_FIELDS,
  },
  'alert-now': {
    name: 'Nhắc việc trong ngày',
    when: 'Gửi ngay khi có hồ sơ cần xử lý trong giờ làm việc.',
    fields: ALERT_FIELDS,
  },
  'alert-summary': {
    name: 'Nhắc việc gộp',
    when: 'Thay nhiều thư nhắc khi một người đã nhận nhiều thư trong một giờ.',
    fields: ALERT_FIELDS,
  },
  'calendar-reminder': {
    name: 'Nhắc nhập lịch nghỉ',
    when: 'Gửi người quản trị khi lịch nghỉ năm sau chưa có quyết định.',
    fields: { nam: 'năm chưa có lịch nghỉ', so_ho_so: 'số hồ sơ có hạn dự kiến' },
  },
  'deadline-check': {
    name: 'Đối chiếu hạn',
    when: 'Gửi người quản trị khi lần đối chiếu đêm thấy sai khác.',
    fields: { so_sai_khac: 'số chỗ sai khác', so_ho_so: 'số hồ sơ đã đối chiếu' },
  },
  'mail-refused': {
    name: 'Thư không đến được',
    when: 'Gửi người quản trị và lãnh đạo phụ trách khi thư của một người bị từ chối.',
    fields: { nguoi: 'người không nhận được thư', dia_chi: 'địa chỉ bị từ chối' },
  },
  'second-promise': {
    name: 'Hẹn lại lần thứ hai',
    when: 'Gửi chủ tịch khi một hồ sơ được phép hẹn lại thêm lần nữa.',
    fields: { nguoi: 'người cho phép hẹn lại', ma_ho_so: 'mã hồ sơ' },
  },
  'apology-letter': {
    name: 'Thư xin lỗi gửi người dân',
    when: 'Gửi người nộp hồ sơ khi văn thư gửi thư xin lỗi bằng thư điện tử, kèm tệp PDF.',
    fields: {
      ten_thu: 'tên của thư đính kèm, ví dụ “Thư xin lỗi và hẹn lại ngày trả kết quả”',
      thu: 'như trên, viết thường trong câu',
      ong_ba: '“Ông/Bà” hoặc tên tổ chức',
      co_quan: 'cơ quan gửi thư',
      dien_thoai: 'điện thoại của cơ quan; có thể trống',
    },
  },
};

/** What the words of every mail may name. The subject is seen by everybody who sees the screen: it names nobody. */
const COMMON_FIELDS = {
  don_vi: 'đơn vị của người nhận',
  ngay: 'ngày gửi, ví dụ “thứ Hai 23/11/2026”',
};
const NAME_OF_READER = { nguoi_nhan: 'họ tên người nhận' };

export const partNames: Record<WordedPart, string> = {
  subject: 'Tiêu đề',
  opening: 'Câu mở đầu',
  closing: 'Câu kết',
};

/** Field -> what it stands for. */
export const fieldsOf = (kind: MailKindName, part: WordedPart): Record<string, string> => ({
  ...mailKinds[kind].fields,
  ...COMMON_FIELDS,
  ...(part === 'subject' ? {} : NAME_OF_READER),
});

/** Stands for the reader of a mail that is only shown. */
export const SAMPLE_PERSON = 'Nguyễn Văn A';
/** Somebody else in such a mail. */
export const SAMPLE_COLLEAGUE = 'Trần Thị B';
