import { DAY_SECONDS, secondOfDay, type LocalSecond } from '../domain/local-date';
import { cellText, type TableRow } from './cell';
import { readTime } from './source-time';

/** Words with which exports say when they were made. */
const MADE =
  /(tính đến|đến thời điểm|thời điểm|ngày giờ kết xuất|(ngày|giờ|thời gian|lúc) ?(kết )?xuất|kết xuất|xuất (dữ liệu|báo cáo|lúc|ngày)|ngày (lập|in|trích xuất)|in (lúc|ngày)|trích xuất)/i;
const DAY =
  /(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})|(\d{4})-(\d{2})-(\d{2})/i;
const CLOCK = /(\d{1,2})\s*(?:[:h]|giờ)\s*(\d{2})?(?:\s*(?::|phút)\s*(\d{2})?)?/i;

/**
 * The moment at which the list was made, as the title rows above the heading tell it; null when they do not. A bare day
 * stands for the hour at which the office closes, and no list is made in the future.
 */
export function titleTime(
  titles: TableRow[],
  rules: { now: LocalSecond; closesAt: number },
): LocalSecond | null {
  for (const { cells } of titles) {
    const at = cells.findIndex((cell) => MADE.test(cellText(cell)));
    if (at < 0) continue;
    const own = cellText(cells[at]).replace(new RegExp(`^.*?${MADE.source}`, 'i'), '');
    const found = timeIn(own) ?? valueBeside(cells.slice(at + 1));
    if (found === null) continue;
    const moment = found.dayOnly ? found.at + rules.closesAt : found.at;
    if (found.at <= rules.now + DAY_SECONDS) return Math.min(moment, rules.now);
  }
  return null;
}

/** "Ngày xuất:" in one cell, the day in the next. */
function valueBeside(cells: TableRow['cells']): { at: LocalSecond; dayOnly: boolean } | null {
  const next = cells.find((cell) => cellText(cell) !== '');
  if (typeof next !== 'number') return timeIn(cellText(next));
  const time = readTime(next);
  return typeof time === 'string' ? null : time;
}

function timeIn(text: string): { at: LocalSecond; dayOnly: boolean } | null {
  const day = DAY.exec(text);
  if (!day) return null;
  const [d, m, y] = day[3]
    ? [day[1], day[2], day[3]]
    : day[6]
      ? [day[4], day[5], day[6]]
      : [day[9], day[8], day[7]];
  const time = readTime(`${d}/${m}/${y}`);
  if (typeof time === 'string') return null;
  const clock = CLOCK.exec(text.replace(day[0], ' '));
  if (!clock) return time;
  const seconds = Number(clock[1]) * 3600 + Number(clock[2] ?? 0) * 60 + Number(clock[3] ?? 0);
  return seconds < DAY_SECONDS ? { at: time.at - secondOfDay(time.at) + seconds, dayOnly: false } : time;
}
