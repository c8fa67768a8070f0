import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

const NAME = 'phien';

export const sessionTokenOf = (request: FastifyRequest): string | undefined => {
  const token = request.cookies?.[NAME];
  return token === '' ? undefined : token;
};

/** Ends with the browser: offices share computers. `secure` when the public address is https. */
export function setSessionCookie(reply: FastifyReply, token: string, secure: boolean): void {
  void reply.setCookie(NAME, token, { path: '/', httpOnly: true, sameSite: 'lax', secure });
}

export function clearSessionCookie(reply: FastifyReply, secure: boolean): void {
  void reply.clearCookie(NAME, { path: '/', httpOnly: true, sameSite: 'lax', secure });
}
