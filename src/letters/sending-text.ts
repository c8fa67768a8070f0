import { civil, dayOfInstant } from '../domain/local-date';

/** What a message tells of a letter. Neither the procedure nor a number of the person is among it. */
export interface ToldLetter {
  /** as inside a sentence: "Trung tâm Phục vụ hành chính công xã Bình Lư" */
  agency: string;
  phone: string | null;
  /** "Ông/Bà", or the organisation's name */
  call: string;
  code: string;
  /** the deadline is still ahead: it will be missed, it was not yet */
  before: boolean;
  settled: boolean;
  deadlineAt: Date;
  newDueAt: Date | null;
  reason: string | null;
}

/** One SMS of the GSM alphabet. */
export const SMS_LONGEST = 160;
/** A shorter piece of a reason tells nothing. */
const REASON_SHORTEST = 12;

const SHORT_NAMES: [RegExp, string][] = [
  [/Trung tâm Phục vụ hành chính công/giu, 'TTPVHCC'],
  [/(Ủy|Uỷ) ban nhân dân/giu, 'UBND'],
];

/** Letters without marks, of which each takes one place in an SMS. */
export const withoutMarks = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .replace(/[–—]/g, '-')
    .replace(/[“”]/g, '"')
    .replace(/[‘’]/g, "'")
    .replace(/…/g, '...')
    .replace(/\s+/g, ' ')
    .replace(/[^ -Z_a-z]/g, '');

function dayMonth(at: Date): string {
  const { day, month } = civil(dayOfInstant(at));
  return `${day}/${month}`;
}
const fullDay = (at: Date): string => `${dayMonth(at)}/${civil(dayOfInstant(at)).year}`;

/** What happened to the promise: the same in an SMS and in a longer message. */
function happened({ before, settled, deadlineAt }: ToldLetter): string {
  if (settled) return `đã trả quá hẹn ${dayMonth(deadlineAt)}`;
  return `${before ? 'không kịp' : 'chưa'} trả đúng hẹn ${dayMonth(deadlineAt)}`;
}

/** At most 160 characters without marks; the reason is cut to what fits, or left out. */
export function smsText(told: ToldLetter): string {
  const agency = SHORT_NAMES.reduce((name, [long, short]) => name.replace(long, short), told.agency);
  const again = told.newDueAt ? ` Hẹn trả lại ${fullDay(told.newDueAt)}.` : '';
  const head = withoutMarks(`${agency} xin lỗi ${told.call}: hồ sơ ${told.code} ${happened(told)}.${again}`);
  const tail = told.phone ? withoutMarks(` LH ${told.phone}`) : '';
  const room = SMS_LONGEST - head.length - tail.length - ' Ly do: .'.length;
  const reason = cutAtWord(withoutMarks(told.reason ?? '').replace(/[.;, ]+$/, ''), room);
  return `${head}${reason === '' ? '' : ` Ly do: ${reason}.`}${tail}`.slice(0, SMS_LONGEST);
}

function cutAtWord(text: string, room: number): string {
  if (text.length <= room) return text;
  const cut = text.slice(0, Math.max(0, room - '..'.length + 1)).replace(/\s*\S*$/, '');
  return cut.length < REASON_SHORTEST ? '' : `${cut}..`;
}

/** The same with marks and whole names, for Zalo. */
export function chatText(told: ToldLetter): string {
  const again = told.newDueAt ? ` Thời gian hẹn trả lại: ${fullDay(told.newDueAt)}.` : '';
  const reason = told.reason ? ` Lý do: ${told.reason.replace(/\s+/g, ' ').replace(/[.;, ]+$/, '')}.` : '';
  const contact = told.phone ? ` Liên hệ: ${told.phone}.` : '';
  return `${told.agency} xin lỗi ${told.call}: hồ sơ ${told.code} ${happened(told)}.${again}${reason}${contact}`;
}

const MOBILE = /^(?:\+?84|0)([35789]\d{8})$/;

/** '0912 000 111', '+84 912000111' -> '0912000111'; null when it is no mobile number. */
export function mobileNumber(text: string): string | null {
  const digits = MOBILE.exec(text.replace(/[\s.()-]/g, ''))?.[1];
  return digits === undefined ? null : `0${digits}`;
}
