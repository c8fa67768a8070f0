import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { Database } from '../database/transaction';
import { AppError } from '../platform/errors';
import { hashPassword, LEAST_LENGTH, passwordFault, verifyPassword } from './password';
import { SessionService } from './session.service';
import { UserRepository, type User } from './user.repository';

/** What people do with their own account. */
@Injectable()
export class OwnAccountService {
  constructor(
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly sessions: SessionService,
    private readonly audit: AuditService,
  ) {}

  async account(userId: number): Promise<User> {
    const user = await this.users.byId(this.database.pool, userId);
    if (!user) throw new AppError('USER_NOT_FOUND', { username: userId });
    return user;
  }

  /** All sessions of the person end. @returns the token of the new one */
  async changePassword(userId: number, current: string, next: string): Promise<string> {
    const { username } = await this.account(userId);
    const fault = passwordFault(next, username);
    if (fault) throw new AppError(fault, { least: LEAST_LENGTH });
    return this.database.transaction(async (tx) => {
      const stored = await this.users.lockCredentials(tx, username);
      if (!stored || !(await verifyPassword(stored.passwordHash, current)))
        throw new AppError('PASSWORD_WRONG');
      if (await verifyPassword(stored.passwordHash, next)) throw new AppError('PASSWORD_UNCHANGED');
      await this.users.setPassword(tx, userId, await hashPassword(next), false);
      await this.sessions.closeAllOf(tx, userId);
      const token = await this.sessions.open(tx, userId);
      await this.audit.record(tx, {
        actor: stored.fullName,
        userId,
        action: 'user.password-changed',
        subject: `user:${username}`,
      });
      return token;
    });
  }

  setLetterKeys(userId: number, on: boolean): Promise<void> {
    return this.users.setLetterKeys(this.database.pool, userId, on);
  }
}
