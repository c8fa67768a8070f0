import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/transaction';
import { JobQueue } from '../jobs/job-queue';
import { Clock } from '../platform/clock';
import type { Pushed } from './push';
import { PushLog } from './push-log.service';
import type { PushOrigin } from './push-run.repository';
import { retried } from './retried';

export type Taken = Omit<Pushed, 'runId'>;

export interface PushRun extends PushOrigin {
  runId: number;
  now: Date;
}

export interface PushWork<R> {
  read: (now: Date) => Promise<R>;
  /** May be asked again, when another transaction was quicker. */
  write: (tx: Tx, run: PushRun, read: R) => Promise<Taken>;
}

/** All records of one request in one transaction, counted in the run of the day. */
@Injectable()
export class PushDesk {
  constructor(
    private readonly database: Database,
    private readonly log: PushLog,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
  ) {}

  async take<R>(of: PushOrigin, { read, write }: PushWork<R>): Promise<Pushed> {
    const now = this.clock.now();
    const found = await read(now);
    const pushed = await retried(() =>
      this.database.transaction(async (tx) => {
        const { id, rows } = await this.log.open(tx, of, now);
        const taken = { runId: id, ...(await write(tx, { ...of, runId: id, now }, found)) };
        await this.log.close(tx, of, rows, taken);
        return taken;
      }),
    );
    if (pushed.created + pushed.updated > 0) await this.jobs.enqueue('cases.changed', { reason: 'push' });
    return pushed;
  }
}
