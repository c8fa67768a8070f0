import { Injectable } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import { Database } from '../database/transaction';
import { JobQueue } from '../jobs/job-queue';
import { Clock } from '../platform/clock';
import { labels } from '../platform/labels';
import { invalid, redirect, type FormFault, type Invalid, type Redirect } from '../web/page';
import type { Reader } from '../web/reader';
import type { ActContext, ActPlan } from './case-act';
import { ActLedger } from './act-ledger.service';

/** What is recorded with a form: its plan reads the form as typed. */
export interface TypedAct<F extends object> {
  act: keyof typeof labels.caseActs;
  form: F;
  plan: (form: F, context: ActContext) => ActPlan;
}

/** Writes what officers record on a case page. */
@Injectable()
export class CaseActsService {
  constructor(
    private readonly database: Database,
    private readonly ledger: ActLedger,
    private readonly audit: AuditService,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
  ) {}

  /**
   * Event, fact, deadline and audit entry in one transaction; the alerts hear of it after the commit.
   * @param plan null: there is nothing to write
   * @returns the faults of the form, empty when the act is written
   */
  async act(
    reader: Reader,
    code: string,
    plan: (context: ActContext) => ActPlan | null,
  ): Promise<FormFault[]> {
    const faults = await this.database.transaction(async (tx) => {
      const context = await this.ledger.open(tx, reader, code, this.clock.now());
      const planned = plan(context);
      if (planned === null) return null;
      if (planned.faults !== null) return planned.faults;
      await this.ledger.write(tx, context, planned);
      const { action, detail } = planned;
      await this.audit.record(tx, { ...actorOf(reader), action, subject: `case:${code}`, detail });
      return [];
    });
    if (faults?.length === 0) await this.jobs.enqueue('cases.changed', { reason: 'act' });
    return faults ?? [];
  }

  /**
   * Back to the case, or the form again with its faults.
   * @param shown the view model of the form
   */
  async answer<F extends object>(
    reader: Reader,
    code: string,
    { act, form, plan }: TypedAct<F>,
    shown: () => Promise<object>,
  ): Promise<Redirect | Invalid> {
    const faults = await this.act(reader, code, (context) => plan(form, context));
    if (faults.length === 0) return redirect(`/ho-so/${code}`, labels.caseActs[act]);
    return invalid({ ...(await shown()), form }, faults);
  }
}
