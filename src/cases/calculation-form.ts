import { z } from 'zod';
import type { PauseKind } from '../domain/case-clock';
import { atSecond } from '../domain/local-date';
import type { FormFault } from '../web/page';
import type { Asked, AskedLimit, AskedPause, Told } from './calculation-question';
import { SUPPLEMENT_MODES } from './limit-form';
import { LIMIT_UNITS } from './procedure-catalogue';
import { parseTypedDay, parseTypedTime } from '../web/typed-instant';

export const PAUSE_KINDS = ['supplement', 'suspension'] as const satisfies PauseKind[];
export const TIMES_OF_DAY = ['end-of-office', 'same-hour'] as const;

/** One line of text; control characters mean nothing in it. */
export const line = z
  .string()
  .max(200)
  .transform((given) => given.replace(/\p{Cc}/gu, ' ').trim());

const text = (description: string, example: string) => line.default('').meta({ description, example });
/** One value a pause; all columns have the same order. */
function column<T extends string>(description: string, example: string, cell: z.ZodType<T, string>) {
  return z
    .union([cell, z.array(cell)])
    .transform((given) => [given].flat() as T[])
    .default([])
    .meta({ description: `${description} Lặp lại tham số cho mỗi lần tạm dừng, theo cùng thứ tự.`, example });
}

/** The question as the page's address writes it. */
const fields = {
  thu_tuc: text('Mã thủ tục trong danh mục. Để trống khi tự ghi thời hạn.', '1.004193'),
  so: text('Thời hạn tự ghi: số nguyên từ 1 đến 9999; để trống khi giải quyết trong ngày.', '5'),
  don_vi: z
    .enum(['', ...LIMIT_UNITS])
    .default('')
    .meta({ description: 'Đơn vị của thời hạn tự ghi.', example: 'working-days' }),
  gio_chot: text('Giờ chốt nhận hồ sơ: nhận sau giờ này tính như nhận ngày làm việc kế tiếp.', '15:00'),
  bo_sung: z
    .enum(['', ...SUPPLEMENT_MODES])
    .default('')
    .meta({ description: 'Khi bổ sung đủ: tính lại từ đầu (để trống) hoặc lùi hạn.', example: 'restart' }),
  gio_tra: z
    .enum(['', ...TIMES_OF_DAY])
    .default('')
    .meta({
      description: 'Giờ của hạn: hết giờ làm việc hoặc đúng giờ nhận; để trống theo cơ quan.',
      example: 'same-hour',
    }),
  nhan_ngay: text('Ngày tiếp nhận, dd/mm/yyyy.', '28/8/2026'),
  nhan_gio: text('Giờ tiếp nhận.', '09:30'),
  hen_ngay: text('Ngày hệ thống nguồn đã hẹn, để so sánh.', '4/9/2026'),
  hen_gio: text('Giờ hệ thống nguồn đã hẹn.', '17:00'),
  co_quan: text('Mã đơn vị có lịch làm việc dùng để tính; để trống theo người hỏi.', 'H35.50.12'),
  dung: column(
    'Loại tạm dừng: supplement (chờ bổ sung) hoặc suspension (tạm dừng khác).',
    'supplement',
    z.enum(['', ...PAUSE_KINDS]),
  ),
  tu_ngay: column('Ngày bắt đầu tạm dừng.', '31/8/2026', line),
  tu_gio: column('Giờ bắt đầu tạm dừng.', '16:40', line),
  den_ngay: column('Ngày hết tạm dừng; để trống khi còn tạm dừng.', '3/9/2026', line),
  den_gio: column('Giờ hết tạm dừng.', '10:00', line),
  ly_do: column('Lý do tạm dừng, nêu lại trong cách tính.', 'Thiếu bản sao giấy tờ', line),
};

const COLUMNS = ['dung', 'tu_ngay', 'tu_gio', 'den_ngay', 'den_gio', 'ly_do'] as const;

/** Columns of unequal length would give a pause the end of another. */
const aligned = (query: Record<(typeof COLUMNS)[number], string[]>): boolean =>
  new Set(COLUMNS.map((name) => query[name].length).filter((length) => length > 0)).size <= 1;
const MISALIGNED = {
  path: ['dung'],
  message: `${COLUMNS.join(', ')}: tham số nào có thì lặp lại đủ cho mọi lần tạm dừng`,
};

/** Nothing unknown: a misspelt pause must not be left out silently. */
export const calculationQuery = z.strictObject(fields).refine(aligned, MISALIGNED);
/** `them` asks for further rows of pauses; whatever else stands in an address that people passed on is let be. */
export const calculationPageQuery = z
  .object({ ...fields, them: z.string().optional() })
  .refine(aligned, MISALIGNED);

export type CalculationQuery = z.infer<typeof calculationQuery>;

export interface PauseRow {
  kind: PauseKind | '';
  fromDay: string;
  fromTime: string;
  toDay: string;
  toTime: string;
  ground: string;
}

const EMPTY_ROW: PauseRow = { kind: '', fromDay: '', fromTime: '', toDay: '', toTime: '', ground: '' };

/** The pauses that were written, without the rows left empty, and then `spare` empty ones. */
export function pauseRows(query: CalculationQuery, spare: number): PauseRow[] {
  const { dung, tu_ngay, tu_gio, den_ngay, den_gio, ly_do } = query;
  const longest = Math.max(...COLUMNS.map((name) => query[name].length));
  const rows = Array.from({ length: longest }, (_, i): PauseRow => ({
    kind: dung[i] ?? '',
    fromDay: tu_ngay[i] ?? '',
    fromTime: tu_gio[i] ?? '',
    toDay: den_ngay[i] ?? '',
    toTime: den_gio[i] ?? '',
    ground: ly_do[i] ?? '',
  }));
  const written = rows.filter((row) => Object.values({ ...row, kind: '' }).some((value) => value !== ''));
  return [...written, ...Array<PauseRow>(spare).fill(EMPTY_ROW)];
}

/** True when somebody asks something, not only opens the page. */
export const asksAnything = (query: CalculationQuery): boolean =>
  Object.values(query).some((value) => value.length > 0);

const toldNumber = (text: string): Told => {
  if (text === '') return null;
  return /^\d{1,9}$/.test(text) ? Number(text) : 'unreadable';
};

/** Minutes since midnight. */
export function toldMinutes(text: string): Told {
  if (text === '') return null;
  const seconds = parseTypedTime(text);
  return seconds === null ? 'unreadable' : Math.floor(seconds / 60);
}

function toldInstant(day: string, time: string): Told {
  if (day === '' && time === '') return null;
  const [d, t] = [parseTypedDay(day), parseTypedTime(time)];
  return d === null || t === null ? 'unreadable' : atSecond(d, t);
}

/** Nothing of a limit written: the procedure's counts. */
function limitOf({ so, don_vi, gio_chot, bo_sung, gio_tra }: CalculationQuery): AskedLimit | null {
  if (!so && !don_vi && !gio_chot && !bo_sung && !gio_tra) return null;
  return {
    amount: toldNumber(so),
    unit: don_vi || null,
    receptionCutoff: toldMinutes(gio_chot),
    supplementMode: bo_sung || null,
    timeOfDay: gio_tra || null,
  };
}

const pauseOf = (row: PauseRow): AskedPause => ({
  kind: row.kind || 'supplement',
  from: toldInstant(row.fromDay, row.fromTime),
  to: toldInstant(row.toDay, row.toTime),
  ground: row.ground,
});

export const askedByQuery = (query: CalculationQuery): Asked => ({
  procedure: query.thu_tuc || null,
  limit: limitOf(query),
  receivedAt: toldInstant(query.nhan_ngay, query.nhan_gio),
  promisedAt: toldInstant(query.hen_ngay, query.hen_gio),
  pauses: pauseRows(query, 0).map(pauseOf),
  unit: query.co_quan || null,
  written: 'typed',
});

const INPUTS: Record<string, string> = {
  procedure: 'thu_tuc',
  'limit.amount': 'so',
  'limit.unit': 'don_vi',
  'limit.receptionCutoff': 'gio_chot',
  receivedAt: 'nhan_ngay',
  promisedAt: 'hen_ngay',
  unit: 'co_quan',
  pauses: 'dung_1',
};

/** The fault at the input of the page; pauses stand there without the rows left empty. */
export function atInput({ field, text }: FormFault): FormFault {
  const [, row, end] = /^pauses\.(\d+)\.(from|to)$/.exec(field) ?? [];
  if (row === undefined) return { field: INPUTS[field] ?? field, text };
  return { field: `${end === 'from' ? 'tu' : 'den'}_ngay_${Number(row) + 1}`, text };
}
