import { z } from 'zod';
import { isMailAddress } from '../notifications/mail-address';
import type { ErrorCode } from '../platform/errors';
import { mobileNumber } from './sending-text';

const MESSAGE_CHANNELS = ['email', 'sms', 'zalo'] as const;
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number];

export const messageForm = z.object({
  kenh: z.enum(MESSAGE_CHANNELS),
  /** typed for one letter; several go where their cases say */
  den: z.string().trim().max(254).optional(),
  lan: z.string().trim().min(8).max(64),
  /** the newest sending the page showed */
  moi_nhat: z.coerce.number().int().min(0).default(0),
});
export type MessageForm = z.infer<typeof messageForm>;

/** Ids of the two inputs. */
export const ADDRESS_FIELD: Record<MessageChannel, string> = {
  email: 'dia_chi_thu',
  sms: 'so_dien_thoai',
  zalo: 'so_dien_thoai',
};

/** Where a message goes, or why it cannot. */
export type Destination = { to: string } | { wrong: ErrorCode; address: string };

export function destinationOf(channel: MessageChannel, typed: string | null): Destination {
  const address = (typed ?? '').trim();
  const mail = channel === 'email';
  if (address === '') return { wrong: mail ? 'MAIL_ADDRESS_MISSING' : 'PHONE_MISSING', address };
  const to = mail ? (isMailAddress(address) ? address : null) : mobileNumber(address);
  return to === null ? { wrong: mail ? 'MAIL_ADDRESS_WRONG' : 'PHONE_WRONG', address } : { to };
}
