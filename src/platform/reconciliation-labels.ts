import type { OverdueCause } from '../domain/false-overdue';

const cause: Record<OverdueCause, string> = {
  'status-not-updated': 'Chưa cập nhật trạng thái',
  'pause-not-recorded': 'Chưa trừ thời gian tạm dừng',
  'wrong-calendar': 'Ngày hẹn sai lịch',
  'duplicate-code': 'Một hồ sơ hai mã',
  'wrong-promise': 'Hẹn lệch lịch, chưa thành quá hạn',
  'unexplained-promise': 'Hẹn khác thời hạn, chưa rõ căn cứ',
};

/** Words of the reconciliation of false overdue, on its pages and in its workbook. */
export const reconciliationLabels = {
  title: 'Đối soát quá hạn',
  file: 'doi-soat-qua-han',
  sheet: 'Đối soát',
  cause,
  state: { open: 'Chưa xác minh', 'true-overdue': 'Quá hạn thật', 'system-error': 'Lỗi hệ thống' },
  everyCause: 'Mọi nguyên nhân',
  everyState: 'Tất cả',
  columns: [
    'Nguyên nhân',
    'Tình trạng',
    'Mã hồ sơ',
    'Tên thủ tục',
    'Chủ hồ sơ',
    'Nguồn nói',
    'Lịch tính',
    'Ngày hẹn trả',
    'Hạn tính lại',
    'Ngày có kết quả',
    'Mã thứ hai',
    'Tệp nguồn',
    'Xác minh',
    'Minh chứng',
    'Người xác minh',
    'Lúc xác minh',
  ],
  /** What the source says; days as '12/3/2026'. */
  source: {
    overdue: (status: string, deadline: string): string => `${status}, đã quá hạn ${deadline}`,
    late: (deadline: string, settled: string): string => `Trả trễ: hạn ${deadline}, kết quả ${settled}`,
    promise: (promised: string): string => `Hẹn trả ${promised}`,
  },
  /** What is known here against it. */
  calendar: {
    result: (day: string): string => `Đã có kết quả ${day}, trong hạn`,
    pauseCounted: (due: string): string => `Trừ thời gian tạm dừng, hạn là ${due}`,
    standing: (since: string): string => `Đang tạm dừng từ ${since}`,
    standingUntold: 'Đang tạm dừng, chưa ghi dừng từ lúc nào',
    pauseUntold: 'Có lúc tạm dừng, chưa ghi dừng từ lúc nào',
    due: (due: string, reason: string | null): string => `Hạn là ${due}${reason ? `, ${reason}` : ''}`,
    twin: (code: string, day: string): string => `Mã ${code} đã có kết quả ${day}, trong hạn`,
  },
  settled: (count: number): string =>
    count === 1 ? 'Đã ghi kết quả xác minh.' : `Đã ghi kết quả xác minh của ${count} nghi vấn.`,
} as const;
