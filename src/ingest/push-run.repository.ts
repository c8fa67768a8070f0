import { Injectable } from '@nestjs/common';
import { one, type Tx } from '../database/transaction';
import { isoDay, dayOfInstant } from '../domain/local-date';
import type { NewNames } from './name-resolver';
import type { RunChannel, RunCounts } from './run';

export interface PushOrigin {
  /** The commune, or the province whose communes the records belong to. */
  unitId: number;
  channel: RunChannel & ('portal' | 'api');
  /** Code of the system the records come from. */
  source: string;
  actor: string;
  userId: number | null;
}

export interface DayRun {
  id: number;
  /** Records counted so far. */
  rows: number;
}

/** Runs of records that come one by one: one for each day, source and way, or they would bury the files. */
@Injectable()
export class PushRunRepository {
  /** The run of the day, locked until the transaction ends. @returns the records it counted so far */
  async open(tx: Tx, of: PushOrigin, name: string, now: Date): Promise<DayRun> {
    const day = isoDay(dayOfInstant(now));
    return (await this.goOn(tx, of, day, now)) ?? this.begin(tx, of, name, day, now);
  }

  /** Asked first: to insert in vain would use up a number of a run each time. */
  private goOn(tx: Tx, of: PushOrigin, day: string, now: Date): Promise<DayRun | undefined> {
    return one<DayRun>(
      tx,
      `update ingest_run set actor = $5, user_id = $6, finished_at = $7
       where unit_id = $1 and source = $2 and channel = $3 and pushed_on = $4 returning id, rows`,
      [of.unitId, of.source, of.channel, day, of.actor, of.userId, now],
    );
  }

  /** @throws QueryFailedError unique_violation when another push of the day was quicker */
  private async begin(tx: Tx, of: PushOrigin, name: string, day: string, now: Date): Promise<DayRun> {
    const found = await one<DayRun>(
      tx,
      `insert into ingest_run (unit_id, channel, actor, user_id, file_name, file_sha256, file_size, source, direct,
         state, started_at, finished_at, pushed_on)
       values ($1, $2, $3, $4, $5, '', 0, $6, true, 'done', $7, $7, $8) returning id, rows`,
      [of.unitId, of.channel, of.actor, of.userId, name, of.source, now, day],
    );
    return found!;
  }

  async count(tx: Tx, id: number, counts: RunCounts & { warned: number }, names: NewNames): Promise<void> {
    await tx.query(
      `update ingest_run set rows = rows + $2, created = created + $3, updated = updated + $4,
         unchanged = unchanged + $5, faulty = faulty + $6, warned = warned + $7,
         created_procedures = created_procedures || $8, created_departments = created_departments || $9
       where id = $1`,
      [
        ...[id, counts.rows, counts.created, counts.updated, counts.unchanged, counts.faulty, counts.warned],
        ...[JSON.stringify(names.procedures), JSON.stringify(names.departments)],
      ],
    );
  }
}
