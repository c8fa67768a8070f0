import { isoLocal, secondOfDay, toInstant } from '../domain/local-date';
import { isTold, type Asked, type AskedLimit, type AskedPause, type Told } from './calculation-question';
import { typed } from '../web/typed-instant';

/** Day and time as typed, with seconds where there are any: the link asks exactly the same. */
function written(told: Told): { day: string; time: string } {
  if (!isTold(told)) return { day: '', time: '' };
  const instant = toInstant(told);
  const seconds = secondOfDay(told) % 60 === 0 ? '' : isoLocal(instant).slice(16, 19);
  const { day, time } = typed(instant);
  return { day, time: time + seconds };
}

const two = (n: number): string => String(n).padStart(2, '0');

function limitPairs(limit: AskedLimit | null): [string, string][] {
  if (!limit) return [];
  const { amount, receptionCutoff: cutoff } = limit;
  return [
    ['so', isTold(amount) && amount > 0 ? String(amount) : ''],
    ['don_vi', limit.unit ?? ''],
    ['gio_chot', isTold(cutoff) ? `${two(Math.floor(cutoff / 60))}:${two(cutoff % 60)}` : ''],
    ['bo_sung', limit.supplementMode ?? ''],
    ['gio_tra', limit.timeOfDay ?? ''],
  ];
}

const PAUSE_COLUMNS = ['dung', 'tu_ngay', 'tu_gio', 'den_ngay', 'den_gio', 'ly_do'];

/** Columns that are empty for every pause are left out, the others name every pause. */
function pausePairs(pauses: AskedPause[]): [string, string][] {
  const rows = pauses.map(({ kind, from, to, ground }) => {
    const [begins, ends] = [written(from), written(to)];
    return [kind, begins.day, begins.time, ends.day, ends.time, ground];
  });
  const used = PAUSE_COLUMNS.map((name, c) => ({ name, c })).filter(({ c }) => rows.some((row) => row[c]));
  return rows.flatMap((row) => used.map(({ name, c }): [string, string] => [name, row[c]!]));
}

/** The address that asks the same question; empty parts are left out. */
export function linkOf({ procedure, limit, receivedAt, promisedAt, pauses, unit }: Asked): string {
  const [received, promised] = [written(receivedAt), written(promisedAt)];
  const single: [string, string][] = [
    ['thu_tuc', procedure ?? ''],
    ...limitPairs(limit),
    ['nhan_ngay', received.day],
    ['nhan_gio', received.time],
    ['hen_ngay', promised.day],
    ['hen_gio', promised.time],
    ['co_quan', unit ?? ''],
  ];
  const given = [...single.filter(([, value]) => value !== ''), ...pausePairs(pauses)];
  return `/tinh-han?${new URLSearchParams(given).toString()}`;
}

/** True when both addresses ask the same in the same words. */
export function sameQuery(a: string, b: string): boolean {
  const pairs = (url: string): string => new URLSearchParams(url.split('?')[1] ?? '').toString();
  return pairs(a) === pairs(b);
}
