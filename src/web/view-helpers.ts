import Handlebars from 'handlebars';
import {
  civil,
  dayOfInstant,
  type EpochDay,
  parseIsoDay,
  secondOfDay,
  toLocalSecond,
} from '../domain/local-date';
import type { TimeLeft } from '../domain/outcome';
import { alertGroupName, alertReason, type AlertGroupKey, type AlertReason } from '../platform/alert-labels';
import { labels } from '../platform/labels';
import { vietnameseNumber } from '../platform/vietnamese-number';
import type { FormFault } from './page';

/** What a template may hand to a date helper: an instant, 'YYYY-MM-DD', or an epoch day of the domain. */
export type DayLike = Date | string | EpochDay;

type Helper = (...args: never[]) => unknown;
type Faults = { root: { faults?: FormFault[] } };
type PageClock = { data?: { root?: { now?: Date } } };

const WEEKDAYS = ['thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy', 'Chủ nhật'];
const WEEKDAYS_SHORT = ['T2', 'T3', 'T4', 'T5', 'T6', 'T7', 'CN'];
const TONES: Record<string, string> = { overdue: 'late', later: 'safe', paused: 'pause', unknown: 'none' };
const TONE_NAMES = new Set(['late', 'today', 'soon', 'week', 'safe', 'pause', 'info', 'none']);
const NOTE_ICONS: Record<string, string> = { late: 'late', safe: 'safe', today: 'today', pause: 'pause' };

/** Nothing for null, which a view model says on purpose; a forgotten field is a fault of the template. */
function given<T>(value: T | null | undefined, format: (value: T) => string, none = ''): string {
  if (value === undefined) throw new Error('a helper got a field that the view model does not have');
  return value === null ? none : format(value);
}

const two = (n: number): string => String(n).padStart(2, '0');

function civilOf(value: DayLike) {
  if (value instanceof Date) return civil(dayOfInstant(value));
  return civil(typeof value === 'number' ? value : parseIsoDay(value));
}

const dayMonth = (value: DayLike): string => {
  const c = civilOf(value);
  return `${c.day}/${c.month}`;
};
/** Days in a row: "24/11", "21–22/11", "28/11–2/12". */
function dayRange(from: DayLike, to: DayLike): string {
  const [a, b] = [civilOf(from), civilOf(to)];
  if (a.day === b.day && a.month === b.month) return dayMonth(to);
  return `${a.month === b.month ? a.day : dayMonth(from)}–${dayMonth(to)}`;
}
/** "23/11/2026" */
export const fullDay = (value: DayLike): string => `${dayMonth(value)}/${civilOf(value).year}`;
/** The year is said where it is not the one of the page's clock: "23/1/2025". */
function nearDay(value: DayLike, { data }: PageClock): string {
  const now = data?.root?.now;
  return now && civilOf(now).year !== civilOf(value).year ? fullDay(value) : dayMonth(value);
}

/** "07:30 thứ Hai 23/11/2026", for a sentence made in code. */
export const momentText = (value: Date): string => `${timeOfDay(value)} ${dayWithWeekday(value)}`;

/** "thứ Hai 23/11/2026", for a sentence made in code. */
export const dayWithWeekday = (value: DayLike): string => `${weekday(value, WEEKDAYS)} ${fullDay(value)}`;

const weekday = (value: DayLike, names: string[]): string => names[civilOf(value).weekday - 1] ?? '';

function timeOfDay(value: Date): string {
  const minutes = Math.floor(secondOfDay(toLocalSecond(value)) / 60);
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

const percent = (value: number): string => `${vietnameseNumber(value, Number.isInteger(value) ? 0 : 2)}%`;

const LEFT_WORDS = { left: 'Còn', 'past-hour': 'Qua giờ hẹn', overdue: 'Quá' };

/** Hours are said under one day and always when overdue; minutes only under one day. */
export function timeLeftText(left: TimeLeft): string {
  const days = left.days > 0 ? `${left.days} ngày` : '';
  const hours = left.hours > 0 && (left.state !== 'left' || !days) ? `${left.hours} giờ` : '';
  const minutes = left.minutes > 0 && !days ? `${left.minutes} phút` : '';
  const amount = [days, hours, minutes].filter(Boolean).join(' ');
  if (!amount && left.state === 'overdue') return 'Vừa quá hạn';
  return `${LEFT_WORDS[left.state]} ${amount || 'dưới 1 phút'}`;
}

export const toneOf = (urgency: string): string =>
  TONES[urgency] ?? (TONE_NAMES.has(urgency) ? urgency : 'none');

interface StripCell {
  role: string;
  worked: boolean;
  overdueBy: number | null;
  today: boolean;
}

function stripClass(cell: StripCell): string {
  const roles: Record<string, string> = {
    received: 'is-recv',
    paused: 'is-pause',
    due: 'is-due',
    counted: '',
    after: cell.overdueBy ? 'is-over' : 'is-off',
  };
  const names = [roles[cell.role] ?? 'is-off', cell.worked ? 'is-make' : '', cell.today ? 'is-now' : ''];
  return names.filter(Boolean).join(' ');
}

const same = (a: unknown, b: unknown): boolean =>
  a === b || (a != null && b != null && String(a) === String(b));

/** The last argument of every helper is Handlebars' own; the rest is what the template wrote. */
const operands = (args: unknown[]): unknown[] => args.slice(0, -1);

function times(this: unknown, count: number, options: Handlebars.HelperOptions): string {
  return options.fn(this).repeat(Math.max(0, count));
}

function faultOf(id: string, options: { data: Faults }): string | undefined {
  return options.data.root.faults?.find((f) => f.field === id)?.text;
}

const dates = {
  ngay: (v: DayLike | null) => given(v, fullDay),
  ngayNgan: (v: DayLike | null) => given(v, dayMonth),
  gio: (v: Date | null) => given(v, timeOfDay),
  thuNgay: (v: DayLike | null) => given(v, dayWithWeekday),
  khoangNgay: (from: DayLike, to: DayLike) => dayRange(from, to),
  ngayGan: (v: DayLike | null, page: PageClock) => given(v, (d) => nearDay(d, page)),
  thuNgayNgan: (v: DayLike | null, page: PageClock) =>
    given(v, (d) => `${weekday(d, WEEKDAYS)} ${nearDay(d, page)}`),
  /** 1 = Monday */
  thuTrongTuan: (v: number | null) => given(v, (n) => WEEKDAYS[n - 1] ?? ''),
  thuNgan: (v: DayLike | null) => given(v, (d) => weekday(d, WEEKDAYS_SHORT)),
  hen: (v: Date | null, page: PageClock) =>
    given(v, (d) => `${timeOfDay(d)} ${weekday(d, WEEKDAYS)} ${nearDay(d, page)}`),
};

const numbers = {
  soVN: (v: number | null) => given(v, (n) => vietnameseNumber(n), '–'),
  phanTram: (v: number | null) => given(v, percent, 'chưa có số liệu'),
  diem: (v: number | null) => given(v, (n) => vietnameseNumber(n, 2), '–'),
  nhomNhac: (v: AlertGroupKey) => alertGroupName(v),
  inHoa: (v: string) => v.toUpperCase(),
  chuThuong: (v: string) => v.charAt(0).toLowerCase() + v.slice(1),
  lyDoNhac: (v: AlertReason) => given(v, alertReason),
  conLai: (v: TimeLeft | null) => given(v, timeLeftText),
  lyDoLech: labels.mismatchReason,
};

const logic = {
  eq: same,
  gt: (a: number, b: number) => a > b,
  not: (a: unknown) => Handlebars.Utils.isEmpty(a) || a === 0,
  and: (...args: unknown[]) => operands(args).every(Boolean),
  or: (...args: unknown[]) => operands(args).find(Boolean) ?? null,
  concat: (...args: unknown[]) => operands(args).join(''),
  json: (v: unknown) => JSON.stringify(v),
};

const marks = {
  tone: (v: string | null) => given(v, toneOf, 'none'),
  noteIcon: (tone: string) => NOTE_ICONS[tone] ?? 'info',
  stripClass,
  repeat: times,
  fault: faultOf,
};

/**
 * `{{tone}}` without operands means the field of that name, as it would if there were no such helper.
 * @param name of the helper, and of the field
 */
function orField(name: string, helper: Helper): Helper {
  return function (this: Record<string, unknown>, ...args: unknown[]) {
    const alone = args.length === 1 && this && Object.hasOwn(this, name);
    const field = alone ? this[name] : undefined;
    if (alone) return name === 'tone' ? toneOf(String(field)) : field;
    return (helper as (...a: unknown[]) => unknown).apply(this, args);
  } as Helper;
}

/** Every helper of a template; `asset` gives the address of a static file. */
export function viewHelpers(asset: (name: string) => string): Record<string, Helper> {
  const helpers: Record<string, Helper> = { ...dates, ...numbers, ...logic, ...marks, asset };
  return Object.fromEntries(Object.entries(helpers).map(([name, helper]) => [name, orField(name, helper)]));
}
