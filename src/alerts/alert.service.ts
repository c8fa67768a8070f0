import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/transaction';
import type { WaitingNotification } from '../notifications/notification.repository';
import { Clock } from '../platform/clock';
import { AlertGrounds } from './alert-grounds';
import { AlertRaising, type SweepBatch } from './alert-raising.service';
import { AlertTelling } from './alert-telling.service';

export interface SweepResult {
  /** cases, and alerts that climb or were put off until now */
  claimed: number;
  /** new alerts */
  raised: number;
  /** messages written or added to */
  notifications: number;
}

type Part = (tx: Tx, now: Date) => Promise<SweepBatch | null>;

@Injectable()
export class AlertService {
  constructor(
    private readonly database: Database,
    private readonly raising: AlertRaising,
    private readonly telling: AlertTelling,
    private readonly grounds: AlertGrounds,
    private readonly clock: Clock,
  ) {}

  /**
   * Raises every alert that has fallen due. Safe at any time and in any number at once. Messages are handed to the
   * queue at the end, so that a person gets one for the whole sweep.
   */
  async sweep(): Promise<SweepResult> {
    const result: SweepResult = { claimed: 0, raised: 0, notifications: 0 };
    const waiting = new Map<number, WaitingNotification>();
    const { cases, climbing, snoozed } = await this.raising.parts(this.database.pool, this.clock.now());
    const parts: [boolean, Part][] = [
      [cases, (tx, now) => this.raising.due(tx, now)],
      [climbing, (tx, now) => this.raising.climbing(tx, now)],
      [snoozed, (tx, now) => this.raising.waking(tx, now)],
    ];
    try {
      for (const [waits, part] of parts) if (waits) await this.sweepPart(part, result, waiting);
    } finally {
      await this.telling.announce([...waiting.values()]);
    }
    return { ...result, notifications: waiting.size };
  }

  /** The morning's message for everybody who has something left to do; written once a day and person. */
  async writeMornings(): Promise<number> {
    const waiting = await this.database.transaction(async (tx) =>
      this.telling.writeMornings(tx, await this.grounds.at(tx, this.clock.now())),
    );
    await this.telling.announce(waiting);
    return waiting.length;
  }

  private async sweepPart(
    part: Part,
    result: SweepResult,
    waiting: Map<number, WaitingNotification>,
  ): Promise<void> {
    for (;;) {
      const batch = await this.database.transaction((tx) => part(tx, this.clock.now()));
      if (!batch) return;
      result.claimed += batch.claimed;
      result.raised += batch.raised;
      for (const notification of batch.waiting) waiting.set(notification.id, notification);
    }
  }
}
