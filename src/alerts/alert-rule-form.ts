import { z } from 'zod';
import { ALERT_THEMES, ruleFault } from '../domain/alert-rules';
import { alertRuleTexts, ruleFaultTexts } from '../platform/alert-labels';
import { line, requiredLine } from '../units/form';
import type { AlertChannel, StoredRule } from './rule-book';
import { RELATIONS } from './staff-directory';

const list = <T extends string>(known: readonly T[]) =>
  z
    .union([z.array(z.string()), z.string()])
    .optional()
    .transform((given) => {
      const texts = given === undefined ? [] : Array.isArray(given) ? given : [given];
      return known.filter((one) => texts.includes(one));
    });

const whole = z.coerce.number('Nhập một số.').int('Nhập một số nguyên.').min(0).max(9_999);
const FAULT_FIELD = { moment: 'thoi_diem', measure: 'don_vi', amount: 'so' };

/** A rule as an administrator types it. */
export const ruleForm = z
  .object({
    ten: requiredLine(80, 'Đặt tên cho quy tắc.'),
    loai: z.enum(ALERT_THEMES),
    thoi_diem: z.enum(['before', 'on-day', 'after']),
    so: whole.catch(0),
    don_vi: z.enum(['working-days', 'working-hours', 'percent']),
    nguoi_nhan: list(RELATIONS).refine((chosen) => chosen.length > 0, alertRuleTexts.nobody),
    kenh: list<AlertChannel>(['email', 'webhook']),
    cach: z.enum(['digest', 'day', 'urgent']),
    bao_len: list(RELATIONS),
    sau_gio: whole.min(1, 'Từ 1 đến 80 giờ.').max(80, 'Từ 1 đến 80 giờ.'),
    thu_tuc: line(40).optional().default(''),
    buoc: z.enum(['thu', 'luu', 'xac-nhan']).catch('luu'),
  })
  .superRefine((form, context) => {
    const fault = ruleFault({
      theme: form.loai,
      moment: form.thoi_diem,
      amount: form.so,
      measure: form.don_vi,
    });
    if (fault)
      context.addIssue({ code: 'custom', path: [FAULT_FIELD[fault]], message: ruleFaultTexts[fault] });
  });

export type RuleForm = z.output<typeof ruleForm>;

export type RuleDraft = Omit<StoredRule, 'id' | 'key' | 'unitId' | 'procedureId' | 'active'>;

export const draftOf = (form: RuleForm): RuleDraft => ({
  ...{ name: form.ten, theme: form.loai, moment: form.thoi_diem, amount: form.so, measure: form.don_vi },
  ...{ recipients: form.nguoi_nhan, channels: form.kenh, urgency: form.cach },
  ...{ climbTo: form.bao_len, climbHours: form.sau_gio },
});

/** What the form shows of a rule. */
export const formOf = (rule: RuleDraft, procedure: string) => ({
  ...{ ten: rule.name, loai: rule.theme, thoi_diem: rule.moment, so: rule.amount, don_vi: rule.measure },
  ...{ nguoi_nhan: rule.recipients, kenh: rule.channels, cach: rule.urgency },
  ...{ bao_len: rule.climbTo, sau_gio: rule.climbHours, thu_tuc: procedure },
});
