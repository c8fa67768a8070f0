import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { civil, dayOfInstant } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import type { Reader } from '../web/reader';
import { hindranceOf } from './confirmation';
import { LetterBatchService } from './letter-batch.service';
import { LetterRepository } from './letter.repository';
import { todayOf } from './new-due';
import { line } from './together-pages.service';

/** What stood in the confirm form when it was refused. */
export interface TypedConfirmation {
  ngay: string;
  so: Map<string, string>;
  ma_xac_nhan: string;
}

/** View models of the pages before and after numbers are taken. */
@Injectable()
export class BatchPages {
  constructor(
    private readonly database: Database,
    private readonly letters: LetterRepository,
    private readonly batches: LetterBatchService,
    private readonly clock: Clock,
  ) {}

  async confirm(reader: Reader, codes: string[], typed: TypedConfirmation | null): Promise<object> {
    const now = this.clock.now();
    const batch = await this.batches.prepare(reader, codes, todayOf(now));
    const ready = batch.ready.map((letter, i) => ({
      ...line(letter),
      number: batch.nextNumber + i,
      typed: typed?.so.get(letter.code) ?? '',
    }));
    return {
      letters: ready,
      leftOut: batch.leftOut.map((letter) => ({ ...line(letter), why: hindranceOf(letter) })),
      count: ready.length,
      first: ready[0]?.number ?? null,
      last: ready[ready.length - 1]?.number ?? null,
      suffix: batch.suffix,
      external: batch.order === 'external',
      afterSignature: batch.order !== 'before-signature',
      signerMissing: batch.signerMissing,
      promises: batch.ready.filter((l) => l.newDueAt !== null).length,
      token: typed?.ma_xac_nhan ?? batch.token,
      form: { ngay: typed?.ngay ?? typedDay(now) },
    };
  }

  async numbered(reader: Reader, range: { year: number; from: number; to: number }): Promise<object> {
    const letters = await this.letters.byNumbers(this.database.pool, reader.communeIds, range);
    if (letters.length === 0) throw new AppError('LETTERS_NONE_CHOSEN');
    return { ...range, letters: letters.map(line), count: letters.length, suffix: letters[0]?.suffix ?? '' };
  }
}

const typedDay = (now: Date): string => {
  const { day, month, year } = civil(dayOfInstant(now));
  return `${day}/${month}/${year}`;
};
