import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/transaction';
import { lastReminderDay, missedYear } from '../domain/calendar-reminder';
import { atSecond, civil, dayOfInstant, isoDay, toInstant } from '../domain/local-date';
import { AdministratorMail } from '../notifications/administrator-mail.service';
import type { MessageContent } from '../notifications/mail-contents';
import { Clock } from '../platform/clock';
import { labels } from '../platform/labels';
import { Runtime } from '../platform/runtime';
import { vietnameseNumber } from '../platform/vietnamese-number';
import type { SetupItem } from '../units/setup-checklist';
import type { Reader } from '../web/reader';
import { CalendarService } from './calendar.service';
import { ForecastCases } from './forecast-cases';
import { deliverAfter } from './mail-time';

/** Name of the mail: templates/emails/calendar-reminder. */
export const CALENDAR_REMINDER = 'calendar-reminder';

/** Reminders leave at 07:35, when the office has opened. */
const MAIL_SECOND = (7 * 60 + 35) * 60;

/** What is said about a year whose days off are not decided. */
@Injectable()
export class MissedYear {
  constructor(
    private readonly calendars: CalendarService,
    private readonly forecasts: ForecastCases,
    private readonly mail: AdministratorMail,
    private readonly runtime: Runtime,
    private readonly clock: Clock,
  ) {}

  /** A line of the administrator's first page; null while no decision is missed. */
  async setupItem(reader: Reader, tx: Tx): Promise<SetupItem | null> {
    const year = await this.year(tx);
    if (year === null) return null;
    const begun = isoDay(dayOfInstant(this.clock.now())).startsWith(String(year));
    const cases = await this.forecasts.count(tx, reader.communeIds);
    return { ...labels.calendarMissed(year, cases, begun), href: addressOf(year), done: false };
  }

  /** Null when the year has been decided meanwhile. */
  async compose(tx: Tx, notificationId: number): Promise<MessageContent | null> {
    const year = await this.year(tx);
    if (year === null) return null;
    const cases = await this.forecasts.count(tx, await this.mail.communesOf(tx, notificationId));
    return this.contentOf(year, cases);
  }

  sample(): MessageContent {
    return this.contentOf(civil(dayOfInstant(this.clock.now())).year + 1, 12);
  }

  private contentOf(year: number, cases: number): MessageContent {
    const model = { year, cases, url: `${this.runtime.publicUrl()}${addressOf(year)}` };
    return { model, words: { nam: String(year), so_ho_so: vietnameseNumber(cases) } };
  }

  private async year(tx: Tx): Promise<number | null> {
    const { calendar } = await this.calendars.of(null, tx);
    return missedYear(dayOfInstant(this.clock.now()), calendar);
  }
}

/** Asks the administrators for the decision, once on each day of asking. */
@Injectable()
export class CalendarReminder {
  constructor(
    private readonly database: Database,
    private readonly calendars: CalendarService,
    private readonly mail: AdministratorMail,
    private readonly clock: Clock,
  ) {}

  /** @returns messages written; none when they were written before */
  async remind(): Promise<number> {
    const now = this.clock.now();
    const today = dayOfInstant(now);
    const waiting = await this.database.transaction(async (tx) => {
      const { calendar } = await this.calendars.of(null, tx);
      const year = missedYear(today, calendar);
      const day = year === null ? null : lastReminderDay(today, year, calendar);
      if (day === null) return [];
      const message = { template: CALENDAR_REMINDER, key: isoDay(day), at: toInstant(atSecond(day, 0)) };
      const earliest = toInstant(atSecond(today, MAIL_SECOND));
      const book = await this.calendars.book(tx);
      return this.mail.write(tx, message, (unitId) =>
        deliverAfter(now < earliest ? earliest : now, book.of(unitId).calendar),
      );
    });
    await this.mail.announce(waiting);
    return waiting.length;
  }
}

const addressOf = (year: number): string => `/quan-tri/lich/${year}`;
