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
  /** null while it is open: blanks for day and month, and the year */
  letterDate: string | null;
  year: number;
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
  /** the case has been promised again before, and nobody allowed a second new date: the letter has none */
  repeated: boolean;
  /** the new date is the second one, allowed by somebody answerable: the rule of one is not quoted */
  secondPromise: boolean;
  /** what proves that only a system says so; of the slip */
  evidence: string | null;
  /** day the result was signed, where it is known; of the slip */
  resultSignedDay: string | null;
  newDueAt: string | null;
  extensionDays: number | null;
  contact: { unit: string; phone: string | null } | null;
  copies: string[];
  signer: { authority: string[]; title: string; name: string };
}

export interface Addressee {
  /** before the name: "Ông/Bà", or nothing for an organisation */
  title: string;
  name: string;
  /** in the text: "Ông/Bà", or the organisation's name */
  call: string;
  address: string | null;
}

/** What letters frozen by earlier versions of the program lack. */
const LATER_FIELDS = { secondPromise: false, evidence: null, resultSignedDay: null };

/** A frozen model with the fields that came after it. */
export const completed = (model: LetterModel): LetterModel => ({
  ...LATER_FIELDS,
  ...model,
  year: model.year ?? Number((model.letterDate ?? '').slice(0, 4)),
});
