import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import { stampOf } from '../cases/case-ground';
import { DeadlineService } from '../cases/deadline.service';
import { ProcedureService } from '../cases/procedure.service';
import { Database, type Tx } from '../database/transaction';
import { dayOf, secondOfDay, toLocalSecond } from '../domain/local-date';
import { UnitService } from '../units/unit.service';
import type { KnownCommune } from './commune-finder';
import type { EarlyGround } from './early-deadline';
import type { Corrections, FixedRules } from './reading-rules';
import type { Correction, Run } from './run';

/** What of a run the rules depend on: where and when it is read, and what people told about its file. */
export type ToldRun = Pick<Run, 'unitId' | 'startedAt'> &
  Partial<Pick<Run, 'mappedBy' | 'chosen' | 'corrections'>>;

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
    private readonly units: UnitService,
    private readonly database: Database,
  ) {}

  async of(run: ToldRun): Promise<RulesOfRun> {
    const reading = await this.reading(run);
    const early = await this.database.snapshot((tx) => this.early(tx, reading.communes));
    return { rules: { ...reading, early, ...told(run) }, groundStamp: stampOf(early.ground) };
  }

  /**
   * What reading rows of the unit depends on, deadlines of new cases apart. A day without a time stands for the hour
   * at which the office closes on the next working day.
   */
  async reading({ unitId, startedAt }: ToldRun): Promise<FixedRules & { communes: KnownCommune[] }> {
    const now = toLocalSecond(startedAt);
    const { calendar } = await this.calendars.of(unitId);
    const today = dayOf(now);
    const day = calendar.covers(today) ? calendar.rollForward(today) : null;
    const closes = day === null ? null : calendar.closesAt(day);
    const closesAt = closes === null ? LAST_SECOND : secondOfDay(closes);
    return { now, closesAt, communes: await this.communesOf(unitId) };
  }

  /** Whether deadlines computed on that ground still hold. */
  async holds(tx: Tx, unitId: number, groundStamp: string | null): Promise<boolean> {
    if (groundStamp === null) return false;
    const ids = (await this.communesOf(unitId)).map((c) => c.id);
    return stampOf(await this.deadlines.ground(tx, ids)) === groundStamp;
  }

  /** The communes to which rows of a run may belong: one, or all of a province. */
  private async communesOf(unitId: number): Promise<KnownCommune[]> {
    const all = await this.units.communes();
    const within = all.filter((c) => c.id === unitId || c.parentId === unitId);
    return within.map(({ id, code, name }) => ({ id, code, name }));
  }

  private async early(tx: Tx, communes: KnownCommune[]): Promise<EarlyGround> {
    const known = await this.procedures.named(tx);
    return {
      byCode: known.flatMap((p) => (p.code === null ? [] : [[p.code, p.id] as [string, number]])),
      byName: known.map((p) => [p.name, p.id]),
      ground: await this.deadlines.ground(
        tx,
        communes.map((c) => c.id),
      ),
    };
  }
}

const LAST_SECOND = 86_399;

/** What people told about the file. */
function told({
  mappedBy,
  chosen = [],
  corrections = [],
}: ToldRun): Pick<FixedRules, 'columns' | 'corrections'> {
  return {
    ...(mappedBy ? { columns: chosen } : {}),
    ...(corrections.length === 0 ? {} : { corrections: byLine(corrections) }),
  };
}

function byLine(list: Correction[]): Corrections {
  const corrections: Corrections = {};
  for (const { line, field, text } of list) corrections[line] = { ...corrections[line], [field]: text };
  return corrections;
}
