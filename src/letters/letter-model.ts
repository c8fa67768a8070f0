import type { LimitUnit } from '../domain/deadline';

/**
 * Everything a letter's template may print. Frozen as JSON when the number is taken, so days are 'YYYY-MM-DD' and
 * instants ISO texts; templates fail on a field that is not here.
 */
export interface LetterModel {
  agencyParent: string;
  agency: string;
  /** as inside a sentence: "Trung tâm Phục vụ hành chính công xã Bình Lư" */
  agencyInText: string;
  /** who receives the citizen and gets the copy of an extension request */
  oneStop: string;
  place: string;
  /** null until the number is taken: a blank of 12 mm */
  number: number | null;
  suffix: string;
  /** null: day and month are blank */
  letterDate: string | null;
  addressee: Addressee;
  code: string;
  procedure: string;
  procedureCode: string | null;
  receivedAt: string;
  limit: { amount: number; unit: LimitUnit } | null;
  deadlineAt: string;
  settledDay: string | null;
  daysLate: number | null;
  /** paragraphs; empty: not yet written */
  reasonLines: string[];
  /** the case has been promised again before: no second new date */
  repeated: boolean;
  newDueAt: string | null;
  extensionDays: number | null;
  contact: { unit: string; phone: string | null } | null;
  copies: string[];
  signer: { authority: string[]; title: string; name: string };
  /** of the date, while its day is open */
  year?: number;
  /** a second new date, on somebody's word */
  secondPromise?: boolean;
  /** of a system error: what proves that the result was in time */
  evidence?: string | null;
  resultSignedDay?: string | null;
}

export interface Addressee {
  /** before the name: "Ông/Bà", or nothing for an organisation */
  title: string;
  name: string;
  /** in the text: "Ông/Bà", or the organisation's name */
  call: string;
  address: string | null;
}
