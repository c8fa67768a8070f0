import { Injectable } from '@nestjs/common';
import type { Actor } from '../auth/user.service';
import { AuditService } from '../audit/audit.service';
import { Database } from '../database/transaction';
import { FailedJobs } from '../jobs/failed-jobs.service';
import { jobName } from '../jobs/job-words';

/** What the page of jobs shows, and jobs that are given another chance; both are audited. */
@Injectable()
export class JobPages {
  constructor(
    private readonly database: Database,
    private readonly jobs: FailedJobs,
    private readonly audit: AuditService,
  ) {}

  async list() {
    const [counts, failed, schedules] = await Promise.all([
      this.jobs.counts(),
      this.jobs.list(),
      this.jobs.schedules(),
    ]);
    return {
      counts,
      failed: failed.map((job) => ({ ...job, title: jobName(job.name), path: pathOf(job) })),
      schedules: schedules.map(({ name, next }) => ({ title: jobName(name), next })),
    };
  }

  counts() {
    return this.jobs.counts();
  }

  /** @returns the name of the job in words; @throws JOB_NOT_FAILED */
  async retry(by: Actor, queue: string, id: string): Promise<string> {
    const name = await this.jobs.retry(queue, id);
    await this.record(by, 'job.retried', `job:${queue}/${id}`, { name });
    return jobName(name);
  }

  async retryAll(by: Actor): Promise<number> {
    const count = await this.jobs.retryAll();
    if (count > 0) await this.record(by, 'job.retried', 'job:all', { count });
    return count;
  }

  private record(by: Actor, action: string, subject: string, detail: object): Promise<void> {
    return this.database.transaction((tx) => this.audit.record(tx, { ...by, action, subject, detail }));
  }
}

const pathOf = ({ queue, id }: { queue: string; id: string }): string =>
  `/quan-tri/cong-viec/${queue}/${encodeURIComponent(id)}/chay-lai`;
