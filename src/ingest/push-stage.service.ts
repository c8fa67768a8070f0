import { Injectable } from '@nestjs/common';
import { once } from 'node:events';
import type { Tx } from '../database/transaction';
import { CaseStageRepository, PASSING_STAGE, type RepeatedRow } from './case-stage.repository';
import { NameResolver, type NewNames } from './name-resolver';
import type { PortalRecord } from './portal-record';
import { StageEncoder } from './stage-rows';

export interface PlacedRecord {
  record: PortalRecord;
  /** The commune it belongs to; null: nobody can say. */
  unitId: number | null;
}

/** A handful of records on their way into the cases: the stage is gone with the transaction. */
@Injectable()
export class PushStage {
  constructor(
    private readonly stage: CaseStageRepository,
    private readonly names: NameResolver,
  ) {}

  /** @returns what was taken out because its code stood in an earlier record, and names nobody knew */
  async fill(tx: Tx, records: PlacedRecord[]): Promise<{ repeated: RepeatedRow[]; names: NewNames }> {
    const encoder = new StageEncoder();
    for (const { record, unitId } of records) encoder.add(record, null, unitId);
    await this.stage.create(tx, PASSING_STAGE);
    const copy = await this.stage.openCopy(tx, PASSING_STAGE);
    const finished = once(copy, 'finish');
    copy.end(encoder.end());
    await finished;
    const repeated = await this.stage.removeRepeated(tx, PASSING_STAGE);
    await this.stage.finishCopy(tx, PASSING_STAGE);
    return { repeated, names: await this.names.resolve(tx, PASSING_STAGE) };
  }
}
