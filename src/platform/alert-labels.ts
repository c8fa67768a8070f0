import type { AlertRule } from '../domain/alert-rules';

export type AlertReason = Pick<AlertRule, 'theme' | 'moment' | 'amount' | 'measure'>;

/** What the cases of a message have in common. */
export type AlertGroupKey = 'overdue' | 'today' | 'letters' | 'coming' | 'waiting';

const GROUPS: Record<AlertGroupKey, string> = {
  overdue: 'Quá hạn',
  today: 'Đến hạn hôm nay',
  letters: 'Cần gửi thư xin lỗi nếu không kịp hạn',
  coming: 'Sắp đến hạn',
  waiting: 'Cần xem lại',
};

export const alertGroupName = (key: AlertGroupKey): string => GROUPS[key];

const number = (n: number): string => new Intl.NumberFormat('vi-VN').format(n);

/** "1 hồ sơ quá hạn, 2 hồ sơ sắp đến hạn" */
export const alertSummary = (groups: { key: AlertGroupKey; count: number }[]): string =>
  groups
    .map(
      ({ key, count }) =>
        `${number(count)} hồ sơ ${GROUPS[key].charAt(0).toLowerCase()}${GROUPS[key].slice(1)}`,
    )
    .join(', ');

/** "2 ngày làm việc", "4 giờ làm việc" */
function span({ amount, measure }: AlertReason): string {
  return `${number(amount)} ${measure === 'working-hours' ? 'giờ' : 'ngày'} làm việc`;
}

/** Why somebody is reminded, in few words: "Còn 2 ngày làm việc". */
export function alertReason(reason: AlertReason): string {
  const { theme, moment, amount, measure } = reason;
  const time = span(reason);
  switch (theme) {
    case 'deadline':
      if (measure === 'percent') return `Đã dùng ${number(amount)} % thời hạn`;
      if (moment === 'on-day') return 'Đến hạn hôm nay';
      if (moment === 'before') return `Còn ${time}`;
      return amount === 0 ? 'Quá hạn' : `Quá hạn ${time}`;
    case 'letter':
      return moment === 'on-day'
        ? 'Không kịp hạn thì gửi thư xin lỗi trong ngày'
        : `Không kịp hạn thì còn ${time} để gửi thư xin lỗi`;
    case 'step':
      if (moment === 'on-day') return 'Bước xử lý đến hạn';
      if (moment === 'before') return `Bước xử lý còn ${time}`;
      return amount === 0 ? 'Bước xử lý quá hạn' : `Bước xử lý quá hạn ${time}`;
    case 'acceptance':
      if (moment === 'before') return `Còn ${time} để tiếp nhận hồ sơ trực tuyến`;
      return amount === 0
        ? 'Quá giờ tiếp nhận hồ sơ trực tuyến'
        : `Quá ${time} chưa tiếp nhận hồ sơ trực tuyến`;
    case 'supplement':
      return `${time} chưa nhận được giấy tờ bổ sung`;
    case 'idle':
      return `${time} không có diễn biến`;
    case 'unassigned':
      return `${time} chưa giao người xử lý`;
  }
}

export const relationLabels = {
  officer: 'người xử lý',
  'department-head': 'trưởng phòng',
  desk: 'bộ phận một cửa',
  director: 'giám đốc trung tâm',
  chairman: 'lãnh đạo UBND xã',
  clerk: 'văn thư',
};

export const urgencyLabels = {
  digest: 'gộp vào thư buổi sáng',
  day: 'gửi ngay trong giờ làm việc',
  urgent: 'gửi ngay, kể cả ngoài giờ',
};

export const themeLabels: Record<AlertRule['theme'], string> = {
  deadline: 'Hạn trả kết quả',
  letter: 'Thư xin lỗi trước hạn',
  step: 'Bước xử lý',
  acceptance: 'Tiếp nhận hồ sơ trực tuyến',
  supplement: 'Chờ bổ sung giấy tờ',
  idle: 'Hồ sơ không có diễn biến',
  unassigned: 'Chưa giao người xử lý',
};

export const ruleFaultTexts = {
  moment: 'Loại nhắc này không có thời điểm đó. Chọn thời điểm khác.',
  measure: 'Phần trăm thời hạn chỉ dùng cho nhắc trước hạn trả kết quả.',
  amount: 'Số không hợp: từ 1 đến 250 ngày, 176 giờ hoặc 99 %; “đúng ngày” để 0.',
};

export const alertRuleTexts = {
  saved: 'Đã lưu quy tắc nhắc; các hồ sơ đang xử lý được xem lại theo quy tắc mới.',
  switched: (name: string, active: boolean) => `Đã ${active ? 'bật' : 'tắt'} “${name}”.`,
  removed: 'Đã bỏ quy tắc riêng, dùng lại quy tắc chung.',
  nobody: 'Chọn ít nhất một người nhận.',
  noProcedure: 'Không có thủ tục mang mã này.',
};

export const absenceTexts = {
  noted: 'Đã ghi lịch vắng mặt; lời nhắc trong thời gian này gửi người làm thay.',
  ended: 'Đã kết thúc lịch vắng mặt.',
  order: 'Ngày cuối trước ngày đầu.',
  past: 'Thời gian này đã qua.',
  'too-long': 'Dài hơn một năm; chia thành nhiều lần.',
  oneself: 'Chọn người khác làm thay.',
  'substitute-away': 'Người này cũng vắng trong cả thời gian đó; chọn người khác.',
};
