import type { JobName } from './catalogue';

/** What each job does, for the page of jobs. */
export const jobWords: Record<JobName, string> = {
  'cases.changed': 'Xem lại hồ sơ vừa đổi',
  'imports.advance': 'Đọc, kiểm tra, ghi tệp nhập',
  'imports.look': 'Nhận tệp trong thư mục theo dõi',
  'imports.tend': 'Nối lại lần nhập bị ngắt',
  'alerts.sweep': 'Tìm hồ sơ đến lúc phải nhắc',
  'alerts.morning': 'Lập thư việc trong ngày',
  'notifications.deliver': 'Gửi một tin',
  'notifications.relay': 'Gửi lại tin còn sót',
  'letters.draft-owed': 'Dự thảo thư xin lỗi',
  'letters.keep-files': 'Lưu tệp thư đã cấp số',
  'letters.send': 'Gửi một thư xin lỗi',
  'letters.send-left': 'Gửi lại thư xin lỗi còn sót',
  'letters.make-file': 'Làm tệp in, hồ sơ minh chứng',
  'letters.tend-files': 'Nối lại tệp đang làm dở',
  'units.hour-of-deadlines-set': 'Tính lại hạn theo giờ hẹn trả mới',
  'deadlines.verify': 'Đối chiếu hạn',
  'reports.compact': 'Cộng dồn số liệu',
  'reports.verify': 'Kiểm tra số liệu',
  'calendars.remind': 'Nhắc nhập lịch nghỉ',
  'sessions.prune': 'Xóa phiên đăng nhập đã hết',
};

/** A job of another version of the service keeps its own name. */
export const jobName = (name: string): string => (jobWords as Record<string, string>)[name] ?? name;
