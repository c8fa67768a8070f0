import { StandardSchemaValidationPipe } from '@nestjs/common';
import { z } from 'zod';
import { AppError } from '../platform/errors';

interface Issue {
  readonly message: string;
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }>;
}

function issueText({ message, path = [] }: Issue): string {
  const field = path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
  return field ? `${field}: ${message}` : message;
}

/** @returns INVALID_REQUEST that names every field with what is wrong */
export const invalidRequest = (issues: readonly Issue[]): AppError =>
  new AppError('INVALID_REQUEST', { faults: issues.map(issueText).join('; ') });

/** Bodies and queries against the zod schema given in `@Body({ schema })` and `@Query({ schema })`. */
export function validationPipe(): StandardSchemaValidationPipe {
  z.config(z.locales.vi());
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues) => invalidRequest(issues as readonly Issue[]),
  });
}
