import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';

/** What a later feature keeps about cases that an import made or changed. */
export interface UndoGuard {
  /** Codes of cases about which somebody has done something since then. */
  acted(tx: Tx, caseIds: number[], since: Date): Promise<string[]>;
  /** Takes away what the program itself made for cases that will no longer exist. */
  release(tx: Tx, caseIds: number[]): Promise<void>;
}

/** Features that stand after imports register what forbids taking one back, and what goes with it. */
@Injectable()
export class ImportUndoGuards {
  private readonly guards: UndoGuard[] = [];

  register(guard: UndoGuard): void {
    this.guards.push(guard);
  }

  async acted(tx: Tx, caseIds: number[], since: Date): Promise<string[]> {
    const codes: string[] = [];
    for (const guard of this.guards) codes.push(...(await guard.acted(tx, caseIds, since)));
    return codes;
  }

  async release(tx: Tx, caseIds: number[]): Promise<void> {
    for (const guard of this.guards) await guard.release(tx, caseIds);
  }
}
