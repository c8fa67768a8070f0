import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import type { Tx } from '../database/transaction';
import { dayOf, toLocalSecond } from '../domain/local-date';
import { isOverdue, timeLeft } from '../domain/outcome';
import type { WorkingCalendar } from '../domain/working-calendar';
import { Clock } from '../platform/clock';
import { Runtime } from '../platform/runtime';
import { AlertRepository, type DigestRow } from './alert.repository';
import { initials } from './initials';

/** Lines a mail shows per group; the rest is counted and stands on the page. */
const SHOWN = 20;

type Group = 'overdue' | 'today' | 'coming';
const GROUPS: Group[] = ['overdue', 'today', 'coming'];

/** What the mail says, as it is at the moment it goes out. */
@Injectable()
export class AlertDigest {
  constructor(
    private readonly repository: AlertRepository,
    private readonly calendars: CalendarService,
    private readonly clock: Clock,
    private readonly runtime: Runtime,
  ) {}

  /** Null when every case of the message is settled, paused or has another deadline by now. */
  async compose(tx: Tx, notificationId: number): Promise<object | null> {
    const rows = await this.repository.digest(tx, notificationId);
    if (rows.length === 0) return null;
    const book = await this.calendars.book(tx);
    const now = this.clock.now();
    const publicUrl = this.runtime.publicUrl();
    const lines = rows.map((row) => lineOf(row, now, book.of(row.calendarUnitId).calendar, publicUrl));
    const groups = GROUPS.map((key) => groupOf(key, lines)).filter((group) => group.count > 0);
    return { groups, now, alertsUrl: `${publicUrl}/nhac-viec` };
  }
}

function lineOf(row: DigestRow, now: Date, calendar: WorkingCalendar, publicUrl: string) {
  const [deadline, at] = [toLocalSecond(row.deadlineAt), toLocalSecond(now)];
  const late = isOverdue(deadline, at, calendar);
  const group: Group = late ? 'overdue' : dayOf(deadline) === dayOf(at) ? 'today' : 'coming';
  return {
    group,
    code: row.code,
    procedure: row.procedureName,
    applicant: initials(row.applicantName),
    department: row.departmentName,
    deadlineAt: row.deadlineAt,
    forecast: row.forecast,
    left: timeLeft(deadline, at, calendar),
    url: `${publicUrl}/ho-so/${encodeURIComponent(row.code)}`,
  };
}

function groupOf(key: Group, lines: ReturnType<typeof lineOf>[]) {
  const own = lines.filter((line) => line.group === key);
  return { key, count: own.length, lines: own.slice(0, SHOWN), more: Math.max(0, own.length - SHOWN) };
}
