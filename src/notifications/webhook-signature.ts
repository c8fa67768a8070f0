import { createHmac } from 'node:crypto';

/** Header that proves who sent the message. */
export const SIGNATURE_HEADER = 'X-Dung-Hen-Signature';

/**
 * `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`: the receiver computes the same with the shared secret, and
 * refuses what is old.
 */
export function signatureOf(secret: string, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  const mac = createHmac('sha256', secret).update(`${seconds}.${body}`, 'utf8').digest('hex');
  return `t=${seconds},v1=${mac}`;
}
