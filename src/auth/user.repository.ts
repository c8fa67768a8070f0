import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { Role } from '../web/reader';

export interface User {
  id: number;
  unitId: number;
  unitName: string;
  username: string;
  fullName: string;
  title: string | null;
  email: string | null;
  phone: string | null;
  role: Role;
  mustChangePassword: boolean;
  letterKeys: boolean;
  active: boolean;
  lockedUntil: Date | null;
  lastSignInAt: Date | null;
  /** why no mail reaches the present address, as the server said it */
  mailRefused: string | null;
}

export interface Credentials {
  id: number;
  username: string;
  fullName: string;
  passwordHash: string;
  active: boolean;
  failedAttempts: number;
  lockedUntil: Date | null;
}

export type UserFacts = Pick<User, 'unitId' | 'fullName' | 'title' | 'email' | 'phone' | 'role'>;
export type NewUser = UserFacts & { username: string; passwordHash: string; mustChangePassword: boolean };

const SELECT = `select a.id, a.unit_id as "unitId", u.name as "unitName", a.username, a.full_name as "fullName",
    a.title, a.email, a.phone, a.role, a.must_change_password as "mustChangePassword",
    a.letter_keys as "letterKeys", a.active, a.locked_until as "lockedUntil",
    a.last_sign_in_at as "lastSignInAt",
    (select r.reason from current_mail_refusal r where r.user_id = a.id) as "mailRefused"
  from user_account a join unit u on u.id = a.unit_id`;

/** Accounts of the communes $1, and those of the unit $2 itself (a province has accounts of its own). */
const IN_REACH = `(a.unit_id = $2 or u.id = any($1) or u.parent_id = any($1))`;

@Injectable()
export class UserRepository {
  async count(tx: Tx): Promise<number> {
    return (await one<{ count: number }>(tx, 'select count(*) as count from user_account'))?.count ?? 0;
  }

  /** Makes first starts wait for each other. */
  async lockTable(tx: Tx): Promise<void> {
    await tx.query('lock table user_account in share row exclusive mode');
  }

  inReach(tx: Tx, communeIds: number[], unitId: number): Promise<User[]> {
    return rows<User>(tx, `${SELECT} where ${IN_REACH} order by a.active desc, u.name, a.full_name, a.id`, [
      communeIds,
      unitId,
    ]);
  }

  byUsernameInReach(
    tx: Tx,
    communeIds: number[],
    unitId: number,
    username: string,
  ): Promise<User | undefined> {
    return one<User>(tx, `${SELECT} where ${IN_REACH} and lower(a.username) = lower($3)`, [
      communeIds,
      unitId,
      username,
    ]);
  }

  byId(tx: Tx, id: number): Promise<User | undefined> {
    return one<User>(tx, `${SELECT} where a.id = $1`, [id]);
  }

  /** Locked until the transaction ends: attempts at one account are judged one after the other. */
  lockCredentials(tx: Tx, username: string): Promise<Credentials | undefined> {
    return one<Credentials>(
      tx,
      `select id, username, full_name as "fullName", password_hash as "passwordHash", active,
         failed_attempts as "failedAttempts", locked_until as "lockedUntil"
       from user_account where lower(username) = lower($1) for update`,
      [username],
    );
  }

  async isTaken(tx: Tx, username: string): Promise<boolean> {
    return (
      (await one(tx, 'select 1 from user_account where lower(username) = lower($1)', [username])) !==
      undefined
    );
  }

  /** Ids of administrators who can sign in, locked so that two of them cannot remove each other. */
  async lockActiveAdministrators(tx: Tx): Promise<number[]> {
    const found = await rows<{ id: number }>(
      tx,
      `select id from user_account where role = 'administrator' and active order by id for update`,
    );
    return found.map((row) => row.id);
  }

  async insert(tx: Tx, user: NewUser): Promise<number> {
    const row = await one<{ id: number }>(
      tx,
      `insert into user_account
         (unit_id, username, full_name, title, email, phone, role, password_hash, must_change_password)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
      [
        user.unitId,
        user.username,
        user.fullName,
        user.title,
        user.email,
        user.phone,
        user.role,
        user.passwordHash,
        user.mustChangePassword,
      ],
    );
    if (!row) throw new Error('insert into user_account returned no row');
    return row.id;
  }

  async update(tx: Tx, id: number, facts: UserFacts): Promise<void> {
    await tx.query(
      `update user_account set unit_id = $2, full_name = $3, title = $4, email = $5, phone = $6, role = $7
       where id = $1`,
      [id, facts.unitId, facts.fullName, facts.title, facts.email, facts.phone, facts.role],
    );
  }

  /** A new password also ends a lock. */
  async setPassword(tx: Tx, id: number, passwordHash: string, mustChange: boolean): Promise<void> {
    await tx.query(
      `update user_account set password_hash = $2, must_change_password = $3, failed_attempts = 0,
         locked_until = null where id = $1`,
      [id, passwordHash, mustChange],
    );
  }

  async setActive(tx: Tx, id: number, active: boolean): Promise<void> {
    await tx.query(
      'update user_account set active = $2, failed_attempts = 0, locked_until = null where id = $1',
      [id, active],
    );
  }

  async setLetterKeys(tx: Tx, id: number, on: boolean): Promise<void> {
    await tx.query('update user_account set letter_keys = $2 where id = $1', [id, on]);
  }

  async recordFailure(tx: Tx, id: number, attempts: number, lockedUntil: Date | null): Promise<void> {
    await tx.query('update user_account set failed_attempts = $2, locked_until = $3 where id = $1', [
      id,
      attempts,
      lockedUntil,
    ]);
  }

  async recordSignIn(tx: Tx, id: number, now: Date): Promise<void> {
    await tx.query(
      'update user_account set failed_attempts = 0, locked_until = null, last_sign_in_at = $2 where id = $1',
      [id, now],
    );
  }
}
