import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Database } from '../database/transaction';
import { civil, parseIsoDay } from '../domain/local-date';
import { AppError } from '../platform/errors';
import type { FormFault } from '../web/page';
import type { Reader } from '../web/reader';
import { hindranceOf, type Confirmation } from './confirmation';
import { LetterComposer } from './letter-composer';
import { LetterConfirming } from './letter-confirming.service';
import type { Numbered } from './letter-numbering.service';
import { LetterSeriesRepository } from './letter-series.repository';
import { LetterRepository, type Letter } from './letter.repository';

/** Letters chosen for numbering, before anything is taken. */
export interface Batch {
  unitId: number;
  ready: Letter[];
  leftOut: Letter[];
  nextNumber: number;
  suffix: string;
  /** who signs is not configured: the letters would end without a name */
  signerMissing: boolean;
  token: string;
}

/** Numbers for one letter or many: what will happen, and the confirmation. */
@Injectable()
export class LetterBatchService {
  constructor(
    private readonly database: Database,
    private readonly letters: LetterRepository,
    private readonly series: LetterSeriesRepository,
    private readonly composer: LetterComposer,
    private readonly confirming: LetterConfirming,
  ) {}

  async prepare(reader: Reader, codes: string[], letterDate: string): Promise<Batch> {
    const chosen = await this.chosen(reader, codes);
    const unitId = chosen[0]!.unitId;
    const { settings } = await this.composer.office(unitId);
    const year = civil(parseIsoDay(letterDate)).year;
    return {
      unitId,
      ready: chosen.filter((l) => hindranceOf(l) === null),
      leftOut: chosen.filter((l) => hindranceOf(l) !== null),
      nextNumber: await this.series.nextNumber(this.database.pool, unitId, year, settings.numberSuffix),
      suffix: settings.numberSuffix,
      signerMissing: settings.signer.name.trim() === '',
      token: randomUUID(),
    };
  }

  /** @returns the numbers taken, or the faults that kept them from being taken */
  async confirm(reader: Reader, confirmation: Confirmation): Promise<Numbered | FormFault[]> {
    const chosen = await this.chosen(reader, confirmation.codes);
    return this.confirming.confirm(reader, chosen, confirmation);
  }

  private async chosen(reader: Reader, codes: string[]): Promise<Letter[]> {
    const chosen = await this.letters.ofCases(this.database.pool, codes, reader.communeIds);
    const missing = codes.find((code) => !chosen.some((l) => l.code === code));
    if (missing !== undefined) throw new AppError('LETTER_NOT_FOUND', { code: missing });
    if (chosen.length === 0) throw new AppError('LETTERS_NONE_CHOSEN');
    if (new Set(chosen.map((l) => l.unitId)).size > 1) throw new AppError('LETTERS_OF_SEVERAL_UNITS');
    return chosen;
  }
}
