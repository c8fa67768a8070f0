import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';

export interface AbsenceRow {
  id: number;
  userId: number;
  name: string;
  title: string | null;
  substitute: string | null;
  /** 'YYYY-MM-DD' */
  firstDay: string;
  lastDay: string;
}

export interface Colleague {
  id: number;
  name: string;
  title: string | null;
}

const DAY = (column: string, alias: string) => `to_char(${column}, 'YYYY-MM-DD') as "${alias}"`;

/** Everybody of a commune: it, its centre and its departments. */
const OF_COMMUNES = `u.unit_id in (select n.id from unit n where n.id = any($1) or n.parent_id = any($1)
  or n.parent_id in (select k.id from unit k where k.parent_id = any($1)))`;

@Injectable()
export class AbsenceRepository {
  /** Those not over, the next first. */
  list(tx: Tx, communeIds: number[], today: string, userId: number | null): Promise<AbsenceRow[]> {
    return rows<AbsenceRow>(
      tx,
      `select a.id, a.user_id as "userId", u.full_name as name, u.title, s.full_name as substitute,
         ${DAY('a.first_day', 'firstDay')}, ${DAY('a.last_day', 'lastDay')}
       from absence a join user_account u on u.id = a.user_id left join user_account s on s.id = a.substitute_id
       where ${OF_COMMUNES} and a.last_day >= $2 and ($3::int is null or a.user_id = $3)
       order by a.first_day, u.full_name`,
      [communeIds, today, userId],
    );
  }

  colleagues(tx: Tx, communeIds: number[]): Promise<Colleague[]> {
    return rows<Colleague>(
      tx,
      `select u.id, u.full_name as name, u.title from user_account u
       where u.active and u.role <> 'administrator' and ${OF_COMMUNES} order by u.full_name`,
      [communeIds],
    );
  }

  ofUser(tx: Tx, userId: number, today: string): Promise<{ firstDay: string; lastDay: string }[]> {
    return rows(
      tx,
      `select ${DAY('first_day', 'firstDay')}, ${DAY('last_day', 'lastDay')} from absence
       where user_id = $1 and last_day >= $2`,
      [userId, today],
    );
  }

  async insert(
    tx: Tx,
    a: { userId: number; substituteId: number | null; firstDay: string; lastDay: string },
    by: { actor: string; now: Date },
  ): Promise<void> {
    await rows(
      tx,
      `insert into absence (user_id, substitute_id, first_day, last_day, recorded_by, recorded_at)
       values ($1, $2, $3, $4, $5, $6) returning id`,
      [a.userId, a.substituteId, a.firstDay, a.lastDay, by.actor, by.now],
    );
  }

  /** One not begun goes; one under way ends with yesterday. */
  async end(tx: Tx, id: number, today: string): Promise<void> {
    await rows(tx, 'delete from absence where id = $1 and first_day >= $2 returning id', [id, today]);
    await rows(
      tx,
      `update absence set last_day = $2::date - 1 where id = $1 and last_day >= $2 returning id`,
      [id, today],
    );
  }

  find(tx: Tx, id: number, communeIds: number[]): Promise<AbsenceRow | undefined> {
    return one<AbsenceRow>(
      tx,
      `select a.id, a.user_id as "userId", u.full_name as name, u.title, null as substitute,
         ${DAY('a.first_day', 'firstDay')}, ${DAY('a.last_day', 'lastDay')}
       from absence a join user_account u on u.id = a.user_id where ${OF_COMMUNES} and a.id = $2`,
      [communeIds, id],
    );
  }
}
