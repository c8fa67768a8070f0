import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';

export interface NewRefusal {
  userId: number;
  address: string;
  /** 'YYYY-MM-DD' */
  day: string;
  reason: string;
  at: Date;
}

/** A person whose present address refuses mail. */
export interface CurrentRefusal {
  userId: number;
  name: string;
  username: string;
  unitName: string;
  address: string;
  reason: string;
  refusedAt: Date;
}

const CURRENT = `select r.user_id as "userId", a.full_name as name, a.username, u.name as "unitName", r.address,
    r.reason, r.refused_at as "refusedAt"
  from current_mail_refusal r join user_account a on a.id = r.user_id join unit u on u.id = a.unit_id`;

@Injectable()
export class MailRefusalRepository {
  /** Once a person, address and day: again it is the same one, with the newest reason. */
  async record(tx: Tx, { userId, address, day, reason, at }: NewRefusal): Promise<number> {
    const recorded = await one<{ id: number }>(
      tx,
      `insert into mail_refusal (user_id, address, day, reason, refused_at) values ($1, $2, $3, $4, $5)
       on conflict (user_id, address, day) do update set reason = excluded.reason, refused_at = excluded.refused_at
       returning id`,
      [userId, address, day, reason, at],
    );
    return recorded!.id;
  }

  /** Administrators of the unit, of what is above it and of the same commune, and the given people: who gets mail. */
  async readers(tx: Tx, unitId: number, userIds: number[]): Promise<number[]> {
    const found = await rows<{ id: number }>(
      tx,
      `with recursive above as (
         select id, parent_id, kind from unit where id = $1
         union all select u.id, u.parent_id, u.kind from unit u join above a on u.id = a.parent_id)
       select a.id from user_account a join unit u on u.id = a.unit_id
       where a.active and coalesce(a.email, '') <> '' and (a.id = any($2) or (a.role = 'administrator'
         and (u.id in (select id from above) or u.parent_id in (select id from above where kind = 'commune'))))
       order by a.id`,
      [unitId, userIds],
    );
    return found.map((row) => row.id);
  }

  async tellOf(tx: Tx, refusalId: number, notificationIds: number[]): Promise<void> {
    await rows(tx, 'update notification set refusal_id = $1 where id = any($2)', [
      refusalId,
      notificationIds,
    ]);
  }

  /** What a message tells of; undefined when it is over, because the address was corrected or takes mail again. */
  told(tx: Tx, notificationId: number): Promise<(CurrentRefusal & { administers: boolean }) | undefined> {
    return one(
      tx,
      `select c.*, me.role = 'administrator' as administers from notification n
         join user_account me on me.id = n.user_id join mail_refusal m on m.id = n.refusal_id
         join (${CURRENT}) c on c."userId" = m.user_id and c.address = m.address
       where n.id = $1`,
      [notificationId],
    );
  }

  /** People of these communes. */
  current(tx: Tx, communeIds: number[]): Promise<CurrentRefusal[]> {
    return rows(tx, `${CURRENT} where u.id = any($1) or u.parent_id = any($1) order by a.full_name, a.id`, [
      communeIds,
    ]);
  }
}
