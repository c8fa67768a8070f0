import { toLocalSecond } from '../domain/local-date';
import { timeText } from './faults';

/** What a person is told about a file that changed nothing; null when it did. */
export function doneMessage(
  outcome: { created: number; updated: number; unchanged: number },
  sameFileAt: Date | null,
): string | null {
  if (outcome.created + outcome.updated > 0 || outcome.unchanged === 0) return null;
  if (sameFileAt === null) return 'Hệ thống đã có mọi dòng của tệp này; không có gì thay đổi.';
  return `Tệp này đã được ghi nhận lúc ${clockText(sameFileAt)}; không có gì thay đổi.`;
}

/** '09:41 ngày 23/11/2026' */
function clockText(at: Date): string {
  const [day, time] = timeText(toLocalSecond(at)).split(' ');
  return `${time} ngày ${day}`;
}

/** Line of the checklist of a new commune. */
export const catalogueToImport = (limits: number) => ({
  label: 'Nhập danh mục thủ tục',
  detail:
    limits === 0
      ? 'Tệp danh mục có mã, tên và thời hạn; không có tệp thì nhập thời hạn từng thủ tục.'
      : `${limits} thủ tục đã có thời hạn.`,
});

/** Line of the checklist of a new commune. */
export const casesToImport = (done: boolean) => ({
  label: 'Nhập danh sách hồ sơ',
  detail: done ? 'Đã có hồ sơ.' : 'Xuất danh sách từ hệ thống một cửa của tỉnh (.xlsx, .csv hoặc .json).',
});
