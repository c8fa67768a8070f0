export type ErrorArgs = Record<string, string | number>;

/** One error of the catalogue: HTTP status, what happened and where, what to do. */
export interface ErrorEntry {
  status: number;
  text: (a: ErrorArgs) => string;
  remedy?: (a: ErrorArgs) => string;
}

/** One thing wrong with what was sent, at the field it is about. */
export interface FieldFault {
  field: string;
  text: string;
}
