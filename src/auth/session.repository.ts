import { Injectable } from '@nestjs/common';
import { one, type Tx } from '../database/transaction';
import type { Role } from '../web/reader';
import type { UnitKind } from '../units/unit';

/** An account as its session finds it. */
export interface SessionAccount {
  userId: number;
  fullName: string;
  title: string | null;
  role: Role;
  unitId: number;
  unitName: string;
  unitKind: UnitKind;
  letterKeys: boolean;
  mustChangePassword: boolean;
  lastSeenAt: Date;
}

@Injectable()
export class SessionRepository {
  async insert(tx: Tx, tokenHash: Buffer, userId: number, now: Date, expiresAt: Date): Promise<void> {
    await tx.query(
      `insert into session (token_hash, user_id, created_at, last_seen_at, expires_at) values ($1, $2, $3, $3, $4)`,
      [tokenHash, userId, now, expiresAt],
    );
  }

  /** The active account of a session that is neither expired nor idle since `idleSince`. */
  accountOf(tx: Tx, tokenHash: Buffer, now: Date, idleSince: Date): Promise<SessionAccount | undefined> {
    return one<SessionAccount>(
      tx,
      `select a.id as "userId", a.full_name as "fullName", a.title, a.role, a.unit_id as "unitId",
         u.name as "unitName", u.kind as "unitKind", a.letter_keys as "letterKeys",
         a.must_change_password as "mustChangePassword", s.last_seen_at as "lastSeenAt"
       from session s join user_account a on a.id = s.user_id join unit u on u.id = a.unit_id
       where s.token_hash = $1 and s.expires_at > $2 and s.last_seen_at > $3 and a.active`,
      [tokenHash, now, idleSince],
    );
  }

  async touch(tx: Tx, tokenHash: Buffer, now: Date): Promise<void> {
    await tx.query('update session set last_seen_at = $2 where token_hash = $1', [tokenHash, now]);
  }

  async delete(tx: Tx, tokenHash: Buffer): Promise<void> {
    await tx.query('delete from session where token_hash = $1', [tokenHash]);
  }

  async deleteOfUser(tx: Tx, userId: number): Promise<void> {
    await tx.query('delete from session where user_id = $1', [userId]);
  }

  /** @returns how many were removed */
  async deleteEnded(tx: Tx, now: Date, idleSince: Date): Promise<number> {
    const gone = await one<{ count: number }>(
      tx,
      `with gone as (delete from session where expires_at <= $1 or last_seen_at <= $2 returning 1)
       select count(*) as count from gone`,
      [now, idleSince],
    );
    return gone?.count ?? 0;
  }
}
