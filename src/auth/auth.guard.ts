import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AppError } from '../platform/errors';
import { ROLES_KEY, UNATTENDED_KEY, type ReaderRequest, type Role } from '../web/reader';
import { ReaderService, type Identity } from './reader.service';
import { sessionTokenOf } from './session-cookie';

const TEMPORARY_PASSWORD_KEY = 'temporary-password';

/** The route is open to somebody who still has to change a temporary password. */
export const WithTemporaryPassword = () => SetMetadata(TEMPORARY_PASSWORD_KEY, true);

/** Says who asks and whether they may. Every route goes through it; `RouteAccess` proves that each one says to whom. */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly readers: ReaderService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ReaderRequest>();
    const roles = this.metadata<Role[]>(context, ROLES_KEY);
    if (!roles) throw new AppError('FORBIDDEN');
    const attended = !this.metadata<boolean>(context, UNATTENDED_KEY);
    const identity = await this.identify(request, attended);
    request.reader = identity?.reader;
    if (roles.length === 0) return true;
    if (!identity) throw new AppError('NOT_SIGNED_IN');
    if (identity.mustChangePassword && !this.metadata<boolean>(context, TEMPORARY_PASSWORD_KEY))
      throw new AppError('PASSWORD_CHANGE_DUE');
    if (!roles.includes(identity.reader.role)) throw new AppError('FORBIDDEN');
    return true;
  }

  /** A key wins over a cookie, and a wrong key is refused even where the cookie would do. */
  private async identify(request: ReaderRequest, attended: boolean): Promise<Identity | undefined> {
    const bearer = /^Bearer +(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (bearer !== undefined) {
      const identity = await this.readers.ofKey(bearer.trim());
      if (!identity) throw new AppError('API_KEY_UNKNOWN');
      return identity;
    }
    const token = sessionTokenOf(request);
    return token === undefined ? undefined : this.readers.ofSession(token, attended);
  }

  private metadata<T>(context: ExecutionContext, key: string): T | undefined {
    return this.reflector.getAllAndOverride<T | undefined>(key, [context.getHandler(), context.getClass()]);
  }
}
