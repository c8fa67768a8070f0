import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Database, type Tx } from '../database/transaction';
import { AppError } from '../platform/errors';
import { generatePassword, hashPassword } from './password';
import { SessionService } from './session.service';
import { UserRepository, type User, type UserFacts } from './user.repository';

/** Who acts, as the audit log names them. */
export interface Actor {
  actor: string;
  userId: number | null;
}

export type UserToAdd = Omit<UserFacts, 'title' | 'email' | 'phone'> &
  Partial<Pick<UserFacts, 'title' | 'email' | 'phone'>> & {
    username: string;
    /** generated, and to be changed at the first sign-in, when left out */
    password?: string;
  };

/** What an administrator does with accounts; every act is audited. */
@Injectable()
export class UserService {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly sessions: SessionService,
    private readonly audit: AuditService,
  ) {}

  /** @returns the password in clear: the only moment it is known */
  create(by: Actor, user: UserToAdd): Promise<{ id: number; password: string }> {
    return this.database.transaction((tx) => this.createIn(tx, by, user));
  }

  async createIn(tx: Tx, by: Actor, user: UserToAdd): Promise<{ id: number; password: string }> {
    const username = user.username.toLowerCase();
    if (await this.users.isTaken(tx, username)) throw new AppError('USERNAME_TAKEN', { username });
    const password = user.password ?? generatePassword();
    const id = await this.users.insert(tx, {
      ...{ title: null, email: null, phone: null },
      ...user,
      username,
      passwordHash: await hashPassword(password),
      mustChangePassword: user.password === undefined,
    });
    await this.audit.record(tx, {
      ...by,
      action: 'user.created',
      subject: `user:${username}`,
      detail: { role: user.role, unitId: user.unitId, fullName: user.fullName },
    });
    return { id, password };
  }

  update(by: Actor, user: User, facts: UserFacts): Promise<void> {
    return this.database.transaction(async (tx) => {
      if (facts.role !== 'administrator') await this.keepAnAdministrator(tx, user.id);
      await this.users.update(tx, user.id, facts);
      const before: UserFacts = user;
      await this.audit.record(tx, {
        ...by,
        action: 'user.updated',
        subject: `user:${user.username}`,
        detail: changed(before, facts),
      });
    });
  }

  /** A new generated password; the person's sessions end. @returns the password in clear */
  resetPassword(by: Actor, user: User): Promise<string> {
    return this.database.transaction(async (tx) => {
      const password = generatePassword();
      await this.users.setPassword(tx, user.id, await hashPassword(password), true);
      await this.sessions.closeAllOf(tx, user.id);
      await this.audit.record(tx, { ...by, action: 'user.password-reset', subject: `user:${user.username}` });
      return password;
    });
  }

  setActive(by: Actor, user: User, active: boolean): Promise<void> {
    return this.database.transaction(async (tx) => {
      if (!active) await this.keepAnAdministrator(tx, user.id);
      await this.users.setActive(tx, user.id, active);
      if (!active) await this.sessions.closeAllOf(tx, user.id);
      const action = active ? 'user.reopened' : 'user.closed';
      await this.audit.record(tx, { ...by, action, subject: `user:${user.username}` });
    });
  }

  private async keepAnAdministrator(tx: Tx, userId: number): Promise<void> {
    const active = await this.users.lockActiveAdministrators(tx);
    if (active.length === 1 && active[0] === userId) throw new AppError('LAST_ADMINISTRATOR');
  }
}

/** Names of the changed facts with their new values. */
function changed(before: UserFacts, after: UserFacts): Partial<UserFacts> {
  const keys = Object.keys(after) as (keyof UserFacts)[];
  return Object.fromEntries(keys.filter((key) => before[key] !== after[key]).map((key) => [key, after[key]]));
}
