import type { LocalSecond } from '../domain/local-date';
import { cleanText } from './clean-text';
import { timeText, type Fault } from './faults';
import type { Field, SourceRow } from './fields';
import type { ReadingRules } from './reading-rules';
import { RowCells } from './row-cells';
import { RowFaults } from './row-faults';
import { cellOf } from './source-objects';
import { STATUS_WORDS } from './vocabulary';

/** One line of CapNhatTienDoHoSoMC: what somebody did with a case, and when. */
export interface ProgressRecord {
  line: number;
  code: string;
  at: LocalSecond;
  status: number;
  officer: string | null;
  /** Position of the officer. */
  title: string | null;
  department: string | null;
  /** What was done. */
  content: string | null;
  stepBegan: LocalSecond | null;
  stepDue: LocalSecond | null;
}

export interface ReadProgress {
  record: ProgressRecord | null;
  faults: Fault[];
}

/** The fields of a case under which the values are read; the moments of a step stand where those of a case would. */
export const PROGRESS_KEYS = {
  code: 'MaHoSo',
  officerName: 'NguoiXuLy',
  receivedAt: 'ThoiDiemXuLy',
  departmentName: 'PhongBanXuLy',
  summary: 'NoiDungXuLy',
  status: 'TrangThai',
  submittedAt: 'NgayBatDau',
  promisedAt: 'NgayKetThucTheoQuyDinh',
} satisfies Partial<Record<Field, string>>;

const LONGEST_TITLE = 200;
/** Clocks of two systems differ. */
const AHEAD_SECONDS = 300;

export function toProgress(line: number, object: Record<string, unknown>, rules: ReadingRules): ReadProgress {
  const values: SourceRow['values'] = {};
  for (const [field, key] of Object.entries(PROGRESS_KEYS) as [keyof typeof PROGRESS_KEYS, string][])
    values[field] = cellOf(object[key]);
  const row: SourceRow = { line, carried: 0, values };
  const faults = new RowFaults(row, PROGRESS_KEYS, rules.word);
  const record = recordOf(row, object, new RowCells(row, rules, faults), faults);
  return { record: faults.faults.length === 0 ? record : null, faults: faults.faults };
}

function recordOf(
  { line, values }: SourceRow,
  object: Record<string, unknown>,
  cells: RowCells,
  faults: RowFaults,
): ProgressRecord {
  const code = cells.text('code', values.code);
  if (code === null && !faults.has('code')) faults.add('code', '', 'CODE_MISSING');
  const status = cells.word('status', values.status, STATUS_WORDS, 'STATUS_UNKNOWN');
  if (status === null && !faults.has('status')) faults.add('status', '', 'REQUIRED', { label: 'trạng thái' });
  return {
    ...{ line, code: code ?? '', status: status ?? 0, at: momentOf(values, cells, faults) ?? 0 },
    officer: cells.text('officerName', values.officerName),
    title: cleanText(String(cellOf(object.ChucDanh) ?? ''))?.slice(0, LONGEST_TITLE) ?? null,
    department: cells.text('departmentName', values.departmentName),
    content: cells.text('summary', values.summary),
    stepBegan: cells.time('submittedAt', values.submittedAt)?.at ?? null,
    stepDue: cells.endTime('promisedAt', values.promisedAt, null),
  };
}

/** Without its time of day nobody can say what came before and what after. */
function momentOf(values: SourceRow['values'], cells: RowCells, faults: RowFaults): LocalSecond | null {
  const time = cells.time('receivedAt', values.receivedAt);
  if (time === null) {
    const missing = { label: 'thời điểm xử lý' };
    return faults.has('receivedAt') ? null : faults.add('receivedAt', '', 'REQUIRED', missing);
  }
  if (time.dayOnly) return faults.add('receivedAt', cells.shown('receivedAt'), 'PROGRESS_WITHOUT_TIME');
  if (time.at > cells.now + AHEAD_SECONDS)
    return faults.add('receivedAt', timeText(time.at), 'PROGRESS_IN_FUTURE');
  return time.at;
}
