import { one, rows, type Tx } from '../../src/database/transaction';

/** One commune with a centre, two departments and somebody in each place. */
export interface Office {
  communeId: number;
  centreId: number;
  cultureId: number;
  economyId: number;
  procedureId: number;
  counter: number;
  culture: number;
  economy: number;
  director: number;
}

export interface CaseSpec {
  code: string;
  deadline: string;
  departmentId?: number | null;
  officerId?: number | null;
  applicant?: string;
  /** default: now, as the recomputation of deadlines arms a case */
  nextAlertAt?: string | null;
}

const id = async (tx: Tx, sql: string, parameters: unknown[]): Promise<number> =>
  (await one<{ id: number }>(tx, `${sql} returning id`, parameters))!.id;

const unit = (tx: Tx, parentId: number, kind: string, code: string, name: string) =>
  id(tx, `insert into unit (parent_id, kind, code, name) values ($1, $2, $3, $4)`, [
    parentId,
    kind,
    code,
    name,
  ]);

export interface AccountSpec {
  unitId: number;
  username: string;
  fullName: string;
  role: string;
  email?: string | null;
}

export const account = (tx: Tx, a: AccountSpec): Promise<number> =>
  id(
    tx,
    `insert into user_account (unit_id, username, full_name, role, email, password_hash)
     values ($1, $2, $3, $4, $5, 'none')`,
    [
      a.unitId,
      a.username,
      a.fullName,
      a.role,
      a.email === undefined ? `${a.username}@binhlu.example` : a.email,
    ],
  );

export async function createOffice(tx: Tx): Promise<Office> {
  const commune = await one<{ id: number }>(tx, `select id from unit where kind = 'commune' limit 1`);
  const communeId = commune!.id;
  const centre = await one<{ id: number }>(tx, `select id from unit where kind = 'centre' limit 1`);
  const centreId = centre!.id;
  const cultureId = await unit(tx, communeId, 'department', 'VHXH', 'Phòng Văn hóa - Xã hội');
  const economyId = await unit(tx, communeId, 'department', 'KT', 'Phòng Kinh tế');
  const procedureId = await id(
    tx,
    `insert into procedure (code, name) values ('1.000894', 'Đăng ký kết hôn')`,
    [],
  );
  const person = (unitId: number, username: string, fullName: string, role = 'officer') =>
    account(tx, { unitId, username, fullName, role });
  return {
    communeId,
    centreId,
    cultureId,
    economyId,
    procedureId,
    counter: await person(centreId, 'mai', 'Lò Thị Mai'),
    culture: await person(cultureId, 'hoa', 'Tẩn Thị Hoa'),
    economy: await person(economyId, 'tuan', 'Vàng Văn Tuấn'),
    director: await person(communeId, 'chau', 'Giàng A Châu', 'supervisor'),
  };
}

/** Only these rules are in force. */
export const useRules = (tx: Tx, keys: string[]): Promise<unknown> =>
  rows(tx, 'update alert_rule set active = key = any($1)', [keys]);

/** The ladder of a deadline alone: two days before and on the day the officer, then the head as well. */
export async function useDeadlineRules(tx: Tx): Promise<void> {
  await useRules(tx, ['before-2', 'due-today', 'overdue']);
  await rows(tx, `update alert_rule set recipients = '{officer}' where key = 'due-today'`);
}

/** An open case whose deadline was just computed. */
export async function createCase(tx: Tx, office: Office, spec: CaseSpec): Promise<number> {
  const { code, deadline, departmentId = office.cultureId, officerId = null } = spec;
  const { applicant = 'Sùng A Lềnh', nextAlertAt = '2000-01-01T00:00:00Z' } = spec;
  return id(
    tx,
    `insert into case_record (unit_id, code, procedure_id, department_id, officer_id, applicant_name, channel, status,
       received_at, promised_at, source, created_at, updated_at, due_state, deadline_at, deadline_day, next_alert_at)
     values ($1, $2, $3, $4, $5, $6, 'direct', 4, '2026-08-01T08:00:00+07:00', $7, 'test', now(), now(), 'due', $7,
       ($7::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date, $8)`,
    [office.communeId, code, office.procedureId, departmentId, officerId, applicant, deadline, nextAlertAt],
  );
}

export interface AlertRow {
  code: string;
  rule: string;
  recipientId: number;
  notificationId: number | null;
}

export const alerts = (tx: Tx): Promise<AlertRow[]> =>
  rows(
    tx,
    `select c.code, r.key as rule, a.recipient_id as "recipientId",
       (select min(m.notification_id) from alert_message m where m.alert_id = a.id) as "notificationId"
     from alert a join case_record c on c.id = a.case_id join alert_rule r on r.id = a.rule_id
     order by c.code, a.recipient_id, a.id`,
  );

export interface NotificationRow {
  id: number;
  userId: number;
  template: string;
  state: string;
  attempts: number;
  error: string | null;
  messageId: string;
  deliverAfter: Date;
  sentAt: Date | null;
}

export const notifications = (tx: Tx): Promise<NotificationRow[]> =>
  rows(
    tx,
    `select id, user_id as "userId", template, state, attempts, error, message_id as "messageId",
       deliver_after as "deliverAfter", sent_at as "sentAt" from notification order by id`,
  );
