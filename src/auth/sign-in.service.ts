import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Database, type Tx } from '../database/transaction';
import { Clock } from '../platform/clock';
import { generatePassword, hashPassword, verifyPassword } from './password';
import { SessionService } from './session.service';
import { UserRepository, type Credentials } from './user.repository';

export const MOST_FAILURES = 5;
export const LOCK_MS = 15 * 60_000;

const NOBODY = { id: 0, failedAttempts: 0, lockedUntil: null };

export interface SignInAttempt {
  username: string;
  password: string;
  /** network address, for the audit log */
  address: string;
  /** token of a session this browser still has; it ends here, so that a planted one is worth nothing */
  oldToken: string | undefined;
}

@Injectable()
export class SignInService implements OnModuleInit {
  private nobodysHash: string;

  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly sessions: SessionService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  async onModuleInit(): Promise<void> {
    this.nobodysHash = await hashPassword(generatePassword());
  }

  /**
   * The token of a new session, or null. Unknown name, wrong password, locked and closed account take the same
   * work and get the same answer: one hash, one audit entry, one commit.
   */
  signIn(attempt: SignInAttempt): Promise<string | null> {
    return this.database.transaction(async (tx) => {
      const found = await this.users.lockCredentials(tx, attempt.username);
      const fits = await verifyPassword(found?.passwordHash ?? this.nobodysHash, attempt.password);
      if (found && fits && this.mayEnter(found)) return this.enter(tx, found, attempt);
      await this.refuse(tx, found, attempt);
      return null;
    });
  }

  signOut(by: { name: string; userId: number }, token: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.sessions.close(tx, token);
      await this.audit.record(tx, {
        actor: by.name,
        userId: by.userId,
        action: 'session.closed',
        subject: `user:${by.userId}`,
      });
    });
  }

  private mayEnter(account: Credentials): boolean {
    return account.active && !this.isLocked(account);
  }

  private isLocked(account: Credentials): boolean {
    return account.lockedUntil !== null && account.lockedUntil > this.clock.now();
  }

  private async enter(tx: Tx, account: Credentials, attempt: SignInAttempt): Promise<string> {
    await this.users.recordSignIn(tx, account.id, this.clock.now());
    if (attempt.oldToken) await this.sessions.close(tx, attempt.oldToken);
    const token = await this.sessions.open(tx, account.id);
    await this.audit.record(tx, {
      actor: account.fullName,
      userId: account.id,
      action: 'session.opened',
      subject: `user:${account.username}`,
      detail: { address: attempt.address },
    });
    return token;
  }

  private async refuse(tx: Tx, account: Credentials | undefined, attempt: SignInAttempt): Promise<void> {
    const locked = await this.countFailure(tx, account);
    await this.audit.record(tx, {
      actor: 'sign-in',
      userId: null,
      action: locked ? 'user.locked' : 'session.refused',
      // A name that does not exist is not kept: it may be a password typed into the wrong box.
      subject: account ? `user:${account.username}` : 'user:unknown',
      detail: { address: attempt.address },
    });
  }

  /**
   * Failures while the account is locked do not lengthen the lock. For an unknown name the same statement finds no
   * row: it is there to take its time.
   * @returns true when this failure locks the account
   */
  private async countFailure(tx: Tx, account: Credentials | undefined): Promise<boolean> {
    const { id, failedAttempts, lockedUntil } = account ?? NOBODY;
    if (account && this.isLocked(account)) {
      await this.users.recordFailure(tx, id, failedAttempts, lockedUntil);
      return false;
    }
    const attempts = lockedUntil === null ? failedAttempts + 1 : 1;
    const locks = attempts >= MOST_FAILURES;
    const until = locks ? new Date(this.clock.now().getTime() + LOCK_MS) : null;
    await this.users.recordFailure(tx, id, attempts, until);
    return locks;
  }
}
