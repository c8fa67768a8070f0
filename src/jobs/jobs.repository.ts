import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';

const KEEPING_SCHEDULES = 7_240_730;

@Injectable()
export class JobsRepository {
  /** Different for every database, a restored copy of this one included. */
  async databaseIdentity(tx: Tx): Promise<string> {
    const row = await one<{ identity: string }>(
      tx,
      `select (select system_identifier from pg_control_system()) || '/' || oid as identity
         from pg_database where datname = current_database()`,
    );
    return row!.identity;
  }

  /** One process at a time touches the schedules, until the transaction ends. */
  async lockSchedules(tx: Tx): Promise<void> {
    await rows(tx, 'select pg_advisory_xact_lock($1)', [KEEPING_SCHEDULES]);
  }
}
