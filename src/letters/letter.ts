import type { LetterCause, LetterForm } from '../domain/apology';
import type { LimitUnit } from '../domain/deadline';
import type { Outcome } from '../domain/outcome';
import type { ApplicantKind } from './addressee';
import type { LetterModel } from './letter-model';
import type { ReasonNature } from './letter-reason';

export type { LetterCause, LetterForm };

/**
 * draft: something is missing; ready: complete, waits for approval; approved: the text is frozen, number and date are
 * open; cancelled keeps its number.
 */
export type LetterState =
  'draft' | 'ready' | 'approved' | 'numbered' | 'printed' | 'sent' | 'cancelled' | 'not-needed';

/** The text somebody approved. */
export interface ApprovedText {
  versionId: number;
  version: number;
  formId: number;
  model: LetterModel;
  sha256: string;
  approvedAt: Date;
  approvedBy: string | null;
}

/** A letter with the facts of its case. */
export interface Letter {
  id: number;
  unitId: number;
  caseId: number;
  form: LetterForm;
  state: LetterState;
  cause: LetterCause;
  /** the deadline it apologises for */
  deadlineAt: Date;
  reason: string | null;
  reasonNature: ReasonNature | null;
  newDueAt: Date | null;
  number: number | null;
  suffix: string | null;
  letterDate: string | null;
  /** as numbered; null before */
  model: LetterModel | null;
  approved: ApprovedText | null;
  fileSha256: string | null;
  signedSha256: string | null;
  numberedAt: Date | null;
  blankPrintedAt: Date | null;
  sentAt: Date | null;
  reportedBy: string | null;
  reportedAt: Date | null;
  returnedRemark: string | null;
  returnedBy: string | null;
  overrideReason: string | null;
  overrideBy: string | null;
  code: string;
  applicantName: string;
  applicantKind: ApplicantKind | null;
  address: string | null;
  procedureName: string;
  procedureCode: string | null;
  departmentName: string | null;
  departmentIsCentre: boolean;
  receivedAt: Date;
  settledDay: string | null;
  limitAmount: number | null;
  limitUnit: LimitUnit | null;
  /** the one re-promise has been used, by another letter */
  promisedAgain: boolean;
  /** of a confirmed error of a system */
  evidence: string | null;
}

/** What decides whether the case of a draft still owes it. */
export interface OwedFacts {
  caseId: number;
  /** whose calendar the case follows */
  calendarUnitId: number;
  letterId: number | null;
  form: LetterForm | null;
  state: LetterState | null;
  settled: boolean;
  outcome: Outcome | null;
  receivedAt: Date;
  deadlineAt: Date | null;
  sameDeadline: boolean;
  paused: boolean;
  /** Somebody said that the deadline will be missed. */
  reported: boolean;
  /** Somebody wrote into the draft. */
  touched: boolean;
  /** Somebody confirmed that only a system says so. */
  excused: boolean;
}

export const isDraft = ({ state }: Pick<Letter, 'state'>): boolean => state === 'draft' || state === 'ready';
export const isUnsent = ({ state }: Pick<Letter, 'state'>): boolean =>
  state === 'numbered' || state === 'printed';
export const isNumbered = ({ state }: Pick<Letter, 'state'>): boolean =>
  state === 'numbered' || state === 'printed' || state === 'sent';

/** Of a slip nothing is promised, nor of what is over; a second date only by somebody's word. */
export const asksNewDue = (letter: Pick<Letter, 'form' | 'promisedAgain' | 'overrideReason'>): boolean =>
  (letter.form === 'extension-apology' || letter.form === 'late-apology') &&
  (!letter.promisedAgain || letter.overrideReason !== null);
