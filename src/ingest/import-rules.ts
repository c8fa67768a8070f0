import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import { stampOf } from '../cases/case-ground';
import { DeadlineService } from '../cases/deadline.service';
import { ProcedureService } from '../cases/procedure.service';
import { Database, type Tx } from '../database/transaction';
import { dayOf, secondOfDay, toLocalSecond } from '../domain/local-date';
import type { EarlyGround } from './early-deadline';
import type { Run } from './run';
import type { FixedRules } from './reading-rules';

export interface RulesOfRun {
  rules: FixedRules;
  groundStamp: string;
}

/** What reading a file depends on besides the file. */
@Injectable()
export class ImportRules {
  constructor(
    private readonly calendars: CalendarService,
    private readonly deadlines: DeadlineService,
    private readonly procedures: ProcedureService,
    private readonly database: Database,
  ) {}

  /** A day without a time stands for the hour at which the office closes on the next working day. */
  async of({ unitId, startedAt }: Pick<Run, 'unitId' | 'startedAt'>): Promise<RulesOfRun> {
    const now = toLocalSecond(startedAt);
    const { calendar } = await this.calendars.of(unitId);
    const today = dayOf(now);
    const day = calendar.covers(today) ? calendar.rollForward(today) : null;
    const closes = day === null ? null : calendar.closesAt(day);
    const closesAt = closes === null ? LAST_SECOND : secondOfDay(closes);
    const early = await this.database.snapshot((tx) => this.early(tx, unitId));
    return { rules: { now, closesAt, early }, groundStamp: stampOf(early.ground) };
  }

  /** Whether deadlines computed on that ground still hold. */
  async holds(tx: Tx, unitId: number, groundStamp: string | null): Promise<boolean> {
    return groundStamp !== null && stampOf(await this.deadlines.ground(tx, [unitId])) === groundStamp;
  }

  private async early(tx: Tx, unitId: number): Promise<EarlyGround> {
    const known = await this.procedures.named(tx);
    return {
      unitId,
      byCode: known.flatMap((p) => (p.code === null ? [] : [[p.code, p.id] as [string, number]])),
      byName: known.map((p) => [p.name, p.id]),
      ground: await this.deadlines.ground(tx, [unitId]),
    };
  }
}

const LAST_SECOND = 86_399;
