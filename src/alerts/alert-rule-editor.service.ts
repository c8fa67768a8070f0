import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { AuditService, type AuditRecord } from '../audit/audit.service';
import { Database, type Tx } from '../database/transaction';
import { JobQueue } from '../jobs/job-queue';
import { Clock } from '../platform/clock';
import { AlertRuleRepository } from './alert-rule.repository';
import type { RuleDraft } from './alert-rule-form';
import type { StoredRule } from './rule-book';

/** Who changes something. */
export type Editor = Pick<AuditRecord, 'actor' | 'userId'>;

/** Whose rules somebody edits. */
export interface RuleScope {
  /** null: the common ones */
  unitId: number | null;
  communeIds: number[];
}

/** Rules of alert are changed here; what runs is looked at again by the new ones. */
@Injectable()
export class AlertRuleEditor {
  constructor(
    private readonly database: Database,
    private readonly rules: AlertRuleRepository,
    private readonly audit: AuditService,
    private readonly jobs: JobQueue,
    private readonly clock: Clock,
  ) {}

  /** @param before null for a new rule; one of everybody becomes the office's own */
  async save(
    by: Editor,
    scope: RuleScope,
    before: StoredRule | null,
    rule: RuleDraft & Pick<StoredRule, 'procedureId' | 'active'>,
  ): Promise<void> {
    const key = before?.key ?? `rieng-${randomBytes(6).toString('hex')}`;
    const what = { action: 'alert-rule.saved', key, procedureId: rule.procedureId };
    await this.change(by, scope, what, async (tx, now) => {
      await this.rules.save(tx, { ...rule, key, unitId: scope.unitId }, { actor: by.actor, now });
      // One for a procedure that is now for another one has moved; beside one for all procedures it is a second rule.
      const moved = before !== null && before.procedureId !== null && before.procedureId !== rule.procedureId;
      if (moved && before.unitId === scope.unitId) await this.rules.remove(tx, before.id);
      return { ...rule };
    });
  }

  async switch(by: Editor, scope: RuleScope, rule: StoredRule, active: boolean): Promise<void> {
    await this.change(by, scope, { ...rule, action: 'alert-rule.switched' }, async (tx, now) => {
      await this.rules.save(tx, { ...rule, active, unitId: scope.unitId }, { actor: by.actor, now });
      return { name: rule.name, active };
    });
  }

  /** The office's own rule goes; the common one of its key counts again. */
  async remove(by: Editor, scope: RuleScope, rule: StoredRule): Promise<void> {
    await this.change(by, scope, { ...rule, action: 'alert-rule.removed' }, async (tx) => {
      await this.rules.remove(tx, rule.id);
      return { name: rule.name };
    });
  }

  private async change(
    by: Editor,
    { communeIds }: RuleScope,
    { action, key, procedureId }: Pick<StoredRule, 'key' | 'procedureId'> & { action: string },
    work: (tx: Tx, now: Date) => Promise<object>,
  ): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const detail = await work(tx, now);
      await this.rules.rearm(tx, communeIds, procedureId, now);
      await this.audit.record(tx, { ...by, action, subject: `alert-rule:${key}`, detail });
    });
    await this.jobs.enqueue('alerts.sweep', {});
  }
}
