import type { Tx } from '../database/transaction';
import type { ClaimedNotification } from './notification.repository';

/** What became of a message: taken by the channel, or not worth sending any more, with the reason if there is one. */
export type Handover = { sent: true } | { sent: false; reason: string | null };

export const SENT: Handover = { sent: true };
export const withdrawn = (reason: string | null): Handover => ({ sent: false, reason });

/** A way to a person. */
export interface Channel {
  /** @throws DeliveryRefused when it will never be taken, another error when it may be at another attempt */
  hand(tx: Tx, claimed: ClaimedNotification): Promise<Handover>;
}
