import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import type { Tx } from '../database/transaction';
import { dayOf, toLocalSecond } from '../domain/local-date';
import { isOverdue, timeLeft } from '../domain/outcome';
import type { WorkingCalendar } from '../domain/working-calendar';
import { MailContents, type MessageCase, type MessageContent } from '../notifications/mail-contents';
import { alertReason, alertSummary, type AlertGroupKey } from '../platform/alert-labels';
import { Clock } from '../platform/clock';
import { Runtime } from '../platform/runtime';
import { vietnameseNumber } from '../platform/vietnamese-number';
import { timeLeftText } from '../web/view-helpers';
import { AlertMessageRepository, type ToldAlert } from './alert-message.repository';
import { ALERT_MORNING, ALERT_NOW, ALERT_SUMMARY } from './alert-telling.service';
import { alertLink } from './alert-link';
import { initials } from './initials';
import { sampleAlerts } from './sample-alerts';

/** Lines a mail shows per group; the rest is counted and stands on the page. */
const SHOWN = 20;

const MAIL_GROUPS: AlertGroupKey[] = ['overdue', 'today', 'letters', 'coming', 'waiting'];

/** What the mails of alerts say, as it is at the moment they go out. */
@Injectable()
export class AlertMail implements OnModuleInit {
  constructor(
    private readonly messages: AlertMessageRepository,
    private readonly calendars: CalendarService,
    private readonly contents: MailContents,
    private readonly clock: Clock,
    private readonly runtime: Runtime,
  ) {}

  onModuleInit(): void {
    const sample = async (tx: Tx) => (await this.compose(tx, 0, sampleAlerts(this.clock.now()), 1))!;
    this.contents.register(ALERT_MORNING, { compose: (tx, id) => this.morning(tx, id), sample });
    const compose = (tx: Tx, id: number) => this.linked(tx, id);
    for (const template of [ALERT_NOW, ALERT_SUMMARY] as const)
      this.contents.register(template, { compose, sample });
  }

  private async linked(tx: Tx, id: number): Promise<MessageContent | null> {
    return this.compose(tx, id, await this.messages.linked(tx, id, this.clock.now()), 0);
  }

  private async morning(tx: Tx, id: number): Promise<MessageContent | null> {
    const told = await this.messages.ofReader(tx, id, this.clock.now());
    // What it tells is noted: its link reaches so far and no further.
    await this.messages.link(
      tx,
      told.map((alert) => ({ alertId: alert.id, notificationId: id })),
    );
    return this.compose(tx, id, told, told.length === 0 ? 0 : await this.messages.countHeld(tx, id));
  }

  /** Null when nothing is left to tell: settled, paused, moved, or in somebody's hand by now. */
  private async compose(tx: Tx, id: number, told: ToldAlert[], held: number): Promise<MessageContent | null> {
    if (told.length === 0) return null;
    const book = await this.calendars.book(tx);
    const now = this.clock.now();
    const url = this.runtime.publicUrl();
    const lines = casesOf(told).map((own) => lineOf(own, now, book.of(own[0]!.calendarUnitId).calendar, url));
    const groups = MAIL_GROUPS.map((key) => groupOf(key, lines)).filter((group) => group.count > 0);
    const actUrl = `${url}/nhac-viec/thu?t=${alertLink(id, this.runtime.sessionKey, now)}`;
    const model = { groups, held, now, actUrl, alertsUrl: `${url}/nhac-viec` };
    const words = { tom_tat: alertSummary(groups), so_ho_so: vietnameseNumber(lines.length) };
    return { model, words, cases: groups.flatMap((group) => group.lines).map(shortly) };
  }
}

/** The alerts of each case together: a case stands in a mail once. */
function casesOf(told: ToldAlert[]): ToldAlert[][] {
  const cases = new Map<string, ToldAlert[]>();
  for (const alert of told) {
    const own = cases.get(alert.code);
    if (own) own.push(alert);
    else cases.set(alert.code, [alert]);
  }
  return [...cases.values()];
}

type Line = ReturnType<typeof lineOf>;

function lineOf(own: ToldAlert[], now: Date, calendar: WorkingCalendar, publicUrl: string) {
  const [first] = own as [ToldAlert, ...ToldAlert[]];
  const at = toLocalSecond(now);
  const deadline = first.deadlineAt && toLocalSecond(first.deadlineAt);
  const ofDeadline = deadline !== null && own.some((alert) => alert.theme === 'deadline');
  return {
    group: groupKey(own, ofDeadline ? deadline : null, at, calendar),
    code: first.code,
    procedure: first.procedureName,
    applicant: initials(first.applicantName),
    department: first.departmentName,
    deadlineAt: first.deadlineAt,
    forecast: first.forecast,
    left: deadline === null ? null : timeLeft(deadline, at, calendar),
    /** beside the deadline itself, which `left` tells */
    reasons: [...new Set(own.filter((alert) => alert.theme !== 'deadline').map(alertReason))],
    climbed: own.some((alert) => alert.climb > 0),
    standsInFor: first.standsInFor,
    url: `${publicUrl}/ho-so/${encodeURIComponent(first.code)}`,
  };
}

/** A case in a short message: what is left of the time, then why else it is told. */
function shortly({ code, procedure, applicant, deadlineAt, left, reasons, url }: Line): MessageCase {
  const why = left === null ? reasons : [timeLeftText(left), ...reasons];
  return { code, procedure, applicant, deadlineAt, reason: why.join('; '), url };
}

function groupKey(
  own: ToldAlert[],
  deadline: number | null,
  now: number,
  calendar: WorkingCalendar,
): AlertGroupKey {
  if (deadline !== null && isOverdue(deadline, now, calendar)) return 'overdue';
  if (deadline !== null && dayOf(deadline) === dayOf(now)) return 'today';
  if (own.some((alert) => alert.theme === 'letter')) return 'letters';
  return deadline === null ? 'waiting' : 'coming';
}

function groupOf(key: AlertGroupKey, lines: Line[]) {
  const own = lines.filter((line) => line.group === key);
  return { key, count: own.length, lines: own.slice(0, SHOWN), more: Math.max(0, own.length - SHOWN) };
}
