import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import { atSecond, dayOf, isoDay, toInstant, toLocalSecond, type LocalSecond } from '../domain/local-date';
import { morningOf, type DeliveryMoment } from '../domain/alert-delivery';
import type { WaitingNotification } from '../notifications/notification.repository';
import { NotificationService, type Draft } from '../notifications/notification.service';
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

/** Alerts that reach one person together. */
interface Batch {
  userId: number;
  channel: AlertChannel;
  moment: DeliveryMoment;
  alertIds: number[];
}

/** Puts raised alerts into messages: the morning's one, one by itself, or the summary of what is too much. */
@Injectable()
export class AlertTelling {
  constructor(
    private readonly alerts: AlertRepository,
    private readonly messages: AlertMessageRepository,
    private readonly notifications: NotificationService,
  ) {}

  async tell(tx: Tx, raised: RaisedAlert[], ground: AlertGround): Promise<WaitingNotification[]> {
    const batches = batchesOf(raised, ground);
    if (batches.length === 0) return [];
    await this.alerts.lockRecipients(
      tx,
      batches.map((batch) => batch.userId),
    );
    const written = await this.morning(tx, batches);
    const left = batches.filter((batch) => !written.has(batch));
    for (const [batch, message] of await this.byItself(tx, left, ground.now)) written.set(batch, message);
    await this.messages.link(
      tx,
      [...written].flatMap(([{ alertIds }, { id }]) =>
        alertIds.map((alertId) => ({ alertId, notificationId: id })),
      ),
    );
    return [...written.values()];
  }

  /** This morning's message for everybody who has something left to do, also when nothing new came up. */
  async writeMornings(tx: Tx, { now, book, staff }: AlertGround): Promise<WaitingNotification[]> {
    const today = dayOf(toLocalSecond(now));
    const readers = (await this.messages.withWork(tx, now)).filter((id) => staff.reaches(id, 'email'));
    const drafts = readers.flatMap((userId): Draft[] => {
      const at = morningOf(today, book.of(staff.unitOf(userId)).calendar);
      if (at === null) return [];
      const kind = { channel: 'email' as const, template: ALERT_MORNING };
      return [{ userId, ...kind, key: keyOf(at), deliverAfter: later(toInstant(at), now) }];
    });
    return (await this.notifications.write(tx, drafts)).filter((n) => n.made);
  }

  announce(waiting: WaitingNotification[]): Promise<void> {
    return this.notifications.announce(waiting);
  }

  /** Batches that join a morning's message which has not gone out yet. */
  private async morning(tx: Tx, batches: Batch[]): Promise<Map<Batch, WaitingNotification>> {
    const own = batches.filter(({ moment }) => moment.kind === 'morning');
    const drafts = own.map(({ userId, channel, moment: { at } }): Draft => {
      const key = keyOf(at);
      return { userId, channel, template: ALERT_MORNING, key, deliverAfter: toInstant(at) };
    });
    const written = await this.notifications.write(tx, drafts);
    const waiting = own.map((batch, i) => [batch, written[i]!] as const);
    return new Map(waiting.filter(([, message]) => message.waiting));
  }

  /** Messages by themselves, unless the person had so many within the hour. */
  private async byItself(tx: Tx, batches: Batch[], now: Date): Promise<Map<Batch, WaitingNotification>> {
    const written = new Map<Batch, WaitingNotification>();
    for (const channel of new Set(batches.map((batch) => batch.channel))) {
      const own = batches.filter((batch) => batch.channel === channel);
      const readers = own.map((batch) => batch.userId);
      const single = { channel, template: ALERT_NOW };
      const since = new Date(now.getTime() - HOUR);
      const recent = await this.notifications.writtenSince(tx, readers, single, since);
      const drafts = own.map(({ userId, moment }): Draft => {
        const at = later(toInstant(moment.at), now);
        const before = recent.get(userId);
        if (!before || before.count < MOST_AN_HOUR) return { userId, ...single, deliverAfter: at };
        const deliverAfter = later(new Date(before.first.getTime() + HOUR), at);
        return { userId, channel, template: ALERT_SUMMARY, deliverAfter };
      });
      (await this.notifications.write(tx, drafts)).forEach((message, i) => written.set(own[i]!, message));
    }
    return written;
  }
}

const later = (a: Date, b: Date): Date => (a > b ? a : b);

/** One message a day and person. */
const keyOf = (at: LocalSecond) => ({
  key: isoDay(dayOf(at)),
  at: toInstant(atSecond(dayOf(at), 0)),
});

/** What goes out together, by reader, channel and moment. */
function batchesOf(raised: RaisedAlert[], ground: AlertGround): Batch[] {
  const batches = new Map<string, Batch>();
  for (const { id, ruleId, recipientId: userId } of raised) {
    const rule = ground.rules.rule(ruleId);
    const moment = tellingOf(rule, userId, ground);
    for (const channel of rule.channels) {
      if (!ground.staff.reaches(userId, channel)) continue;
      const key = `${userId}/${channel}/${moment.kind}/${moment.at}`;
      const batch = batches.get(key);
      if (batch) batch.alertIds.push(id);
      else batches.set(key, { userId, channel, moment, alertIds: [id] });
    }
  }
  return [...batches.values()].sort((a, b) => a.userId - b.userId);
}
