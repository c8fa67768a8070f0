import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import { ImportUndoGuards, type UndoGuard } from '../ingest/import-undo-guards';
import { SettlementRepository } from './settlement.repository';

/** What somebody found out about a case forbids taking its import back. */
@Injectable()
export class SettlementUndo implements UndoGuard, OnModuleInit {
  constructor(
    private readonly guards: ImportUndoGuards,
    private readonly settlements: SettlementRepository,
  ) {}

  onModuleInit(): void {
    this.guards.register(this);
  }

  acted(tx: Tx, caseIds: number[], since: Date): Promise<string[]> {
    return this.settlements.settledSince(tx, caseIds, since);
  }

  release(): Promise<void> {
    return Promise.resolve();
  }
}
