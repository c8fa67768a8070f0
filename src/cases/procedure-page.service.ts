import { Injectable } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import { Database } from '../database/transaction';
import { JobQueue } from '../jobs/job-queue';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import { labels } from '../platform/labels';
import type { FormFault } from '../web/page';
import type { Reader } from '../web/reader';
import { DeadlineService } from './deadline.service';
import { readLimit, shownLimit, type LimitForm } from './limit-form';
import { slugOf } from './procedure-name';
import { ProcedureRepository, type ProcedureLine } from './procedure.repository';
import { ProcedureService, SINCE_EVER } from './procedure.service';
import { typed } from '../web/typed-instant';

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
  async apply(
    reader: Reader,
    procedure: ProcedureLine,
    change: Extract<ReturnType<typeof readLimit>, { faults: null }>,
  ): Promise<{ changed: number }> {
    const { limit, validFrom } = change;
    const result = await this.database.transaction(async (tx) => {
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

/** The administrator's pages about procedures and their limits. */
@Injectable()
export class ProcedurePageService {
  constructor(
    private readonly repository: ProcedureRepository,
    private readonly change: LimitChange,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async list(reader: Reader, text: string | null) {
    const lines = await this.repository.list(this.database.pool, reader.communeIds, text);
    const views = lines.map((line) => ({ ...line, slug: slugOf(line) }));
    return {
      text,
      missing: views.filter((line) => line.limit === null),
      complete: views.filter((line) => line.limit !== null),
    };
  }

  async page(reader: Reader, slug: string) {
    const procedure = await this.find(reader, slug);
    const versions = await this.repository.limitsOf(this.database.pool, [procedure.id]);
    return {
      title: procedure.name,
      procedure: { ...procedure, slug },
      versions: versions.reverse().map((v) => ({ ...v, ever: v.validFrom === SINCE_EVER })),
      first: versions.length === 0,
      form: shownLimit(procedure.limit, typed(this.clock.now()).day),
    };
  }

  /** @returns the faults of the form, or how many cases have another deadline now */
  async set(reader: Reader, slug: string, form: LimitForm): Promise<FormFault[] | { changed: number }> {
    const procedure = await this.find(reader, slug);
    const read = readLimit(form, procedure.limit === null ? SINCE_EVER : null);
    return (
      read.faults ??
      (await this.change.apply(reader, procedure, read as Extract<typeof read, { faults: null }>))
    );
  }

  private async find(reader: Reader, slug: string): Promise<ProcedureLine> {
    const procedure = await this.repository.bySlug(this.database.pool, slug, reader.communeIds);
    if (!procedure) throw new AppError('PROCEDURE_NOT_FOUND', { slug });
    return procedure;
  }
}
