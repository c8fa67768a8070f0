import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import { Database } from '../database/transaction';
import { dayOf, dayOfInstant, isoDay, toInstant, toLocalSecond } from '../domain/local-date';
import { lastInstantInTime, timeLeft, urgencyOf } from '../domain/outcome';
import type { WorkingCalendar } from '../domain/working-calendar';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import { labels } from '../platform/labels';
import type { Reader } from '../web/reader';
import { isOpen, isSettled } from './case-status';
import { askedByCase } from './calculation-of-case';
import { linkOf } from './calculation-link';
import { alertGroups, timelineOf, type AlertGroup } from './case-timeline';
import { CaseRepository, COUNT_CAP, type CaseDetail } from './case.repository';
import { DueAccountService, type CaseAccount } from './due-account.service';
import { maskedPhone } from './phone-mask';
import { slugOf } from './procedure-name';
import { foldStrip } from './strip-fold';

const PAGE = 50;
/** Two lines of days on a wide screen. */
const PAGE_STRIP = 40;
/** What one line of a wide screen holds. */
const LINE = 20;

/** Answers for the list of all cases, the case page and the REST interface. */
@Injectable()
export class CaseService {
  constructor(
    private readonly cases: CaseRepository,
    private readonly accounts: DueAccountService,
    private readonly calendars: CalendarService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** All cases, closed ones too, newest reception first. */
  async list(reader: Reader, text: string | null, page: number): Promise<object> {
    const tx = this.database.pool;
    const window = { limit: PAGE, offset: (page - 1) * PAGE };
    const [rows, total] = await Promise.all([
      this.cases.search(tx, reader.communeIds, text, window),
      this.cases.countMatches(tx, reader.communeIds, text),
    ]);
    const book = await this.calendars.book(tx);
    return {
      text,
      rows: rows.map((row) => ({ ...row, badge: this.badge(row, book.of(row.calendarUnitId).calendar) })),
      total: Math.min(total, COUNT_CAP),
      capped: total > COUNT_CAP,
      pager: pagerOf(text, page, total),
    };
  }

  /** @throws AppError CASE_NOT_FOUND, also for a case of an office the reader does not see */
  async detail(reader: Reader, code: string): Promise<{ found: CaseDetail; account: CaseAccount }> {
    const found = await this.cases.byCode(this.database.pool, code, reader.communeIds);
    if (!found) throw new AppError('CASE_NOT_FOUND', { code });
    const accounts = await this.accounts.ofCases(this.database.pool, [found.id]);
    return { found, account: accounts.get(found.id)! };
  }

  async page(reader: Reader, code: string): Promise<object> {
    const { found, account } = await this.detail(reader, code);
    const tx = this.database.pool;
    const [events, alerts, letter, errors, { versionId, calendar }] = await Promise.all([
      this.cases.events(tx, found.id),
      this.cases.alerts(tx, found.id),
      this.cases.letter(tx, found.id),
      this.cases.systemErrors(tx, found.id),
      this.calendars.of(found.calendarUnitId),
    ]);
    const groups = alertGroups(alerts);
    const cells = foldStrip(withReminders(account, groups), PAGE_STRIP);
    const overdueAt = this.overdueSince(found, calendar);
    const { mismatch, ...explained } = splitMismatch(account);
    const timeline = timelineOf(events, overdueAt, this.clock.now(), calendar);
    return {
      title: found.code,
      case: { ...found, phone: maskedPhone(found.phone), procedureSlug: procedureSlug(found) },
      badge: this.badge(found, calendar),
      account: { ...explained, cells, long: cells.length > LINE },
      mismatch,
      calendar: { version: versionId, year: isoDay(dayOfInstant(found.receivedAt)).slice(0, 4) },
      calculation: linkOf(askedByCase(found, timeline)),
      timeline,
      alerts: groups,
      letter: letter ?? null,
      errors: errors.map((e) => ({ ...e, name: labels.reconciliation.cause[e.cause] })),
      excused: errors.some((e) => e.excuses),
      overdue: overdueAt !== null,
      can: abilities(reader, found),
    };
  }

  /** Where the case stands, for the badge beside its name. */
  private badge(row: BadgeFacts, calendar: WorkingCalendar) {
    const { status, outcome, deadlineAt } = row;
    const now = toLocalSecond(this.clock.now());
    const paused = row.dueState === 'paused';
    if (!isOpen(status))
      return { kind: isSettled(status) ? 'settled' : 'closed', urgency: null, left: null, outcome };
    const deadline = deadlineAt && toLocalSecond(deadlineAt);
    const urgency = urgencyOf({ deadlineAt: deadline, paused, now, calendar });
    const left = paused || deadline === null ? null : timeLeft(deadline, now, calendar);
    return { kind: paused ? 'paused' : 'open', urgency, left, outcome: null };
  }

  /** The end of the last day in time, once it has passed without a result. */
  private overdueSince(found: CaseDetail, calendar: WorkingCalendar): Date | null {
    const { deadlineAt, status, dueState, outcome } = found;
    if (deadlineAt === null || dueState === 'paused') return null;
    const last = toInstant(lastInstantInTime(toLocalSecond(deadlineAt), calendar));
    if (isSettled(status)) return outcome === 'late' ? last : null;
    return isOpen(status) && this.clock.now() > last ? last : null;
  }
}

const procedureSlug = ({ procedureId, procedureCode }: CaseDetail): string =>
  slugOf({ id: procedureId, code: procedureCode });

type BadgeFacts = Pick<CaseDetail, 'status' | 'outcome' | 'deadlineAt' | 'dueState'>;

/** The promise of the source against the calendar is told apart from how the calendar counted. */
function splitMismatch(account: CaseAccount) {
  const mismatch = account.steps.find((s) => s.kind === 'mismatch') ?? null;
  return { ...account, steps: account.steps.filter((s) => s.kind !== 'mismatch'), mismatch };
}

function withReminders(account: CaseAccount, groups: AlertGroup[]) {
  const reminded = new Set(groups.map((g) => dayOf(toLocalSecond(g.raisedAt))));
  return account.cells.map((cell) => ({ ...cell, reminded: reminded.has(cell.day) }));
}

function abilities(reader: Reader, { status, dueState }: CaseDetail) {
  const acts = reader.role === 'officer' && reader.kind === 'user';
  const paused = dueState === 'paused';
  return {
    note: acts,
    pause: acts && isOpen(status) && !paused,
    resume: acts && isOpen(status) && paused,
    settle: acts && ((isOpen(status) && !paused) || status === 9),
    seeLetters: reader.role === 'clerk' || reader.role === 'supervisor',
    editProcedures: reader.role === 'administrator',
    seeCalendar: reader.role === 'administrator' || reader.role === 'supervisor',
    seeQueue: reader.role === 'officer' || reader.role === 'supervisor',
  };
}

function pagerOf(text: string | null, page: number, total: number) {
  if (total <= PAGE) return null;
  const from = (page - 1) * PAGE;
  const at = (n: number): string => {
    const search = new URLSearchParams();
    if (text) search.set('tim', text);
    if (n > 1) search.set('trang', String(n));
    return search.size > 0 ? `/ho-so?${search.toString()}` : '/ho-so';
  };
  const known = Math.min(total, COUNT_CAP);
  return {
    from: Math.min(from + 1, known),
    to: Math.min(from + PAGE, known),
    total: known,
    previous: page > 1 ? at(page - 1) : null,
    next: from + PAGE < known ? at(page + 1) : null,
  };
}
