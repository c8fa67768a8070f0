import type { LocalSecond } from '../domain/local-date';
import type { ChosenColumn } from './column-mapping';
import type { KnownCommune } from './commune-finder';
import type { EarlyGround } from './early-deadline';
import type { Wording } from './faults';
import type { CellField } from './fields';

/** Replacement texts of cells, by line and field; they are read instead of what the file holds. */
export type Corrections = Record<number, Partial<Record<CellField, string>>>;

/** What reading depends on besides the file. */
export interface FixedRules {
  now: LocalSecond;
  /** Seconds after midnight at which the office closes; stands for the time of a day given without one. */
  closesAt: number;
  /** To which rows may belong: one commune, or all of a province. */
  communes?: KnownCommune[];
  /** What a person decided that the columns mean. */
  columns?: ChosenColumn[];
  corrections?: Corrections;
  /** With it the deadlines of new cases come along. */
  early?: EarlyGround;
}

export interface ReadingRules extends FixedRules {
  /** Days to add to serials of workbooks in the 1904 date system. */
  serialShift: number;
  /** Default: the words for files. */
  word?: Wording;
}
