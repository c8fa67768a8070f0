/** A large file made in the background: letters for the printer, for a word processor, or what proves them. */
export type LetterFileKind = 'pdf' | 'docx' | 'pack-zip' | 'pack-pdf';
export type LetterFileState = 'waiting' | 'running' | 'done' | 'failed';

export interface LettersRequest {
  letterIds: number[];
}
/** Both days belong to the period. */
export interface PackRequest {
  from: string;
  to: string;
}

export interface LetterFileBatch {
  id: string;
  unitId: number;
  kind: LetterFileKind;
  request: LettersRequest | PackRequest;
  total: number;
  done: number;
  state: LetterFileState;
  fileSha256: string | null;
  fileName: string | null;
  error: string | null;
  askedBy: string | null;
  askedAt: Date;
  finishedAt: Date | null;
  attempts: number;
}

/** How far a maker is, and whether it shall go on. */
export interface BatchProgress {
  total: number;
  done: number;
  /** when the making began: told in the file */
  readonly startedAt: Date;
  /** Somebody else has the work now, or the process ends. */
  readonly signal: AbortSignal;
}

export interface MadeFile {
  sha256: string;
  name: string;
}

/** The page that shows how far a file is. */
export const fileHref = (id: string): string => `/thu-xin-loi/tep/${id}`;
