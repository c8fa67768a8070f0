import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import { ImportUndoGuards, type UndoGuard } from '../ingest/import-undo-guards';
import { AlertRepository } from './alert.repository';

/** A reminder forbids nothing; it goes with the case it was about. */
@Injectable()
export class AlertUndo implements UndoGuard, OnModuleInit {
  constructor(
    private readonly guards: ImportUndoGuards,
    private readonly alerts: AlertRepository,
  ) {}

  onModuleInit(): void {
    this.guards.register(this);
  }

  acted(): Promise<string[]> {
    return Promise.resolve([]);
  }

  release(tx: Tx, caseIds: number[]): Promise<void> {
    return this.alerts.forget(tx, caseIds);
  }
}
