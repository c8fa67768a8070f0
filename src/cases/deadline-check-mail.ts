import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import { deliverAfter } from '../calendars/mail-time';
import type { Tx } from '../database/transaction';
import { AdministratorMail } from '../notifications/administrator-mail.service';
import type { MessageContent } from '../notifications/mail-contents';
import type { WaitingNotification } from '../notifications/notification.repository';
import { Clock } from '../platform/clock';
import { Runtime } from '../platform/runtime';
import { vietnameseNumber } from '../platform/vietnamese-number';
import {
  DeadlineCheckRepository,
  type DeadlineCheck,
  type ShownDifference,
} from './deadline-check.repository';
import { differenceView } from './difference-view';

/** Name of the mail: templates/emails/deadline-check. */
export const DEADLINE_CHECK = 'deadline-check';

/** Lines a mail shows; the rest stands on the page. */
const SHOWN = 20;

type CheckedCases = Pick<DeadlineCheck, 'id' | 'startedAt' | 'cases' | 'differences'>;

/** Tells the administrators of a check with differences. */
@Injectable()
export class DeadlineCheckMail {
  constructor(
    private readonly mail: AdministratorMail,
    private readonly calendars: CalendarService,
    private readonly checks: DeadlineCheckRepository,
    private readonly runtime: Runtime,
    private readonly clock: Clock,
  ) {}

  async write(tx: Tx, checkId: number, now: Date): Promise<WaitingNotification[]> {
    const book = await this.calendars.book(tx);
    const message = { template: DEADLINE_CHECK, key: String(checkId), at: now };
    return this.mail.write(tx, message, (unitId) => deliverAfter(now, book.of(unitId).calendar));
  }

  announce(waiting: WaitingNotification[]): Promise<void> {
    return this.mail.announce(waiting);
  }

  /** What the newest check found in the reader's communes; null when a later one found nothing. */
  async compose(tx: Tx, notificationId: number): Promise<MessageContent | null> {
    const check = await this.checks.lastDone(tx);
    if (!check || check.differences === 0) return null;
    const communeIds = await this.mail.communesOf(tx, notificationId);
    const shown = await this.checks.differences(tx, check.id, communeIds, { limit: SHOWN, offset: 0 });
    return this.contentOf(check, shown);
  }

  sample(): MessageContent {
    const difference = {
      code: 'H00.00.00-260101-0001',
      column: 'computed_due_at',
      stored: null,
      derived: null,
    };
    return this.contentOf({ id: 0, startedAt: this.clock.now(), cases: 2_000, differences: 2 }, [difference]);
  }

  private contentOf(check: CheckedCases, shown: ShownDifference[]): MessageContent {
    const publicUrl = this.runtime.publicUrl();
    const model = {
      ...check,
      lines: shown.map((difference) => ({
        ...differenceView(difference),
        url: `${publicUrl}/ho-so/${encodeURIComponent(difference.code)}`,
      })),
      more: check.differences - shown.length,
      url: `${publicUrl}/quan-tri/doi-chieu/${check.id}`,
    };
    const words = {
      so_sai_khac: vietnameseNumber(check.differences),
      so_ho_so: vietnameseNumber(check.cases),
    };
    return { model, words };
  }
}
