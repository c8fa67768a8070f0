/** The part of an import that only the database does: validated rows in memory -> committed cases. */
import type { ThrowawayService } from './throwaway-service';
import { CaseMergeRepository, type MergeContext } from '../../src/ingest/case-merge.repository';
import { CaseStageRepository, stageOf } from '../../src/ingest/case-stage.repository';
import { ImportRules } from '../../src/ingest/import-rules';
import { NameResolver } from '../../src/ingest/name-resolver';
import { NewCasesRepository } from '../../src/ingest/new-cases.repository';
import { readBatches } from '../../src/ingest/source-batches';
import { Database, type Tx } from '../../src/database/transaction';
import { UnitService } from '../../src/units/unit.service';

/** A list as the reader hands it over. */
export interface EncodedList {
  pieces: Uint8Array[];
}

const RUN = 1;

export async function encodedList({ app, clock }: ThrowawayService, file: string): Promise<EncodedList> {
  const unitId = (await app.get(UnitService).commune()).id;
  const { rules } = await app.get(ImportRules).of({ unitId, startedAt: clock.now() });
  const pieces: Uint8Array[] = [];
  await readBatches(file, rules, (message) => {
    if (message.kind === 'cases') pieces.push(message.bytes);
    return Promise.resolve();
  });
  return { pieces };
}

export async function databasePath(service: ThrowawayService, { pieces }: EncodedList): Promise<void> {
  const { app, clock } = service;
  const stage = app.get(CaseStageRepository);
  const context: MergeContext = {
    ...{ runId: RUN, source: 'mot-cua', now: clock.now() },
    ...{ older: false, earlyHolds: true, looking: false },
  };
  await app.get(Database).transaction(async (tx) => {
    await stage.create(tx, stageOf(RUN));
    await copied(tx, stage, pieces);
    await stage.removeRepeated(tx, stageOf(RUN));
    await stage.finishCopy(tx, stageOf(RUN));
    await app.get(NameResolver).resolve(tx, stageOf(RUN));
    await merged(tx, service, context);
    await stage.drop(tx, stageOf(RUN));
  });
}

async function copied(tx: Tx, stage: CaseStageRepository, pieces: Uint8Array[]): Promise<void> {
  const copy = await stage.openCopy(tx, stageOf(RUN));
  await new Promise<void>((resolve, reject) => {
    copy.once('finish', resolve).once('error', reject);
    for (const piece of pieces) copy.write(piece);
    copy.end();
  });
}

async function merged(tx: Tx, { app }: ThrowawayService, context: MergeContext): Promise<void> {
  const [stage, merge] = [app.get(CaseStageRepository), app.get(CaseMergeRepository)];
  const cases = app.get(NewCasesRepository);
  await merge.create(tx);
  for (let after = 0; ;) {
    const range = await stage.nextRange(tx, stageOf(RUN), after);
    if (range === null) return;
    await merge.findChanges(tx, stageOf(RUN), range, context);
    await cases.insert(tx, stageOf(RUN), range, context);
    after = range.last;
  }
}
