import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import { Database } from '../database/transaction';
import { snoozedUntil, type Snooze } from '../domain/alert-delivery';
import { toInstant, toLocalSecond } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { Runtime } from '../platform/runtime';
import { AlertActsRepository, type LinkedAlert } from './alert-acts.repository';
import { readAlertLink } from './alert-link';

/** Somebody who was told. */
export interface AlertReader {
  id: number;
  unitId: number;
}

export type AlertAct = 'acknowledge' | Snooze;

export interface ActDone {
  alerts: number;
  /** until when they were put off; null when they were taken in hand */
  until: Date | null;
}

export type OpenedLink =
  { fault: 'forged' | 'expired' } | { reader: AlertReader & { name: string }; alerts: LinkedAlert[] };

/** Taking alerts in hand and putting them off. */
@Injectable()
export class AlertActs {
  constructor(
    private readonly database: Database,
    private readonly acts: AlertActsRepository,
    private readonly calendars: CalendarService,
    private readonly clock: Clock,
    private readonly runtime: Runtime,
  ) {}

  /** Only alerts of the reader; others, and those in hand already, are passed over. */
  async act(reader: AlertReader, act: AlertAct, alertIds: number[]): Promise<ActDone> {
    const { pool } = this.database;
    const now = this.clock.now();
    if (act === 'acknowledge')
      return { alerts: await this.acts.acknowledge(pool, reader.id, alertIds, now), until: null };
    const { calendar } = await this.calendars.of(reader.unitId);
    const until = toInstant(snoozedUntil(act, toLocalSecond(now), calendar));
    return { alerts: await this.acts.snooze(pool, reader.id, alertIds, until, now), until };
  }

  release(reader: AlertReader, alertIds: number[]): Promise<number> {
    return this.acts.release(this.database.pool, reader.id, alertIds);
  }

  /** What the link of a mail opens; nothing changes by opening it. */
  async opened(link: string): Promise<OpenedLink> {
    const read = readAlertLink(link, this.runtime.sessionKey, this.clock.now());
    if ('fault' in read) return read;
    const reader = await this.acts.readerOf(this.database.pool, read.notificationId);
    if (!reader) return { fault: 'expired' };
    return { reader, alerts: await this.acts.ofMessage(this.database.pool, read.notificationId) };
  }
}
