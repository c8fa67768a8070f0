import type { PipeTransform } from '@nestjs/common';
import { AppError } from '../platform/errors';

/** Number of an import in an address; anything else is an import that does not exist. */
export class RunId implements PipeTransform<string, number> {
  transform(text: string): number {
    if (!/^\d{1,9}$/.test(text)) throw new AppError('IMPORT_NOT_FOUND', { id: text });
    return Number(text);
  }
}
