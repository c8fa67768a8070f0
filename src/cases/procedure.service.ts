import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/transaction';
import { dayOfInstant, isoDay } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { limitOf, sameLimit, type CatalogueItem, type CatalogueResult } from './procedure-catalogue';
import { filledFrom, ProcedureIndex, sameFacts, type NamedProcedure } from './procedure-name';
import {
  ProcedureRepository,
  type KnownProcedure,
  type LimitFacts,
  type ProcedureFacts,
} from './procedure.repository';

/** The first version of a limit also covers the cases received before anybody entered it. */
export const SINCE_EVER = '1900-01-01';

@Injectable()
export class ProcedureService {
  constructor(
    private readonly procedures: ProcedureRepository,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * The ids of the procedures a file names, in the order given. One that is not known yet is created without a
   * limit and marked incomplete: its cases have no computed due until somebody completes it.
   */
  async findOrCreate(tx: Tx, named: NamedProcedure[]): Promise<{ ids: number[]; created: number }> {
    if (named.length === 0) return { ids: [], created: 0 };
    const keys = await this.procedures.nameKeys(
      tx,
      named.map((n) => n.name),
    );
    let index = new ProcedureIndex(await this.procedures.known(tx));
    if (named.some((n, i) => !index.find(n.code, keys[i]!))) {
      await this.procedures.lockCreation(tx);
      index = new ProcedureIndex(await this.procedures.known(tx));
    }
    const ids: number[] = [];
    let created = 0;
    for (const [i, facts] of named.entries()) {
      const known = index.find(facts.code, keys[i]!);
      if (!known) created++;
      ids.push(
        (known ? await this.fill(tx, index, known, facts) : await this.add(tx, index, facts, keys[i]!)).id,
      );
    }
    return { ids, created };
  }

  /** Code and name of every procedure. */
  named(tx: Tx): Promise<{ id: number; code: string | null; name: string }[]> {
    return this.procedures.names(tx);
  }

  /** As `findOrCreate`, but makes nothing: null where a procedure is not known. */
  async findKnown(tx: Tx, named: NamedProcedure[]): Promise<(number | null)[]> {
    if (named.length === 0) return [];
    const index = new ProcedureIndex(await this.procedures.known(tx));
    const keys = await this.procedures.nameKeys(
      tx,
      named.map((n) => n.name),
    );
    return named.map(({ code }, i) => index.find(code, keys[i]!)?.id ?? null);
  }

  /** Creates or updates the procedures of a catalogue with their limits. The caller recomputes their cases. */
  async importCatalogue(tx: Tx, items: CatalogueItem[]): Promise<CatalogueResult> {
    await this.procedures.lockCreation(tx);
    const keys = await this.procedures.nameKeys(
      tx,
      items.map((i) => i.name),
    );
    const index = new ProcedureIndex(await this.procedures.known(tx));
    const result: CatalogueResult = {
      rows: items.length,
      created: 0,
      updated: 0,
      unchanged: 0,
      procedureIds: [],
    };
    for (const [i, item] of items.entries()) {
      const known = index.find(item.code, keys[i]!);
      const facts = factsOf(item, known);
      const procedure = known ?? (await this.add(tx, index, facts, keys[i]!));
      const changedFacts = known !== undefined && (await this.replaceFacts(tx, index, known, facts));
      const changedLimit = await this.replaceLimit(tx, procedure, limitOf(item, procedure.limit));
      if (changedLimit) result.procedureIds.push(procedure.id);
      if (!known) result.created++;
      else if (changedFacts || changedLimit) result.updated++;
      else result.unchanged++;
    }
    return result;
  }

  /** A new version of the limit from `validFrom` on; the first version counts for all time. */
  async setLimit(tx: Tx, procedureId: number, validFrom: string, limit: LimitFacts): Promise<void> {
    await this.procedures.putLimit(tx, procedureId, validFrom, limit);
    await this.procedures.markComplete(tx, procedureId);
  }

  /** How many procedures have no limit yet. */
  countIncomplete(): Promise<number> {
    return this.procedures.countIncomplete(this.database.pool);
  }

  today(): string {
    return isoDay(dayOfInstant(this.clock.now()));
  }

  private async add(
    tx: Tx,
    index: ProcedureIndex,
    facts: ProcedureFacts,
    nameKey: string,
  ): Promise<KnownProcedure> {
    const id = await this.procedures.create(tx, facts, true);
    const procedure: KnownProcedure = { ...facts, id, nameKey, incomplete: true, limit: null };
    index.add(procedure);
    return procedure;
  }

  private async fill(
    tx: Tx,
    index: ProcedureIndex,
    known: KnownProcedure,
    facts: ProcedureFacts,
  ): Promise<KnownProcedure> {
    const filled = filledFrom(known, facts);
    if (!sameFacts(known, filled)) {
      await this.procedures.update(tx, known.id, filled, known.incomplete);
      index.add(Object.assign(known, filled));
    }
    return known;
  }

  private async replaceFacts(
    tx: Tx,
    index: ProcedureIndex,
    known: KnownProcedure,
    facts: ProcedureFacts,
  ): Promise<boolean> {
    if (sameFacts(known, facts)) return false;
    await this.procedures.update(tx, known.id, facts, known.incomplete);
    index.add(Object.assign(known, facts));
    return true;
  }

  private async replaceLimit(tx: Tx, procedure: KnownProcedure, limit: LimitFacts): Promise<boolean> {
    if (sameLimit(procedure.limit, limit)) return false;
    const validFrom = procedure.limit ? this.today() : SINCE_EVER;
    await this.setLimit(tx, procedure.id, validFrom, limit);
    procedure.limit = { ...limit, id: 0, procedureId: procedure.id, validFrom };
    return true;
  }
}

/** A catalogue replaces what it states; what it leaves out stays. */
const factsOf = (item: CatalogueItem, known: ProcedureFacts | undefined): ProcedureFacts => ({
  code: item.code,
  name: item.name,
  fieldName: item.field ?? known?.fieldName ?? null,
  fieldCode: item.fieldCode ?? known?.fieldCode ?? null,
  departmentName: item.department ?? known?.departmentName ?? null,
});
