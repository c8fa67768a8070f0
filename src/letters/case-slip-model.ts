import type { LetterModel } from './letter-model';

/** What a supplement request and a stop notice have in common with a letter. */
type Common = Pick<
  LetterModel,
  | 'agencyParent'
  | 'agency'
  | 'agencyInText'
  | 'place'
  | 'number'
  | 'suffix'
  | 'letterDate'
  | 'addressee'
  | 'code'
  | 'procedure'
  | 'procedureCode'
  | 'receivedAt'
  | 'reasonLines'
  | 'contact'
>;

export interface SlipComponent {
  /** from 1 */
  place: number;
  name: string;
  originals: number | null;
  certified: number | null;
  copies: number | null;
}

/** Everything a supplement request may print (Mẫu 02). */
export interface SupplementModel extends Common {
  applicantPhone: string | null;
  applicantEmail: string | null;
  components: SlipComponent[];
  /** who tells the citizen what is lacking */
  guide: string;
}

/** Everything a stop notice may print (Mẫu 05). */
export interface StopNoticeModel extends Common, Pick<LetterModel, 'copies' | 'signer'> {
  promisedAt: string | null;
  requester: string;
  requestDay: string;
  stopDay: string;
  stage: string;
  decision: string;
  finance: string;
}

export type SlipModel = SupplementModel | StopNoticeModel;
