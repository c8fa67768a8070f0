import { randomBytes } from 'node:crypto';
import { isoLocal } from '../domain/local-date';

/** "7F3A-0926": four random digits and the time of day, short enough to say on the telephone. */
export function incidentNumber(now: Date): string {
  const time = isoLocal(now).slice(11, 16).replace(':', '');
  return `${randomBytes(2).toString('hex').toUpperCase()}-${time}`;
}
