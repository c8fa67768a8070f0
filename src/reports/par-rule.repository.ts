import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { ParRule } from '../domain/par-score';

export interface DatedParRule {
  rule: ParRule;
  document: string | null;
  /** False while the province's scoring table has not been checked by a person. */
  confirmed: boolean;
}

export const PAR_RULE_KEY = 'par.on-time';

@Injectable()
export class ParRuleRepository {
  /** The rule in force on the day. */
  ruleOn(tx: Tx, day: string): Promise<DatedParRule | undefined> {
    return one<DatedParRule>(
      tx,
      `select value as rule, document, confirmed from dated_setting
       where key = $1 and unit_id is null and valid_from <= $2 and (valid_to is null or valid_to >= $2)
       order by valid_from desc limit 1`,
      [PAR_RULE_KEY, day],
    );
  }

  async insertWhenAbsent(tx: Tx, validFrom: string, rule: ParRule, document: string): Promise<void> {
    await rows(
      tx,
      `insert into dated_setting (key, valid_from, value, document, confirmed)
       values ($1, $2, $3, $4, false) on conflict do nothing`,
      [PAR_RULE_KEY, validFrom, JSON.stringify(rule), document],
    );
  }
}
