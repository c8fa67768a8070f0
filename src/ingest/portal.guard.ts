import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ReaderService } from '../auth/reader.service';
import { AppError } from '../platform/errors';
import type { Reader, ReaderRequest } from '../web/reader';
import { keyIn } from './portal-envelope';
import { pushedJson } from './push-body';

/**
 * Clients of the portal put their key into the envelope, where the portal's session stands: the body is read to know
 * who sends it. A key in the header wins. Nobody pushes with a cookie.
 */
@Injectable()
export class PortalGuard implements CanActivate {
  constructor(private readonly readers: ReaderService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ReaderRequest>();
    const body = await pushedJson(request);
    const reader = request.reader?.kind === 'api-key' ? request.reader : await this.readerOf(body);
    if (reader.role !== 'administrator') throw new AppError('FORBIDDEN');
    request.reader = reader;
    request.body = body;
    return true;
  }

  private async readerOf(body: unknown): Promise<Reader> {
    const key = keyIn(body);
    if (key === null) throw new AppError('API_KEY_MISSING');
    const identity = await this.readers.ofKey(key);
    if (!identity) throw new AppError('API_KEY_UNKNOWN');
    return identity.reader;
  }
}
