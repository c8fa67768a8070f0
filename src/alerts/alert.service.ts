import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import { deliverAfter } from '../calendars/mail-time';
import { Database, type Tx } from '../database/transaction';
import type { WaitingNotification } from '../notifications/notification.repository';
import { NotificationService } from '../notifications/notification.service';
import { Clock } from '../platform/clock';
import { type AlertGround, planAlert } from './alert-plan';
import { AlertRepository, type RaisedAlert } from './alert.repository';
import { RuleBook } from './rule-book';
import { StaffDirectory } from './staff-directory';

const BATCH = 500;

/** Name of the mail: templates/emails/alert-digest. */
export const ALERT_DIGEST = 'alert-digest';

export interface SweepResult {
  /** cases looked at */
  claimed: number;
  /** alerts written, one per case, rule, deadline and recipient */
  raised: number;
  /** messages made or added to */
  notifications: number;
}

@Injectable()
export class AlertService {
  constructor(
    private readonly database: Database,
    private readonly repository: AlertRepository,
    private readonly notifications: NotificationService,
    private readonly calendars: CalendarService,
    private readonly clock: Clock,
  ) {}

  /**
   * Raises every alert that has fallen due. Safe at any time and in any number at once. Messages are handed to the
   * queue at the end, so that a person gets one for the whole sweep.
   */
  async sweep(): Promise<SweepResult> {
    const result: SweepResult = { claimed: 0, raised: 0, notifications: 0 };
    const waiting = new Map<number, WaitingNotification>();
    try {
      for (;;) {
        const batch = await this.database.transaction((tx) => this.sweepBatch(tx));
        if (!batch) break;
        result.claimed += batch.claimed;
        result.raised += batch.raised;
        for (const notification of batch.waiting) waiting.set(notification.id, notification);
      }
    } finally {
      await this.notifications.announce([...waiting.values()]);
    }
    return { ...result, notifications: waiting.size };
  }

  private async sweepBatch(tx: Tx) {
    const now = this.clock.now();
    const claimed = await this.repository.claimDue(tx, now, BATCH);
    if (claimed.length === 0) return null;
    const ground = await this.ground(tx, now);
    const plans = claimed.map((each) => planAlert(each, ground));
    await this.repository.setNext(tx, plans);
    const raised = await this.repository.raise(tx, plans, now);
    return { claimed: claimed.length, raised: raised.length, waiting: await this.notify(tx, raised, ground) };
  }

  private async ground(tx: Tx, now: Date): Promise<AlertGround> {
    const book = await this.calendars.book(tx);
    const rules = new RuleBook(await this.repository.rules(tx));
    return { now, book, rules, staff: new StaffDirectory(await this.repository.staff(tx)) };
  }

  /** One message per person; in ascending order of the person, as all sweeps do, so that none waits for the other. */
  private async notify(tx: Tx, raised: RaisedAlert[], { now, book, staff }: AlertGround) {
    const recipients = [...new Set(raised.map((alert) => alert.recipientId))].filter((id) =>
      staff.hasMail(id),
    );
    const waiting: WaitingNotification[] = [];
    for (const recipientId of recipients.sort((a, b) => a - b)) {
      await this.repository.lockRecipient(tx, recipientId);
      const at = deliverAfter(now, book.of(staff.unitOf(recipientId)).calendar);
      const notification = await this.notifications.waitingFor(tx, recipientId, ALERT_DIGEST, at);
      const ids = raised.filter((alert) => alert.recipientId === recipientId).map((alert) => alert.id);
      await this.repository.link(tx, ids, notification.id);
      waiting.push(notification);
    }
    return waiting;
  }
}
