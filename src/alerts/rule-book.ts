import type { AlertRule } from '../domain/alert-rules';
import type { Relation } from './staff-directory';

export interface StoredRule extends AlertRule {
  key: string;
  /** null: for every commune */
  unitId: number | null;
  recipients: Relation[];
  active: boolean;
}

/** The rules of each commune: its own rule replaces the common one of the same key, also to switch it off. */
export class RuleBook {
  private readonly ofCommune = new Map<number, StoredRule[]>();

  constructor(private readonly rules: StoredRule[]) {}

  of(communeId: number): StoredRule[] {
    const known = this.ofCommune.get(communeId);
    if (known) return known;
    const own = this.rules.filter((rule) => rule.unitId === communeId);
    const replaced = new Set(own.map((rule) => rule.key));
    const common = this.rules.filter((rule) => rule.unitId === null && !replaced.has(rule.key));
    const rules = [...common, ...own].filter((rule) => rule.active);
    this.ofCommune.set(communeId, rules);
    return rules;
  }
}
