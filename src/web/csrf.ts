import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import csrfProtection from '@fastify/csrf-protection';
import { AppError } from '../platform/errors';
import type { Runtime } from '../platform/runtime';
import type { ReaderRequest } from './reader';

const COOKIE = 'ma-bieu-mau';
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The token is bound to the signed-in session: a token from before signing in or of somebody else is worthless. */
const boundTo = (request: ReaderRequest): string => request.reader?.sessionId || 'nobody';

function tokenIn(request: FastifyRequest): string | undefined {
  const body = request.body as { _csrf?: unknown } | null | undefined;
  const query = request.query as { _csrf?: unknown } | undefined;
  const found = body?._csrf ?? request.headers['x-csrf-token'] ?? query?._csrf;
  return typeof found === 'string' ? found : undefined;
}

export async function registerCsrf(server: FastifyInstance, runtime: Runtime): Promise<void> {
  await server.register(csrfProtection, {
    cookieKey: COOKIE,
    cookieOpts: {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure: runtime.publicUrl().startsWith('https:'),
    },
    csrfOpts: { hmacKey: runtime.sessionKey },
    getToken: tokenIn as (request: FastifyRequest) => string,
    getUserInfo: boundTo,
  });
}

export const csrfToken = (request: ReaderRequest, reply: FastifyReply): string =>
  reply.generateCsrf({ userInfo: boundTo(request) });

function isGenuine(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
  return new Promise((resolve) => {
    // The plugin answers by itself when it refuses; here the answer belongs to the error filter.
    const judge = { send: () => resolve(false), unsignCookie: reply.unsignCookie.bind(reply) };
    request.server.csrfProtection(request, judge as unknown as FastifyReply, () => resolve(true));
  });
}

/**
 * Refuses every changing request without a token of this session. An interceptor, because it needs the reader the
 * guard found. API keys are exempt: a browser never sends one by itself.
 */
@Injectable()
export class CsrfInterceptor implements NestInterceptor {
  async intercept(context: ExecutionContext, next: CallHandler) {
    const request = context.switchToHttp().getRequest<ReaderRequest>();
    if (SAFE_METHODS.has(request.method) || request.reader?.kind === 'api-key') return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    if (!(await isGenuine(request, reply))) throw new AppError('CSRF');
    const body = request.body as Record<string, unknown> | null | undefined;
    if (body && typeof body === 'object') delete body['_csrf'];
    return next.handle();
  }
}
