import { Injectable } from '@nestjs/common';
import { DeadlineService } from '../cases/deadline.service';
import type { CatalogueItem } from '../cases/procedure-catalogue';
import { ProcedureService } from '../cases/procedure.service';
import { Database, type Tx } from '../database/transaction';
import { wordFault, type Fault } from './faults';
import { emptySummary } from './import-check.service';
import type { ReaderThread } from './reader-thread';
import { ReadingOutcome } from './reading-outcome';
import type { CheckSummary, Run } from './run';
import { RunEnding } from './run-ending.service';
import { RunRows } from './run-rows';

interface CatalogueEffect {
  created: number;
  updated: number;
  unchanged: number;
  movedDeadlines: number;
}

/** A catalogue of procedures -> `procedure` and its limits; the cases of every limit that moved are recomputed. */
@Injectable()
export class CatalogueImport {
  constructor(
    private readonly database: Database,
    private readonly procedures: ProcedureService,
    private readonly deadlines: DeadlineService,
    private readonly runs: RunRows,
    private readonly ending: RunEnding,
  ) {}

  /** Whole or not at all. */
  async write(run: Run, reader: ReaderThread): Promise<void> {
    const outcome = new ReadingOutcome();
    const items = await readItems(reader, outcome);
    await this.ending.keepFile(run);
    await this.ending.done(run, async (tx) => {
      const effect = await this.takeIn(tx, items);
      await this.runs.read(tx, run.id, NOTHING_MORE, outcome);
      await this.runs.wrote(tx, run.id, 0, { ...effect, ...NOTHING_TOLD });
    });
  }

  /** Does the same and takes it back: the counts are those that writing will give. */
  async check(run: Run, reader: ReaderThread): Promise<void> {
    const outcome = new ReadingOutcome();
    const items = await readItems(reader, outcome);
    const effect = await this.tried(items);
    await this.database.transaction((tx) => this.runs.read(tx, run.id, NOTHING_MORE, outcome));
    const summary: CheckSummary = { ...emptySummary(outcome), ...effect };
    await this.ending.checked(run, summary);
  }

  private async tried(items: CatalogueItem[]): Promise<CatalogueEffect> {
    let effect: CatalogueEffect | undefined;
    try {
      await this.database.transaction(async (tx) => {
        effect = await this.takeIn(tx, items);
        throw new TakenBack();
      });
    } catch (e) {
      if (!(e instanceof TakenBack)) throw e;
    }
    return effect!;
  }

  private async takeIn(tx: Tx, items: CatalogueItem[]): Promise<CatalogueEffect> {
    await this.deadlines.lockGround(tx);
    const { created, updated, unchanged, procedureIds } = await this.procedures.importCatalogue(tx, items);
    const { moved } = await this.deadlines.recomputeProcedures(tx, procedureIds);
    return { created, updated, unchanged, movedDeadlines: moved };
  }
}

class TakenBack extends Error {}

const NOTHING_MORE = { asOf: null, mapping: [], groundStamp: null };
const NOTHING_TOLD = { rejected: [], warnings: [], back: 0, kept: 0 };

async function readItems(reader: ReaderThread, outcome: ReadingOutcome): Promise<CatalogueItem[]> {
  const items: CatalogueItem[] = [];
  for (let message = await reader.next(); message.kind !== 'end'; message = await reader.next()) {
    if (message.kind !== 'procedures') continue;
    outcome.count(message);
    items.push(...message.items);
  }
  return withoutRepeated(items, outcome);
}

/** Of two entries with one code the first counts. */
function withoutRepeated(items: CatalogueItem[], outcome: ReadingOutcome): CatalogueItem[] {
  const seen = new Set<string>();
  const repeated: Fault[] = [];
  const kept = items.filter(({ code }) => {
    if (!seen.has(code)) return seen.add(code);
    const words = wordFault('PROCEDURE_TWICE', {});
    repeated.push({
      ...{ line: 0, column: 'code', value: code, ...words },
      ...{ caseCode: null, field: null, suggestion: null },
    });
    return false;
  });
  outcome.reject(repeated);
  return kept;
}
