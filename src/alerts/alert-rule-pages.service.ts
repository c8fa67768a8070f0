import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { ALERT_THEMES } from '../domain/alert-rules';
import { alertReason, relationLabels, themeLabels, urgencyLabels } from '../platform/alert-labels';
import { AppError } from '../platform/errors';
import { UnitService } from '../units/unit.service';
import type { Reader } from '../web/reader';
import { AlertRuleRepository } from './alert-rule.repository';
import { draftOf, formOf, type RuleDraft, type RuleForm } from './alert-rule-form';
import type { RuleScope } from './alert-rule-editor.service';
import { AlertTrial, type Trial } from './alert-trial.service';
import { nearestRules, type StoredRule } from './rule-book';
import { RELATIONS } from './staff-directory';

/** What is tried or shown before it has a number. */
const DRAFT = { id: 0, key: '', unitId: null, active: true };
const NO_PROCEDURE = 0;

const BLANK: RuleDraft = {
  ...{ name: '', theme: 'deadline', moment: 'before', amount: 1, measure: 'working-days' },
  ...{ recipients: ['officer'], channels: ['email'], urgency: 'digest', climbTo: [], climbHours: 4 },
};

/** The pages of the rules of alert. */
@Injectable()
export class AlertRulePages {
  constructor(
    private readonly database: Database,
    private readonly rules: AlertRuleRepository,
    private readonly trial: AlertTrial,
    private readonly units: UnitService,
  ) {}

  /** Who stands over all communes edits the common rules; who administers one commune makes its own. */
  async scope({ communeIds }: Reader): Promise<RuleScope> {
    const all = await this.units.communes();
    if (all.every((commune) => communeIds.includes(commune.id))) return { unitId: null, communeIds };
    if (communeIds.length !== 1) throw new AppError('FORBIDDEN');
    return { unitId: communeIds[0]!, communeIds };
  }

  async list(reader: Reader) {
    const { unitId } = await this.scope(reader);
    const all = await this.rules.rules(this.database.pool);
    const procedures = await this.rules.procedureCodes(this.database.pool);
    const general = all.filter((rule) => rule.procedureId === null);
    const nearest = nearestRules(general, unitId ?? NO_PROCEDURE, NO_PROCEDURE);
    const ofProcedures = all.filter(
      (r) => r.procedureId !== null && (r.unitId === null || r.unitId === unitId),
    );
    const lines = [...nearest, ...ofProcedures]
      .filter((rule) => !rule.key.includes('/'))
      .map((rule) => lineOf(rule, unitId, procedures.get(rule.procedureId ?? 0) ?? null));
    const groups = ALERT_THEMES.map((theme) => ({
      theme,
      name: themeLabels[theme],
      rules: lines.filter((rule) => rule.theme === theme),
    })).filter((group) => group.rules.length > 0);
    return { groups, own: unitId !== null };
  }

  /** @throws AppError ALERT_RULE_NOT_FOUND */
  async find(reader: Reader, id: number): Promise<StoredRule> {
    const { unitId } = await this.scope(reader);
    const found = await this.rules.byId(this.database.pool, id, unitId);
    if (!found) throw new AppError('ALERT_RULE_NOT_FOUND', { id });
    return found;
  }

  /** @param typed what was typed so far, else the rule as it is */
  async form(rule: StoredRule | null, typed?: object, trial: Trial | null = null) {
    const codes = await this.rules.procedureCodes(this.database.pool);
    const stored = formOf(rule ?? BLANK, codes.get(rule?.procedureId ?? 0) ?? '');
    const form = { ...stored, ...typed };
    const picked = (list: unknown, value: string) =>
      Array.isArray(list) ? list.includes(value) : list === value;
    return {
      crumbs: [{ href: '/quan-tri/nhac-viec', label: 'Nhắc việc' }],
      id: rule?.id ?? null,
      form,
      trial,
      themes: ALERT_THEMES.map((theme) => ({ value: theme, label: themeLabels[theme] })),
      relations: RELATIONS.map((value) => ({
        ...{ value, label: relationLabels[value] },
        ...{ told: picked(form.nguoi_nhan, value), climbs: picked(form.bao_len, value) },
      })),
      email: picked(form.kenh, 'email'),
      webhook: picked(form.kenh, 'webhook'),
    };
  }

  procedureOf(form: RuleForm): Promise<number | null> {
    return form.thu_tuc === ''
      ? Promise.resolve(null)
      : this.rules.procedureByCode(this.database.pool, form.thu_tuc);
  }

  tried(form: RuleForm, procedureId: number | null, { communeIds }: RuleScope): Promise<Trial> {
    return this.trial.of({ ...DRAFT, ...draftOf(form), procedureId }, communeIds);
  }
}

function lineOf(rule: StoredRule, unitId: number | null, procedure: string | null) {
  return {
    ...{ id: rule.id, theme: rule.theme, name: rule.name, active: rule.active, procedure },
    reason: alertReason(rule),
    told: rule.recipients.map((r) => relationLabels[r]).join(', '),
    urgency: urgencyLabels[rule.urgency],
    climb: rule.climbTo.map((r) => relationLabels[r]).join(', rồi '),
    climbHours: rule.climbHours,
    channels: rule.channels,
    own: unitId !== null && rule.unitId === unitId,
  };
}
