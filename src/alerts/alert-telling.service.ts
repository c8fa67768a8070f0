import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import { dayOf, isoDay, toInstant, toLocalSecond, atSecond } from '../domain/local-date';
import { morningOf, type DeliveryMoment } from '../domain/alert-delivery';
import type { WaitingNotification } from '../notifications/notification.repository';
import { NotificationService } from '../notifications/notification.service';
import { tellingOf, type AlertGround } from './alert-plan';
import { AlertMessageRepository } from './alert-message.repository';
import { AlertRepository, type RaisedAlert } from './alert.repository';
import type { AlertChannel } from './rule-book';

/** The one message of a morning: everything its reader has to do. Names of templates/emails/… */
export const ALERT_MORNING = 'alert-morning';
/** What became urgent during the day. */
export const ALERT_NOW = 'alert-now';
/** What came up beyond so many messages an hour. */
export const ALERT_SUMMARY = 'alert-summary';

/** More messages to one person within an hour are noise: the rest goes into one. */
export const MOST_AN_HOUR = 6;
const HOUR = 3_600_000;

interface Batch {
  channel: AlertChannel;
  moment: DeliveryMoment;
  ids: number[];
}

/** Puts raised alerts into messages: the morning's one, one by itself, or the summary of what is too much. */
@Injectable()
export class AlertTelling {
  constructor(
    private readonly alerts: AlertRepository,
    private readonly messages: AlertMessageRepository,
    private readonly notifications: NotificationService,
  ) {}

  /** In ascending order of the person, as all sweeps do, so that none waits for the other. */
  async tell(tx: Tx, raised: RaisedAlert[], ground: AlertGround): Promise<WaitingNotification[]> {
    const readers = [...new Set(raised.map((alert) => alert.recipientId))].sort((a, b) => a - b);
    const waiting: WaitingNotification[] = [];
    for (const recipientId of readers) {
      const own = raised.filter((alert) => alert.recipientId === recipientId);
      const batches = batchesOf(own, recipientId, ground);
      if (batches.length === 0) continue;
      await this.alerts.lockRecipient(tx, recipientId);
      for (const batch of batches) {
        const message = await this.messageFor(tx, recipientId, batch, ground);
        await this.messages.link(tx, batch.ids, message.id);
        waiting.push(message);
      }
    }
    return waiting;
  }

  /** This morning's message for everybody who has something left to do, also when nothing new came up. */
  async writeMornings(tx: Tx, { now, book, staff }: AlertGround): Promise<WaitingNotification[]> {
    const waiting: WaitingNotification[] = [];
    const today = dayOf(toLocalSecond(now));
    for (const recipientId of await this.messages.withWork(tx, now)) {
      if (!staff.hasMail(recipientId)) continue;
      const at = morningOf(today, book.of(staff.unitOf(recipientId)).calendar);
      if (at === null) continue;
      const deliverAfter = new Date(Math.max(toInstant(at).getTime(), now.getTime()));
      const made = await this.notifications.once(
        tx,
        recipientId,
        { template: ALERT_MORNING, ...keyOf(at) },
        deliverAfter,
      );
      if (made) waiting.push(made);
    }
    return waiting;
  }

  announce(waiting: WaitingNotification[]): Promise<void> {
    return this.notifications.announce(waiting);
  }

  private async messageFor(
    tx: Tx,
    userId: number,
    { channel, moment }: Batch,
    ground: AlertGround,
  ): Promise<WaitingNotification> {
    if (moment.kind === 'morning') {
      const addressed = { userId, channel, template: ALERT_MORNING };
      const morning = await this.notifications.theOne(tx, addressed, keyOf(moment.at), toInstant(moment.at));
      if (morning.waiting) return morning;
    }
    return this.byItself(tx, userId, channel, later(toInstant(moment.at), ground.now));
  }

  /** A message by itself, unless the person had so many within the hour. */
  private async byItself(
    tx: Tx,
    userId: number,
    channel: AlertChannel,
    at: Date,
  ): Promise<WaitingNotification> {
    const single = { userId, channel, template: ALERT_NOW };
    const recent = await this.notifications.writtenSince(tx, single, new Date(at.getTime() - HOUR));
    if (recent.length < MOST_AN_HOUR) return this.notifications.waitingFor(tx, single, at);
    const summary = { userId, channel, template: ALERT_SUMMARY };
    return this.notifications.waitingFor(tx, summary, later(new Date(recent[0]!.getTime() + HOUR), at));
  }
}

const later = (a: Date, b: Date): Date => (a > b ? a : b);

/** One message a day and person. */
const keyOf = (at: number) => ({
  key: isoDay(dayOf(at)),
  at: toInstant(atSecond(dayOf(at), 0)),
});

/** What goes out together, by channel and hour. */
function batchesOf(own: RaisedAlert[], recipientId: number, ground: AlertGround): Batch[] {
  const batches = new Map<string, Batch>();
  for (const { id, ruleId } of own) {
    const rule = ground.rules.rule(ruleId);
    const moment = tellingOf(rule, recipientId, ground);
    for (const channel of rule.channels) {
      if (channel === 'email' && !ground.staff.hasMail(recipientId)) continue;
      const key = `${channel}/${moment.kind}/${moment.at}`;
      const batch = batches.get(key);
      if (batch) batch.ids.push(id);
      else batches.set(key, { channel, moment, ids: [id] });
    }
  }
  return [...batches.values()];
}
