import { dayOf, type LocalSecond } from '../domain/local-date';
import { isEmptyFormula } from './cell';
import { cleanText } from './clean-text';
import type { Field, SourceRow } from './fields';
import { dayText, timeText, type FaultCode } from './faults';
import type { RowFaults } from './row-faults';
import { isSerial, readTime, type SourceTime, type TimeFault } from './source-time';
import type { Vocabulary } from './vocabulary';

export type CellField = keyof SourceRow['values'];
export type TimeField = 'submittedAt' | 'receivedAt' | 'promisedAt' | 'finishedAt' | 'returnedAt';

export interface ReadingRules {
  now: LocalSecond;
  /** Seconds after midnight at which the office closes; stands for the time of a day given without one. */
  closesAt: number;
  /** Days to add to serials of workbooks in the 1904 date system. */
  serialShift: number;
}

/** 2000-01-01 00:00:00 of local wall time: older than any one-stop system. */
const EARLIEST: LocalSecond = 946_684_800;
const TEN_YEARS = 3_653 * 86_400;
const LONGEST: Partial<Record<Field, number>> = { code: 100, summary: 4_000, address: 4_000 };
const LONGEST_TEXT = 500;
const EXCEL_ERROR = /^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!)$/;
const TIME_FAULTS: Record<TimeFault, FaultCode> = {
  'not-a-date': 'NOT_A_DATE',
  'no-such-day': 'NO_SUCH_DAY',
  'no-such-time': 'NO_SUCH_TIME',
};

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

  text(field: CellField): string | null {
    const cell = this.row.values[field];
    if (cell === undefined || cell === null) return null;
    if (isEmptyFormula(cell)) return this.faults.add(field, '', 'FORMULA_WITHOUT_VALUE');
    const text = cleanText(String(cell));
    if (text === null) return null;
    if (typeof cell === 'string' && text.startsWith('=')) return this.faults.add(field, text, 'FORMULA_TEXT');
    if (EXCEL_ERROR.test(text)) return this.faults.add(field, text, 'CELL_ERROR');
    const limit = LONGEST[field] ?? LONGEST_TEXT;
    return text.length > limit ? this.faults.add(field, text, 'TOO_LONG', { limit }) : text;
  }

  word<T>(field: CellField, words: Vocabulary<T>, unknown: FaultCode): T | null {
    const text = this.text(field);
    if (text === null) return null;
    const nearest = () => ({ nearest: words.nearest(text) ?? '', known: words.official.join(', ') });
    return words.find(text) ?? this.faults.add(field, text, unknown, nearest());
  }

  /** A day without a time of day stands for its midnight. */
  time(field: TimeField): SourceTime | null {
    const raw = this.rawTime(field);
    if (raw === null) return null;
    const time = readTime(raw);
    if (typeof time === 'string') return this.faults.add(field, String(raw), TIME_FAULTS[time]);
    if (time.at < EARLIEST) return this.faults.add(field, this.shown(field), 'TOO_EARLY');
    const limit = this.rules.now + TEN_YEARS;
    if (time.at > limit)
      return this.faults.add(field, this.shown(field), 'TOO_LATE', { limit: dayText(limit) });
    return time;
  }

  /** As `time`, but a bare day ends when the office closes, and on the day of reception not before it. */
  endTime(field: TimeField, received: LocalSecond | null): LocalSecond | null {
    const time = this.time(field);
    if (time === null || !time.dayOnly) return time?.at ?? null;
    const close = time.at + this.rules.closesAt;
    return received !== null && dayOf(received) === dayOf(close) ? Math.max(close, received) : close;
  }

  /** The cell as a person sees it: serials as dates. */
  shown(field: TimeField): string {
    const raw = this.rawTime(field);
    const time = typeof raw === 'number' ? readTime(raw) : raw;
    if (time === null) return '';
    return typeof time === 'object' ? timeText(time.at) : time;
  }

  private rawTime(field: TimeField): string | number | null {
    const cell = this.row.values[field];
    return typeof cell === 'number' && isSerial(cell) ? cell + this.rules.serialShift : this.text(field);
  }
}
