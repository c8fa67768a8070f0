import { z } from 'zod';
import { firstUnprintable } from '../documents/font-coverage';
import { isoDay } from '../domain/local-date';
import { fault } from '../web/form-fault';
import type { FormFault } from '../web/page';
import { parseTypedDay } from '../web/typed-instant';
import type { SlipComponent, StopNoticeModel, SupplementModel } from './case-slip-model';
import { cleanReason, reasonFaults, reasonLines } from './letter-reason';

/** Papers a request may ask for. */
const MOST_PAPERS = 30;
const COUNTS = ['ban_chinh', 'ban_chung_thuc', 'ban_photo'] as const;

const text = z.string().max(100_000).catch('');
const many = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .catch(undefined)
  .transform((value) => (value === undefined ? [] : [value].flat()).slice(0, MOST_PAPERS));
const token = z.string().min(8).max(80);

export const supplementForm = z.object({
  ma_xac_nhan: token,
  viec: z.enum(['lap', 'them-dong']).catch('lap'),
  ...{ giay_to: many, ban_chinh: many, ban_chung_thuc: many, ban_photo: many },
  ...{ ly_do: text, lien_he: text, dien_thoai: text, nguoi_huong_dan: text },
});
export type SupplementForm = z.output<typeof supplementForm>;

export const stopForm = z.object({
  ma_xac_nhan: token,
  ...{
    nguoi_de_nghi: text,
    ngay_de_nghi: text,
    ly_do: text,
    giai_doan: text,
    quyet_dinh: text,
    tai_chinh: text,
  },
  ...{ lien_he: text, dien_thoai: text },
});
export type StopForm = z.output<typeof stopForm>;

/** What somebody writes into a document, or what is wrong with it. */
export type Written<T> = { faults: FormFault[]; text: null } | { faults: null; text: T };

interface Line {
  what: string;
  most: number;
  required: boolean;
}

const SUPPLEMENT_LINES: Record<'lien_he' | 'dien_thoai' | 'nguoi_huong_dan', Line> = {
  lien_he: { what: 'nơi liên hệ', most: 200, required: true },
  dien_thoai: { what: 'điện thoại liên hệ', most: 40, required: false },
  nguoi_huong_dan: { what: 'người hướng dẫn', most: 100, required: true },
};
const STOP_LINES: Record<Exclude<keyof StopForm, 'ma_xac_nhan' | 'ngay_de_nghi' | 'ly_do'>, Line> = {
  nguoi_de_nghi: { what: 'người đề nghị', most: 200, required: true },
  giai_doan: { what: 'giai đoạn giải quyết', most: 400, required: true },
  quyet_dinh: { what: 'quyết định, kết quả', most: 400, required: true },
  tai_chinh: { what: 'phí, lệ phí, nghĩa vụ tài chính', most: 400, required: true },
  lien_he: { what: 'nơi liên hệ', most: 200, required: true },
  dien_thoai: { what: 'điện thoại liên hệ', most: 40, required: false },
};

export type SupplementText = Pick<SupplementModel, 'components' | 'reasonLines' | 'contact' | 'guide'>;

export function writtenSupplement(form: SupplementForm): Written<SupplementText> {
  const { components, faults } = componentsOf(form);
  const reason = cleanReason(form.ly_do);
  faults.push(...reasonFaults(reason, 'ly_do'), ...linesFaults(form, SUPPLEMENT_LINES));
  if (faults.length > 0) return { faults, text: null };
  const guide = oneLine(form.nguoi_huong_dan);
  return {
    faults: null,
    text: { components, reasonLines: reasonLines(reason), contact: contactOf(form), guide },
  };
}

export type StopText = Pick<
  StopNoticeModel,
  'requester' | 'requestDay' | 'reasonLines' | 'stage' | 'decision' | 'finance' | 'contact'
>;

/** @param days between which somebody can have asked, 'YYYY-MM-DD' */
export function writtenStop(form: StopForm, days: { from: string; to: string }): Written<StopText> {
  const reason = cleanReason(form.ly_do);
  const day = parseTypedDay(form.ngay_de_nghi);
  const requestDay = day === null ? '' : isoDay(day);
  const faults = linesFaults(form, STOP_LINES);
  if (requestDay < days.from || requestDay > days.to) faults.push(fault('ngay_de_nghi', 'SLIP_DAY_WRONG'));
  faults.push(...reasonFaults(reason, 'ly_do'));
  if (faults.length > 0) return { faults, text: null };
  return {
    faults: null,
    text: {
      ...{ requester: oneLine(form.nguoi_de_nghi), requestDay, reasonLines: reasonLines(reason) },
      ...{
        stage: clause(form.giai_doan),
        decision: clause(form.quyet_dinh),
        finance: clause(form.tai_chinh),
      },
      contact: contactOf(form),
    },
  };
}

const oneLine = (typed: string): string => typed.normalize('NFC').replace(/\s+/g, ' ').trim();
/** Inside a sentence: the form ends it. */
const clause = (typed: string): string => oneLine(typed).replace(/[.;,\s]+$/, '');

const contactOf = (form: { lien_he: string; dien_thoai: string }) => ({
  unit: oneLine(form.lien_he),
  phone: oneLine(form.dien_thoai) || null,
});

function linesFaults<K extends string>(form: Record<K, string>, lines: Record<K, Line>): FormFault[] {
  return (Object.keys(lines) as K[]).flatMap((field) => lineFaults(field, form[field], lines[field]));
}

function lineFaults(field: string, typed: string, { what, most, required }: Line): FormFault[] {
  const line = oneLine(typed);
  if (line === '') return required ? [fault(field, 'SLIP_TEXT_MISSING', { what })] : [];
  if (line.length > most) return [fault(field, 'SLIP_TEXT_TOO_LONG', { what, most })];
  const sign = firstUnprintable(line);
  return sign === undefined ? [] : [fault(field, 'SLIP_TEXT_UNPRINTABLE', { what, sign })];
}

function componentsOf(form: SupplementForm): { components: SlipComponent[]; faults: FormFault[] } {
  const components: SlipComponent[] = [];
  const faults: FormFault[] = [];
  form.giay_to.forEach((typed, i) => {
    const name = clause(typed);
    const counts = COUNTS.map((column) => countIn(form[column][i] ?? ''));
    const told = name !== '' || counts.some((n) => n !== null);
    if (!told) return;
    const found = paperFaults(i, name, counts);
    faults.push(...found);
    const [originals = null, certified = null, copies = null] = counts;
    components.push({ place: components.length + 1, name, originals, certified, copies });
  });
  if (components.length === 0) faults.push(fault('giay_to_1', 'SLIP_PAPERS_MISSING'));
  return { components, faults };
}

/** null: nothing is typed; NaN: no number of papers */
function countIn(typed: string): number | null {
  const digits = typed.trim();
  if (digits === '') return null;
  return /^[1-9]\d?$/.test(digits.replace(/^0/, '')) ? Number(digits) : NaN;
}

function paperFaults(i: number, name: string, counts: (number | null)[]): FormFault[] {
  const place = i + 1;
  if (name === '') return [fault(`giay_to_${place}`, 'SLIP_PAPER_NAMELESS', { place })];
  if (counts.some((n) => Number.isNaN(n)))
    return [fault(`ban_chinh_${place}`, 'SLIP_COUNT_UNREADABLE', { place })];
  if (counts.every((n) => n === null)) return [fault(`ban_chinh_${place}`, 'SLIP_COUNT_MISSING', { place })];
  return lineFaults(`giay_to_${place}`, name, {
    what: `tên giấy tờ ở dòng ${place}`,
    most: 300,
    required: true,
  });
}

/** Rows of the table of papers: those typed, and some to write into. */
export function paperRows(form: Pick<SupplementForm, 'giay_to' | (typeof COUNTS)[number]>, more: number) {
  const length = Math.min(MOST_PAPERS, Math.max(5, form.giay_to.length + more));
  return Array.from({ length }, (_, i) => ({
    ...{ place: i + 1, name: form.giay_to[i] ?? '' },
    ...{
      originals: form.ban_chinh[i] ?? '',
      certified: form.ban_chung_thuc[i] ?? '',
      copies: form.ban_photo[i] ?? '',
    },
  }));
}
