import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../database/transaction';
import type { Absent, StaffMember } from './staff-directory';
import type { StoredRule } from './rule-book';

export type DefaultRule = Omit<StoredRule, 'id' | 'unitId' | 'procedureId'>;

/** Each unit with the commune it belongs to; offices above the communes are left out. */
const PLACES = `with recursive place as (
    select id, id as commune_id from unit where kind = 'commune'
    union all
    select u.id, p.commune_id from unit u join place p on p.id = u.parent_id where u.kind <> 'commune')`;

/** The rules of alert, and the people they may name. */
@Injectable()
export class AlertRuleRepository {
  rules(tx: Tx): Promise<StoredRule[]> {
    return rows(
      tx,
      `select id, unit_id as "unitId", procedure_id as "procedureId", key, name, theme, moment, amount, measure,
         recipients, channels, urgency, climb_to as "climbTo", climb_hours as "climbHours", active
       from alert_rule order by id`,
    );
  }

  /** Everybody who can be reminded. */
  staff(tx: Tx): Promise<StaffMember[]> {
    return rows(
      tx,
      `${PLACES}
       select a.id, a.role, a.unit_id as "unitId", u.kind as "unitKind", p.commune_id as "communeId",
         coalesce(a.email, '') <> '' as "hasMail"
       from user_account a join unit u on u.id = a.unit_id join place p on p.id = a.unit_id
       where a.active and a.role <> 'administrator'`,
    );
  }

  /** Who is away on the day, 'YYYY-MM-DD'; the latest word counts. */
  absent(tx: Tx, day: string): Promise<Absent[]> {
    return rows(
      tx,
      `select distinct on (user_id) user_id as "userId", substitute_id as "substituteId" from absence
       where $1::date between first_day and last_day order by user_id, id desc`,
      [day],
    );
  }

  async insertDefaults(tx: Tx, rules: DefaultRule[]): Promise<number> {
    const inserted = await rows(
      tx,
      `insert into alert_rule (key, name, theme, moment, amount, measure, urgency, climb_hours, active, recipients,
         channels, climb_to)
       select key, name, theme, moment, amount, measure, urgency, "climbHours", active,
         array(select jsonb_array_elements_text(recipients)), array(select jsonb_array_elements_text(channels)),
         array(select jsonb_array_elements_text("climbTo"))
       from jsonb_to_recordset($1) as n(key text, name text, theme text, moment text, amount int, measure text,
         urgency text, "climbHours" int, active boolean, recipients jsonb, channels jsonb, "climbTo" jsonb)
       on conflict do nothing returning id`,
      [JSON.stringify(rules)],
    );
    return inserted.length;
  }
}
