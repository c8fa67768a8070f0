import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import { ImportUndoGuards, type UndoGuard } from '../ingest/import-undo-guards';
import { LetterDraftRepository } from './letter-draft.repository';

/** A letter somebody has worked on forbids taking the import back; a draft made by the program goes with its case. */
@Injectable()
export class LetterUndo implements UndoGuard, OnModuleInit {
  constructor(
    private readonly guards: ImportUndoGuards,
    private readonly drafts: LetterDraftRepository,
  ) {}

  onModuleInit(): void {
    this.guards.register(this);
  }

  acted(tx: Tx, caseIds: number[], since: Date): Promise<string[]> {
    return this.drafts.workedOn(tx, caseIds, since);
  }

  release(tx: Tx, caseIds: number[]): Promise<void> {
    return this.drafts.forget(tx, caseIds);
  }
}
