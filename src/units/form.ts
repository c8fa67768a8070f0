import { z } from 'zod';
import { AppError } from '../platform/errors';
import type { FormFault } from '../web/page';

export type FormReading<T> = { value: T; faults: null } | { value: null; faults: FormFault[] };

/** What was typed into a form, or what is wrong with it, one fault a field. */
export function readForm<S extends z.ZodType>(schema: S, body: unknown): FormReading<z.output<S>> {
  const result = schema.safeParse(body ?? {});
  if (result.success) return { value: result.data, faults: null };
  const faults = new Map<string, FormFault>();
  for (const { path, message } of result.error.issues) {
    const field = String(path[0] ?? '');
    if (!faults.has(field)) faults.set(field, { field, text: message });
  }
  return { value: null, faults: [...faults.values()] };
}

/** One line of text as people mean it: composed letters, single blanks, none at the ends. */
export const line = (longest: number) =>
  z
    .string('Thiếu ô này trong biểu mẫu.')
    .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())
    .pipe(z.string().max(longest, `Dài quá ${longest} ký tự.`));

export const requiredLine = (longest: number, whenEmpty: string) =>
  line(longest).pipe(z.string().min(1, whenEmpty));

/**
 * A refusal of the service as a fault of the field it is about; `fieldOf` names the field by error code.
 * @throws the error itself when it is about no field
 */
export function faultsOf(error: unknown, fieldOf: Record<string, string>): FormFault[] {
  const field = error instanceof AppError ? fieldOf[error.code] : undefined;
  if (field === undefined) throw error;
  const { message, remedy } = error as AppError;
  return [{ field, text: [message, remedy].filter(Boolean).join(' ') }];
}
