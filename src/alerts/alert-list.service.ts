import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import { Database } from '../database/transaction';
import { dayOfInstant, type EpochDay, toLocalSecond } from '../domain/local-date';
import { timeLeft, urgencyOf } from '../domain/outcome';
import type { WorkingCalendar } from '../domain/working-calendar';
import { Clock } from '../platform/clock';
import type { Reader } from '../web/reader';
import { AlertListRepository, type ListedAlert } from './alert-list.repository';

const PAGE_SIZE = 50;

export type AlertView = 'chua-xem' | 'tat-ca';

/** The alerts a person received, by day, and what the person has seen of them. */
@Injectable()
export class AlertListService {
  constructor(
    private readonly database: Database,
    private readonly repository: AlertListRepository,
    private readonly calendars: CalendarService,
    private readonly clock: Clock,
  ) {}

  /** Alerts of persons; a key of the API has none. */
  unseen(reader: Reader): Promise<number> {
    if (reader.kind !== 'user') return Promise.resolve(0);
    return this.repository.countUnseen(this.database.pool, reader.id, reader.communeIds);
  }

  /** Without a wish the unseen ones, or all when there are none. What is shown counts as seen from then on. */
  async page(reader: Reader, wish: AlertView | undefined, page: number) {
    const tx = this.database.pool;
    const count = await this.repository.count(tx, reader.id, reader.communeIds);
    const view = wish ?? (count.unseen > 0 ? 'chua-xem' : 'tat-ca');
    // The unseen ones that were shown are seen by now: the next ones always come first.
    const offset = view === 'chua-xem' ? 0 : (page - 1) * PAGE_SIZE;
    const window = { unseenOnly: view === 'chua-xem', limit: PAGE_SIZE, offset };
    const alerts = await this.repository.list(tx, reader.id, reader.communeIds, window);
    const now = this.clock.now();
    const { calendar } = await this.calendars.of(reader.unitId);
    const total = view === 'chua-xem' ? count.unseen : count.all;
    const pages = {
      from: offset + 1,
      to: offset + alerts.length,
      total,
      page,
      more: total > offset + alerts.length,
    };
    return { view, count, pages, days: byDay(alerts, now, calendar), shown: alerts.map((a) => a.id) };
  }

  markSeen(reader: Reader, alertIds: number[]): Promise<void> {
    return this.repository.markSeen(this.database.pool, reader.id, alertIds, this.clock.now());
  }

  markAllSeen(reader: Reader): Promise<number> {
    return this.repository.markAllSeen(this.database.pool, reader.id, this.clock.now());
  }

  async markCaseSeen(reader: Reader, code: string): Promise<void> {
    if (reader.kind === 'user')
      await this.repository.markCaseSeen(this.database.pool, reader.id, code, this.clock.now());
  }
}

function byDay(alerts: ListedAlert[], now: Date, calendar: WorkingCalendar) {
  const days = new Map<EpochDay, ReturnType<typeof itemOf>[]>();
  for (const alert of alerts) {
    const day = dayOfInstant(alert.raisedAt);
    days.set(day, [...(days.get(day) ?? []), itemOf(alert, now, calendar)]);
  }
  return [...days].map(([day, items]) => ({ day, today: day === dayOfInstant(now), items }));
}

function itemOf(alert: ListedAlert, now: Date, calendar: WorkingCalendar) {
  const { deadlineAt, paused, running, code, status } = alert;
  const [deadline, at] = [deadlineAt && toLocalSecond(deadlineAt), toLocalSecond(now)];
  return {
    raisedAt: alert.raisedAt,
    isNew: alert.seenAt === null && alert.current,
    id: alert.id,
    reason: alert.reason,
    group: alert.reason.theme === 'deadline' && alert.reason.moment === 'after' ? 'overdue' : 'other',
    standsInFor: alert.standsInFor,
    acknowledgedAt: alert.acknowledgedAt,
    heldBy: alert.acknowledgedAt ? null : alert.heldBy,
    open: alert.current && !alert.acknowledgedAt && !alert.heldBy,
    snoozedUntil: alert.snoozedUntil,
    current: alert.current,
    supervisorTold: alert.supervisorTold,
    code,
    procedure: alert.procedureName,
    applicant: alert.applicantName,
    status,
    paused,
    running,
    urgency: urgencyOf({ deadlineAt: deadline, paused, now: at, calendar }),
    left: running && deadline !== null ? timeLeft(deadline, at, calendar) : null,
  };
}
