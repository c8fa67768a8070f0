import { Injectable } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import { Database } from '../database/transaction';
import { JobQueue } from '../jobs/job-queue';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import { labels } from '../platform/labels';
import type { SetupItem } from '../units/setup-checklist';
import type { Reader } from '../web/reader';
import { DeadlineCheckRepository, type DeadlineCheck } from './deadline-check.repository';
import { DeadlineService, type Recomputed } from './deadline.service';
import { columnViews, differenceView } from './difference-view';

export const DEADLINE_CHECKS = '/quan-tri/doi-chieu';
const SHOWN_CHECKS = 30;
const PAGE = 100;
/** A check is expected every night; after so many milliseconds without one somebody should look. */
const OVERDUE_AFTER = 2 * 86_400_000;

/** Rebuilds every stored deadline, when somebody asks for it after a check. */
@Injectable()
export class DeadlineRebuild {
  constructor(
    private readonly database: Database,
    private readonly checks: DeadlineCheckRepository,
    private readonly deadlines: DeadlineService,
    private readonly audit: AuditService,
    private readonly jobs: JobQueue,
  ) {}

  /** @returns null when the newest check found nothing that is computed to differ */
  async run(reader: Reader): Promise<Recomputed | null> {
    const rebuilt = await this.database.transaction(async (tx) => {
      const check = await this.checks.lastDone(tx);
      if (!check || !isRebuildable(check)) return null;
      await this.deadlines.holdGround(tx);
      const result = await this.deadlines.recompute(tx, 'all');
      const subject = `deadline-check:${check.id}`;
      await this.audit.record(tx, {
        ...actorOf(reader),
        action: 'deadlines.rebuilt',
        subject,
        detail: result,
      });
      return result;
    });
    if (rebuilt) await this.jobs.enqueue('cases.changed', { reason: 'rebuilt' });
    await this.verify();
    return rebuilt;
  }

  /** While a check waits to start, asking again changes nothing. */
  verify(): Promise<void> {
    return this.jobs.enqueue('deadlines.verify', {}, { jobId: 'deadlines.verify' });
  }
}

/** View models of the administrator's page of checks. */
@Injectable()
export class DeadlineCheckPages {
  constructor(
    private readonly database: Database,
    private readonly checks: DeadlineCheckRepository,
    private readonly clock: Clock,
  ) {}

  async list(): Promise<object> {
    const checks = await this.checks.latest(this.database.pool, SHOWN_CHECKS);
    const last = (await this.checks.lastDone(this.database.pool)) ?? null;
    return {
      checks: checks.map(checkView),
      last: last && checkView(last),
      rebuildable: last !== null && isRebuildable(last),
    };
  }

  async one(reader: Reader, id: number, page: number): Promise<object> {
    const tx = this.database.pool;
    const check = await this.checks.byId(tx, id);
    if (!check) throw new AppError('DEADLINE_CHECK_NOT_FOUND', { id });
    const last = await this.checks.lastDone(tx);
    const window = { limit: PAGE, offset: (page - 1) * PAGE };
    const shown = await this.checks.differences(tx, id, reader.communeIds, window);
    const kept = await this.checks.countDifferences(tx, id, reader.communeIds);
    return {
      check: checkView(check),
      columns: columnViews(check.columns),
      facts: columnViews(check.columns).some((column) => column.fact),
      differences: shown.map(differenceView),
      kept,
      pager: pagerOf(id, page, kept),
      rebuildable: last?.id === id && isRebuildable(check),
    };
  }

  /** @throws AppError DEADLINE_CHECK_NONE before the first check */
  async latest(): Promise<DeadlineCheck> {
    const [check] = await this.checks.latest(this.database.pool, 1);
    if (!check) throw new AppError('DEADLINE_CHECK_NONE');
    return check;
  }

  /** A line of the administrator's first page; null while all is well. */
  async setupItem(): Promise<SetupItem | null> {
    const last = await this.checks.lastDone(this.database.pool);
    const item = { href: DEADLINE_CHECKS, done: false };
    if (last && last.differences > 0) return { ...item, ...labels.deadlinesDiffer(last.differences) };
    const since = last ? last.startedAt : await this.checks.since(this.database.pool);
    const overdue = since !== null && this.clock.now().getTime() - since.getTime() > OVERDUE_AFTER;
    return overdue ? { ...item, ...labels.deadlinesUnchecked } : null;
  }
}

/** Facts of a case are no result of a computation. */
const isRebuildable = ({ columns }: DeadlineCheck): boolean => columnViews(columns).some((c) => !c.fact);

function checkView(check: DeadlineCheck) {
  const { startedAt, finishedAt } = check;
  const seconds = finishedAt && Math.round((finishedAt.getTime() - startedAt.getTime()) / 1000);
  return { ...check, seconds, href: `${DEADLINE_CHECKS}/${check.id}` };
}

function pagerOf(id: number, page: number, total: number) {
  if (total <= PAGE) return null;
  const at = (n: number): string => `${DEADLINE_CHECKS}/${id}?trang=${n}`;
  const to = Math.min(page * PAGE, total);
  return {
    from: Math.min((page - 1) * PAGE + 1, total),
    to,
    total,
    previous: page > 1 ? at(page - 1) : null,
    next: to < total ? at(page + 1) : null,
  };
}
