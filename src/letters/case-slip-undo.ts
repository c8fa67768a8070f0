import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import { ImportUndoGuards, type UndoGuard } from '../ingest/import-undo-guards';
import { CaseSlipRepository } from './case-slip.repository';

/** A numbered document forbids taking the import of its case back. */
@Injectable()
export class CaseSlipUndo implements UndoGuard, OnModuleInit {
  constructor(
    private readonly guards: ImportUndoGuards,
    private readonly slips: CaseSlipRepository,
  ) {}

  onModuleInit(): void {
    this.guards.register(this);
  }

  acted(tx: Tx, caseIds: number[], since: Date): Promise<string[]> {
    return this.slips.madeSince(tx, caseIds, since);
  }

  release(): Promise<void> {
    return Promise.resolve();
  }
}
