import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';

const COOKIE = 'thong-bao';
const SECONDS = 60;

/** Leaves a sentence for the next page ("Đã cấp số 16"), in a signed cookie of one minute. */
export function leaveNotice(reply: FastifyReply, text: string): void {
  void reply.setCookie(COOKIE, text, { path: '/', httpOnly: true, signed: true, maxAge: SECONDS });
}

/** The sentence left by the page before, shown once. Requests of htmx take parts of pages and leave it alone. */
export function takeNotice(request: FastifyRequest, reply: FastifyReply): string | null {
  const cookie = request.cookies?.[COOKIE];
  if (!cookie || request.headers['hx-request']) return null;
  void reply.clearCookie(COOKIE, { path: '/' });
  const { valid, value } = request.unsignCookie(cookie);
  return valid ? value : null;
}
