import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import type { JobPayloads } from '../jobs/catalogue';
import { JobQueue } from '../jobs/job-queue';
import { OnJob } from '../jobs/on-job';
import { labels } from '../platform/labels';
import { DeadlineService } from './deadline.service';

@Injectable()
export class DeadlineProcessor {
  constructor(
    private readonly database: Database,
    private readonly deadlines: DeadlineService,
    private readonly jobs: JobQueue,
  ) {}

  @OnJob('units.hour-of-deadlines-set')
  async hourSet({ unitId, ...by }: JobPayloads['units.hour-of-deadlines-set']): Promise<void> {
    const why = { because: 'hour' as const, reason: labels.hourOfDeadlinesSet, document: null, ...by };
    await this.database.transaction(async (tx) => {
      await this.deadlines.lockGround(tx);
      await this.deadlines.recomputeCommune(tx, unitId, why);
    });
    await this.jobs.enqueue('cases.changed', { reason: 'hour' });
  }
}
