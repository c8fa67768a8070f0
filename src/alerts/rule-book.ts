import type { AlertRule } from '../domain/alert-rules';
import type { Urgency } from '../domain/alert-delivery';
import type { Relation } from './staff-directory';

export type AlertChannel = 'email' | 'webhook';

export interface StoredRule extends AlertRule {
  key: string;
  /** null: for every commune */
  unitId: number | null;
  /** null: for every procedure */
  procedureId: number | null;
  name: string;
  recipients: Relation[];
  channels: AlertChannel[];
  urgency: Urgency;
  /** Whom it climbs to, one after the other, while nobody says that it is in hand. */
  climbTo: Relation[];
  /** Working hours until it climbs. */
  climbHours: number;
  active: boolean;
}

/** A rule of a procedure goes before one of an office, and both before the common one. */
const nearness = ({ procedureId, unitId }: StoredRule): number =>
  (procedureId === null ? 0 : 2) + (unitId === null ? 0 : 1);

/** Of the rules with one key the nearest, switched off or not. */
export function nearestRules(rules: StoredRule[], communeId: number, procedureId: number): StoredRule[] {
  const nearest = new Map<string, StoredRule>();
  for (const rule of rules) {
    if (rule.unitId !== null && rule.unitId !== communeId) continue;
    if (rule.procedureId !== null && rule.procedureId !== procedureId) continue;
    const other = nearest.get(rule.key);
    if (!other || nearness(rule) > nearness(other)) nearest.set(rule.key, rule);
  }
  return [...nearest.values()].sort((a, b) => a.id - b.id);
}

/** The rules of each commune and procedure: of those with one key the nearest counts, also to switch it off. */
export class RuleBook {
  private readonly known = new Map<string, StoredRule[]>();
  private readonly byId: Map<number, StoredRule>;
  private readonly procedures: Set<number | null>;

  constructor(private readonly rules: StoredRule[]) {
    this.byId = new Map(rules.map((rule) => [rule.id, rule]));
    this.procedures = new Set(rules.map((rule) => rule.procedureId));
  }

  rule(id: number): StoredRule {
    return this.byId.get(id)!;
  }

  of(communeId: number, procedureId: number): StoredRule[] {
    const key = `${communeId}/${this.procedures.has(procedureId) ? procedureId : ''}`;
    const known = this.known.get(key);
    if (known) return known;
    const rules = nearestRules(this.rules, communeId, procedureId).filter((rule) => rule.active);
    this.known.set(key, rules);
    return rules;
  }
}
