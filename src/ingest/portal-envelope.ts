import { z } from 'zod';
import { AppError } from '../platform/errors';
import { vietnameseNumber } from '../platform/vietnamese-number';

/** Services of the national portal that bring cases here. */
const SERVICES = ['DongBoHoSoMC', 'CapNhatTienDoHoSoMC'] as const;
type PortalServiceName = (typeof SERVICES)[number];

/** More than any client sends at a time; a day's list goes in as a file. */
export const MOST_RECORDS = 1_000;

export interface Envelope {
  service: PortalServiceName;
  records: Record<string, unknown>[];
}

const text = z.string().catch('');
const flag = z.union([z.boolean(), z.string().regex(/^(true|false|)$/i)]).nullish();
const object = z.record(z.string(), z.unknown());
const fields = object.catch({});

/** The API key that clients of the portal put where its session stands; never kept. */
export function keyIn(body: unknown): string | null {
  const { session, token } = fields.parse(body);
  return text.parse(session).trim() || text.parse(token).trim() || null;
}

/** @throws AppError PORTAL_SERVICE, PORTAL_UPDATING, PORTAL_DATA, PORTAL_TOO_MANY */
export function envelopeOf(body: unknown): Envelope {
  const { service, isUpdating, data } = fields.parse(body);
  const name = text.parse(service);
  const known = SERVICES.find((s) => s === name);
  if (!known) throw new AppError('PORTAL_SERVICE', { service: name.slice(0, 80) });
  if (!flag.safeParse(isUpdating).success) throw new AppError('PORTAL_UPDATING');
  const records = z.array(object).min(1).safeParse(data);
  if (!records.success) throw new AppError('PORTAL_DATA');
  const [count, most] = [records.data.length, MOST_RECORDS].map((n) => vietnameseNumber(n)) as [
    string,
    string,
  ];
  if (records.data.length > MOST_RECORDS) throw new AppError('PORTAL_TOO_MANY', { count, most });
  return { service: known, records: records.data };
}
