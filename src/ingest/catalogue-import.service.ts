import { Injectable } from '@nestjs/common';
import { DeadlineService } from '../cases/deadline.service';
import type { CatalogueItem } from '../cases/procedure-catalogue';
import { ProcedureService } from '../cases/procedure.service';
import type { Tx } from '../database/transaction';
import { wordFault, type Fault } from './faults';
import type { ImportOutcome } from './import-outcome';
import type { ReaderThread } from './reader-thread';

/** A catalogue of procedures -> `procedure` and its limits; the cases of every limit that moved are recomputed. */
@Injectable()
export class CatalogueImport {
  constructor(
    private readonly procedures: ProcedureService,
    private readonly deadlines: DeadlineService,
  ) {}

  async write(tx: Tx, reader: ReaderThread, outcome: ImportOutcome): Promise<void> {
    const items = await this.read(reader, outcome);
    await this.deadlines.lockGround(tx);
    const result = await this.procedures.importCatalogue(tx, items);
    outcome.created = result.created;
    outcome.updated = result.updated;
    outcome.unchanged = result.unchanged;
    await this.deadlines.recomputeProcedures(tx, result.procedureIds);
  }

  private async read(reader: ReaderThread, outcome: ImportOutcome): Promise<CatalogueItem[]> {
    const items: CatalogueItem[] = [];
    for (let message = await reader.next(); message.kind !== 'end'; message = await reader.next()) {
      if (message.kind !== 'procedures') continue;
      outcome.count(message);
      items.push(...message.items);
    }
    return withoutRepeated(items, outcome);
  }
}

/** Of two entries with one code the first counts. */
function withoutRepeated(items: CatalogueItem[], outcome: ImportOutcome): CatalogueItem[] {
  const seen = new Set<string>();
  const repeated: Fault[] = [];
  const kept = items.filter(({ code }) => {
    if (!seen.has(code)) return seen.add(code);
    repeated.push({
      line: 0,
      column: 'code',
      value: code,
      ...wordFault('PROCEDURE_TWICE', {}),
      caseCode: null,
    });
    return false;
  });
  outcome.reject(repeated);
  return kept;
}
