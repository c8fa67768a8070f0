import { Injectable } from '@nestjs/common';
import { JobQueue } from '../jobs/job-queue';
import { OnJob } from '../jobs/on-job';
import { AlertService } from './alert.service';

@Injectable()
export class AlertsProcessor {
  constructor(
    private readonly alerts: AlertService,
    private readonly jobs: JobQueue,
  ) {}

  @OnJob('alerts.sweep')
  async sweep(): Promise<void> {
    await this.alerts.sweep();
  }

  @OnJob('alerts.morning')
  async morning(): Promise<void> {
    await this.alerts.writeMornings();
  }

  /** A deadline that moved into the past is told at once, not at the next tick; its letter is drafted too. */
  @OnJob('cases.changed')
  async casesChanged(): Promise<void> {
    await this.alerts.sweep();
    await this.jobs.enqueue('letters.draft-owed', {});
  }
}
