import { createHmac, timingSafeEqual } from 'node:crypto';

/** A mail is acted on within days; a link found years later should do nothing. */
const VALID_DAYS = 14;
const DAY_MS = 86_400_000;

export type ReadLink = { notificationId: number } | { fault: 'forged' | 'expired' };

const signature = (text: string, key: string): Buffer =>
  createHmac('sha256', key).update(`alert-link/${text}`).digest();

/** What a mail carries so that its reader can act on it without signing in: number, day it ends, signature. */
export function alertLink(notificationId: number, key: string, now: Date): string {
  const text = `${notificationId}.${Math.floor(now.getTime() / DAY_MS) + VALID_DAYS}`;
  return `${text}.${signature(text, key).toString('base64url')}`;
}

/** Only what this service signed is read. */
export function readAlertLink(link: string, key: string, now: Date): ReadLink {
  const found = /^(\d{1,15})\.(\d{1,6})\.([\w-]{43})$/.exec(link);
  if (!found) return { fault: 'forged' };
  const given = Buffer.from(found[3]!, 'base64url');
  const expected = signature(`${found[1]}.${found[2]}`, key);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return { fault: 'forged' };
  if (Math.floor(now.getTime() / DAY_MS) > Number(found[2])) return { fault: 'expired' };
  return { notificationId: Number(found[1]) };
}
