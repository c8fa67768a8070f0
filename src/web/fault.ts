import type { FieldFault } from '../platform/error-entry';
import { AppError } from '../platform/errors';

/** What the reader is told about a failure; `incident` only when the cause is ours and stays in the log. */
export interface Fault {
  status: number;
  code: string;
  text: string;
  remedy: string;
  incident: string | null;
  faults: readonly FieldFault[];
}

function statusOf(exception: unknown): number {
  const e = exception as { getStatus?: () => number; statusCode?: number } | null;
  const status = typeof e?.getStatus === 'function' ? e.getStatus() : e?.statusCode;
  return typeof status === 'number' ? status : 500;
}

/** Refusals of the framework (unknown address, body too large, unreadable body) in the words of the catalogue. */
function known(exception: unknown, path: string): AppError | undefined {
  if (exception instanceof AppError) return exception;
  const status = statusOf(exception);
  if (status === 404 || status === 405) return new AppError('PAGE_NOT_FOUND', { path });
  if (status === 413) return new AppError('BODY_TOO_LARGE');
  if (status === 429) return new AppError('TOO_MANY_REQUESTS');
  return status >= 400 && status < 500 ? new AppError('REQUEST_UNREADABLE') : undefined;
}

/** `incident` numbers a failure that is not in the catalogue. */
export function faultOf(exception: unknown, path: string, incident: () => string): Fault {
  const error = known(exception, path) ?? new AppError('UNEXPECTED');
  const { status, code, message: text, remedy, faults } = error;
  return { status, code, text, remedy, faults, incident: code === 'UNEXPECTED' ? incident() : null };
}
