import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/transaction';
import { Clock } from '../platform/clock';
import { SessionRepository, type SessionAccount } from './session.repository';
import { newToken, tokenHash } from './token';

export const IDLE_MS = 8 * 3_600_000;
export const ABSOLUTE_MS = 24 * 3_600_000;
/** `last_seen_at` is written at most this often. */
const TOUCH_MS = 60_000;

/** Sessions of people who signed in. The token is known to the browser only; the database has its hash. */
@Injectable()
export class SessionService {
  constructor(
    private readonly database: Database,
    private readonly sessions: SessionRepository,
    private readonly clock: Clock,
  ) {}

  /** @returns the token for the cookie */
  async open(tx: Tx, userId: number): Promise<string> {
    const token = newToken();
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + ABSOLUTE_MS);
    await this.sessions.insert(tx, tokenHash(token), userId, now, expiresAt);
    return token;
  }

  /** The account behind the token, or undefined when the session ended or the account was closed. */
  async accountOf(token: string, attended = true): Promise<SessionAccount | undefined> {
    const hash = tokenHash(token);
    const now = this.clock.now();
    const account = await this.sessions.accountOf(this.database.pool, hash, now, this.idleSince(now));
    if (attended && account && now.getTime() - account.lastSeenAt.getTime() >= TOUCH_MS)
      await this.sessions.touch(this.database.pool, hash, now);
    return account;
  }

  close(tx: Tx, token: string): Promise<void> {
    return this.sessions.delete(tx, tokenHash(token));
  }

  closeAllOf(tx: Tx, userId: number): Promise<void> {
    return this.sessions.deleteOfUser(tx, userId);
  }

  /** @returns how many ended sessions were removed */
  prune(): Promise<number> {
    const now = this.clock.now();
    return this.sessions.deleteEnded(this.database.pool, now, this.idleSince(now));
  }

  private idleSince(now: Date): Date {
    return new Date(now.getTime() - IDLE_MS);
  }
}
