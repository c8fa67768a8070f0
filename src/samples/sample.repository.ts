import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';

const KEY = 'sample-loaded';
const LOADING = 7_240_722;

@Injectable()
export class SampleRepository {
  /** Makes two demonstrations that start at once load one after the other. */
  async lock(tx: Tx): Promise<void> {
    await rows(tx, 'select pg_advisory_xact_lock($1)', [LOADING]);
  }

  async isLoaded(tx: Tx): Promise<boolean> {
    return (await one(tx, 'select 1 from dated_setting where key = $1', [KEY])) !== undefined;
  }

  async markLoaded(tx: Tx): Promise<void> {
    await rows(
      tx,
      `insert into dated_setting (key, valid_from, value, confirmed) values ($1, date '2000-01-01', 'true', true)
         on conflict do nothing`,
      [KEY],
    );
  }

  async makeMailsDue(tx: Tx, now: Date): Promise<void> {
    await rows(
      tx,
      `update notification n set deliver_after = $1 where state = 'pending' and not (template = 'alert-morning'
         and exists (select from notification o where o.user_id = n.user_id and o.template = 'alert-now')) returning id`,
      [now],
    );
  }

  async dueMails(tx: Tx, now: Date): Promise<number[]> {
    const found = await rows<{ id: number }>(
      tx,
      `select id from notification where state = 'pending' and deliver_after <= $1 order by id`,
      [now],
    );
    return found.map((row) => row.id);
  }
}
