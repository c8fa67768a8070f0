import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Database } from '../database/transaction';
import { civil, parseIsoDay } from '../domain/local-date';
import type { NumberingOrder } from '../units/unit-settings';
import type { FormFault } from '../web/page';
import type { Reader } from '../web/reader';
import { hindranceOf, type Confirmation } from './confirmation';
import type { Letter } from './letter';
import { LetterChoice } from './letter-choice.service';
import { LetterComposer } from './letter-composer';
import { LetterConfirming } from './letter-confirming.service';
import { suffixOf, type Numbered } from './letter-numbering.service';
import { LetterSeriesRepository } from './letter-series.repository';

/** Letters chosen for numbering, before anything is taken. */
export interface Batch {
  unitId: number;
  ready: Letter[];
  leftOut: Letter[];
  nextNumber: number;
  suffix: string;
  order: NumberingOrder;
  /** who signs is not configured: the letters would end without a name */
  signerMissing: boolean;
  token: string;
}

/** Numbers for one letter or many: what will happen, and the confirmation. */
@Injectable()
export class LetterBatchService {
  constructor(
    private readonly database: Database,
    private readonly choice: LetterChoice,
    private readonly series: LetterSeriesRepository,
    private readonly composer: LetterComposer,
    private readonly confirming: LetterConfirming,
  ) {}

  async prepare(reader: Reader, codes: string[], letterDate: string): Promise<Batch> {
    const chosen = await this.choice.of(reader, codes);
    const unitId = chosen[0]!.unitId;
    const { settings } = await this.composer.office(unitId);
    const year = civil(parseIsoDay(letterDate)).year;
    const ready = chosen.filter((l) => hindranceOf(l) === null);
    const suffix = suffixOf(ready.length > 0 ? ready : chosen, settings);
    return {
      unitId,
      ready,
      leftOut: chosen.filter((l) => hindranceOf(l) !== null),
      nextNumber: await this.series.nextNumber(this.database.pool, unitId, year, suffix),
      suffix,
      order: settings.numberingOrder,
      signerMissing: settings.signer.name.trim() === '',
      token: randomUUID(),
    };
  }

  /** @returns the numbers taken, or the faults that kept them from being taken */
  async confirm(reader: Reader, confirmation: Confirmation): Promise<Numbered | FormFault[]> {
    const chosen = await this.choice.of(reader, confirmation.codes);
    return this.confirming.confirm(reader, chosen, confirmation);
  }
}
