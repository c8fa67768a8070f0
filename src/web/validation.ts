import { StandardSchemaValidationPipe } from '@nestjs/common';
import { z } from 'zod';
import type { FieldFault } from '../platform/error-entry';
import { AppError } from '../platform/errors';

interface Issue {
  readonly message: string;
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }>;
}

const faultOf = ({ message, path = [] }: Issue): FieldFault => ({
  field: path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
  text: message,
});

/** 'receivedAt: …; pauses.0.to: …' */
export const faultsText = (faults: readonly FieldFault[]): string =>
  faults.map(({ field, text }) => (field ? `${field}: ${text}` : text)).join('; ');

/** @returns INVALID_REQUEST that names every field with what is wrong */
export function invalidRequest(issues: readonly Issue[]): AppError {
  const faults = issues.map(faultOf);
  return new AppError('INVALID_REQUEST', { faults: faultsText(faults) }, faults);
}

/** Bodies and queries against the zod schema given in `@Body({ schema })` and `@Query({ schema })`. */
export function validationPipe(): StandardSchemaValidationPipe {
  z.config(z.locales.vi());
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues) => invalidRequest(issues as readonly Issue[]),
  });
}
