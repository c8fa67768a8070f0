import { AppError, type ErrorCode } from '../platform/errors';
import type { FormFault } from './page';

/** An entry of the catalogue of errors, shown above the field it is about. */
export function fault(field: string, code: ErrorCode, args: Record<string, string | number> = {}): FormFault {
  const error = new AppError(code, args);
  return { field, text: [error.message, error.remedy].filter(Boolean).join(' ') };
}
