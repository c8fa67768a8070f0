import { dayOf, type LocalSecond } from '../domain/local-date';
import { isEmptyFormula, type Cell } from './cell';
import { cleanText } from './clean-text';
import type { CellField, Field, SourceRow } from './fields';
import { dayText, timeText, type FaultCode } from './faults';
import type { ReadingRules } from './reading-rules';
import type { RowFaults } from './row-faults';
import { isSerial, readTime, type SourceTime, type TimeFault } from './source-time';
import { suggestTime } from './suggestion';
import type { Vocabulary } from './vocabulary';

export type TimeField = 'submittedAt' | 'receivedAt' | 'promisedAt' | 'finishedAt' | 'returnedAt';

/** 2000-01-01 00:00:00 of local wall time: older than any one-stop system. */
export const EARLIEST: LocalSecond = 946_684_800;
const TEN_YEARS = 3_653 * 86_400;
const LONGEST: Partial<Record<Field, number>> = { code: 100, summary: 4_000, address: 4_000 };
const LONGEST_TEXT = 500;
const EXCEL_ERROR = /^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!)$/;
const TIME_FAULTS: Record<TimeFault, FaultCode> = {
  'not-a-date': 'NOT_A_DATE',
  'no-such-day': 'NO_SUCH_DAY',
  'no-such-time': 'NO_SUCH_TIME',
};
const EQUALS = 61;
const HASH = 35;

/** Reads the cells of one row as text, word or time; what cannot be read becomes a fault and counts as empty. */
export class RowCells {
  constructor(
    private readonly row: SourceRow,
    private readonly rules: ReadingRules,
    private readonly faults: RowFaults,
  ) {}

  carries(field: CellField): boolean {
    return this.row.values[field] !== undefined;
  }

  text(field: CellField, cell: Cell | undefined): string | null {
    if (cell === undefined || cell === null || cell === '') return null;
    if (isEmptyFormula(cell)) return this.faults.add(field, '', 'FORMULA_WITHOUT_VALUE');
    const text = cleanText(typeof cell === 'string' ? cell : String(cell));
    if (text === null) return null;
    const first = text.charCodeAt(0);
    if (first === EQUALS && typeof cell === 'string') return this.faults.add(field, text, 'FORMULA_TEXT');
    if (first === HASH && EXCEL_ERROR.test(text)) return this.faults.add(field, text, 'CELL_ERROR');
    if (text.length <= 100) return text;
    const limit = LONGEST[field] ?? LONGEST_TEXT;
    return text.length > limit ? this.faults.add(field, text, 'TOO_LONG', { limit }) : text;
  }

  /** Excel takes a telephone number for a number and drops its zero. */
  phone(cell: Cell | undefined): string | null {
    const text = this.text('phone', cell);
    return text !== null && /^[1-9]\d{8}$/.test(text) ? `0${text}` : text;
  }

  word<T>(field: CellField, cell: Cell | undefined, words: Vocabulary<T>, unknown: FaultCode): T | null {
    const text = this.text(field, cell);
    if (text === null) return null;
    const found = words.find(text);
    if (found !== undefined) return found;
    const args = { nearest: words.nearest(text) ?? '', known: words.official.join(', ') };
    return this.faults.add(field, text, unknown, args, words.meant(text));
  }

  /** A day without a time of day stands for its midnight. */
  time(field: TimeField, cell: Cell | undefined): SourceTime | null {
    const raw = this.rawTime(field, cell);
    if (raw === null) return null;
    const time = readTime(raw);
    if (typeof time === 'string') return this.wrongTime(field, raw, TIME_FAULTS[time]);
    if (time.at < EARLIEST) return this.wrongTime(field, raw, 'TOO_EARLY');
    return time.at > this.latest ? this.wrongTime(field, raw, 'TOO_LATE') : time;
  }

  /** As `time`, but a bare day ends when the office closes, and on the day of reception not before it. */
  endTime(field: TimeField, cell: Cell | undefined, received: LocalSecond | null): LocalSecond | null {
    const time = this.time(field, cell);
    if (time === null || !time.dayOnly) return time === null ? null : time.at;
    const close = time.at + this.rules.closesAt;
    return received !== null && dayOf(received) === dayOf(close) ? Math.max(close, received) : close;
  }

  /** The cell as a person sees it: serials as dates. */
  shown(field: TimeField): string {
    const raw = this.rawTime(field, this.row.values[field]);
    return raw === null ? '' : shownTime(raw);
  }

  /** When the row is read. */
  get now(): LocalSecond {
    return this.rules.now;
  }

  private get latest(): LocalSecond {
    return this.now + TEN_YEARS;
  }

  private wrongTime(field: TimeField, raw: string | number, code: FaultCode): null {
    const shown = code === 'TOO_EARLY' || code === 'TOO_LATE' ? shownTime(raw) : String(raw);
    const suggestion = suggestTime(String(raw), EARLIEST, this.latest);
    return this.faults.add(field, shown, code, { limit: dayText(this.latest) }, suggestion);
  }

  private rawTime(field: TimeField, cell: Cell | undefined): string | number | null {
    if (typeof cell === 'number' && isSerial(cell)) return cell + this.rules.serialShift;
    return this.text(field, cell);
  }
}

function shownTime(raw: string | number): string {
  if (typeof raw === 'string') return raw;
  const time = readTime(raw);
  return typeof time === 'string' ? String(raw) : timeText(time.at);
}
