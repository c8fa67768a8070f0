import { Injectable } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import { CalendarService } from '../calendars/calendar.service';
import { Database } from '../database/transaction';
import { JobQueue } from '../jobs/job-queue';
import { Clock } from '../platform/clock';
import { labels } from '../platform/labels';
import type { Reader } from '../web/reader';
import { DeadlineService } from './deadline.service';
import { LimitBook } from './limit-book';
import type { readLimit } from './limit-form';
import { NO_MOVES, withMove, type Moves } from './move-count';
import { slugOf } from './procedure-name';
import { ProcedureRepository, type ProcedureLine } from './procedure.repository';
import { ProcedureService } from './procedure.service';

export type NewLimit = Extract<ReturnType<typeof readLimit>, { faults: null }>;

/** What a change of a limit would do, without doing it. */
@Injectable()
export class LimitPreview {
  constructor(
    private readonly repository: ProcedureRepository,
    private readonly deadlines: DeadlineService,
    private readonly calendars: CalendarService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  movesOf(procedureId: number, { limit, validFrom }: NewLimit): Promise<Moves> {
    return this.database.transaction(async (tx) => {
      const versions = await this.repository.limitsOf(tx, [procedureId]);
      const draft = LimitBook.with(versions, { ...limit, procedureId, validFrom });
      const ids = await this.repository.caseIds(tx, [procedureId]);
      const book = await this.calendars.book(tx);
      const now = this.clock.now();
      let moves = NO_MOVES;
      for await (const chunk of this.deadlines.derived(tx, ids, book, draft))
        for (const derived of chunk)
          moves = withMove(moves, derived, book.of(derived.facts.calendarUnitId).calendar, now);
      return moves;
    });
  }
}

/** A change of a limit with everything it moves. */
@Injectable()
export class LimitChange {
  constructor(
    private readonly procedures: ProcedureService,
    private readonly deadlines: DeadlineService,
    private readonly audit: AuditService,
    private readonly jobs: JobQueue,
    private readonly database: Database,
  ) {}

  /** The new version, its cases and the audit entry in one transaction. */
  async apply(reader: Reader, procedure: ProcedureLine, change: NewLimit): Promise<{ changed: number }> {
    const { limit, validFrom } = change;
    const result = await this.database.transaction(async (tx) => {
      await this.deadlines.lockGround(tx);
      await this.procedures.setLimit(tx, procedure.id, validFrom, limit);
      const reason = labels.limitMoved(procedure.name);
      const { changed } = await this.deadlines.recomputeProcedures(tx, [procedure.id], {
        ...{ because: 'limit', reason, document: limit.document, by: reader.name },
        source: `${reader.kind}:${reader.id}`,
      });
      const detail = { validFrom, ...limit, cases: changed };
      const subject = `procedure:${slugOf(procedure)}`;
      await this.audit.record(tx, { ...actorOf(reader), action: 'procedure.limit-set', subject, detail });
      return { changed };
    });
    await this.jobs.enqueue('cases.changed', { reason: 'limit' });
    return result;
  }
}
