import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import { CASE_COLUMNS, type CaseRow } from './alert.repository';
import type { Absent, StaffMember } from './staff-directory';
import type { StoredRule } from './rule-book';

export type DefaultRule = Omit<StoredRule, 'id' | 'unitId' | 'procedureId'>;

const RULE = `id, unit_id as "unitId", procedure_id as "procedureId", key, name, theme, moment, amount, measure,
  recipients, channels, urgency, climb_to as "climbTo", climb_hours as "climbHours", active`;

/** Each unit with the commune it belongs to; offices above the communes are left out. */
const PLACES = `with recursive place as (
    select id, id as commune_id from unit where kind = 'commune'
    union all
    select u.id, p.commune_id from unit u join place p on p.id = u.parent_id where u.kind <> 'commune')`;

/** The rules of alert, and the people they may name. */
@Injectable()
export class AlertRuleRepository {
  rules(tx: Tx): Promise<StoredRule[]> {
    return rows(tx, `select ${RULE} from alert_rule order by id`);
  }

  /** Everybody who can be reminded. */
  staff(tx: Tx): Promise<StaffMember[]> {
    return rows(
      tx,
      `${PLACES}
       select a.id, a.role, a.unit_id as "unitId", u.kind as "unitKind", p.commune_id as "communeId",
         coalesce(a.email, '') <> '' as "hasMail", coalesce(a.phone, '') <> '' and exists (select from webhook w
           where w.active and (w.unit_id is null or w.unit_id = p.commune_id)) as "hasWebhook"
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

  /**
   * Cases that may be watched, as the sweep reads them: those open, and those settled since the day, 'YYYY-MM-DD',
   * that ran then.
   */
  watchedCases(
    tx: Tx,
    { communeIds, procedureId, since }: { communeIds: number[]; procedureId: number | null; since: string },
    after: number,
    limit: number,
    now: Date,
  ): Promise<(CaseRow & { code: string })[]> {
    return rows(
      tx,
      `select ${CASE_COLUMNS}, c.code from case_record c
       where c.unit_id = any($2) and ($3::int is null or c.procedure_id = $3) and c.id > $5
         and (c.status in (1, 2, 4, 5, 6) or c.settled_day >= $4) order by c.id limit $6`,
      [now, communeIds, procedureId, since, after, limit],
    );
  }

  /** The rule with this id when it is a common one or the office's own. */
  byId(tx: Tx, id: number, unitId: number | null): Promise<StoredRule | undefined> {
    return one(
      tx,
      `select ${RULE} from alert_rule where id = $1 and (unit_id is null or unit_id = $2)
         and position('/' in key) = 0`,
      [id, unitId],
    );
  }

  /** Of one key, office and procedure there is one rule. @returns its id */
  async save(tx: Tx, rule: Omit<StoredRule, 'id'>, by: { actor: string; now: Date }): Promise<number> {
    const saved = await one<{ id: number }>(
      tx,
      `insert into alert_rule (key, unit_id, procedure_id, name, theme, moment, amount, measure, recipients, channels,
         urgency, climb_to, climb_hours, active, updated_at, updated_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
       on conflict (key, coalesce(unit_id, 0), coalesce(procedure_id, 0)) do update set name = excluded.name,
         theme = excluded.theme, moment = excluded.moment, amount = excluded.amount, measure = excluded.measure,
         recipients = excluded.recipients, channels = excluded.channels, urgency = excluded.urgency,
         climb_to = excluded.climb_to, climb_hours = excluded.climb_hours, active = excluded.active,
         updated_at = excluded.updated_at, updated_by = excluded.updated_by
       returning id`,
      [
        ...[rule.key, rule.unitId, rule.procedureId, rule.name, rule.theme, rule.moment, rule.amount],
        ...[rule.measure, rule.recipients, rule.channels, rule.urgency, rule.climbTo, rule.climbHours],
        ...[rule.active, by.now, by.actor],
      ],
    );
    return saved!.id;
  }

  /** Switched off for good where alerts name it: what was told stays told. */
  async remove(tx: Tx, id: number): Promise<void> {
    await rows(
      tx,
      `delete from alert_rule r where id = $1 and not exists (select from alert a where a.rule_id = r.id) returning id`,
      [id],
    );
    await rows(
      tx,
      `update alert_rule set active = false, key = key || '/' || id where id = $1 returning id`,
      [id],
    );
  }

  /** The sweep looks at the open cases again. */
  async rearm(tx: Tx, communeIds: number[], procedureId: number | null, now: Date): Promise<void> {
    await tx.query(
      `update case_record c set next_alert_at = $3 where c.unit_id = any($1) and c.settled_day is null
         and ($2::int is null or c.procedure_id = $2)
         and (c.status in (2, 4, 5, 6) or (c.status = 1 and c.acceptance_due_at is not null))`,
      [communeIds, procedureId, now],
    );
  }

  async procedureByCode(tx: Tx, code: string): Promise<number | null> {
    const found = await one<{ id: number }>(tx, 'select id from procedure where code = $1', [code]);
    return found?.id ?? null;
  }

  async procedureCodes(tx: Tx): Promise<Map<number, string>> {
    const found = await rows<{ id: number; code: string }>(
      tx,
      'select p.id, p.code from procedure p join alert_rule r on r.procedure_id = p.id where p.code is not null',
    );
    return new Map(found.map((p) => [p.id, p.code]));
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
