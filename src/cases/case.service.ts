import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { dayOf, dayOfInstant, isoDay, toInstant, toLocalSecond } from '../domain/local-date';
import { lastInstantInTime } from '../domain/outcome';
import type { WorkingCalendar } from '../domain/working-calendar';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import { labels } from '../platform/labels';
import type { Reader } from '../web/reader';
import { badgeOf } from './case-badge';
import { isOpen, isSettled } from './case-status';
import { askedByCase } from './calculation-of-case';
import { linkOf } from './calculation-link';
import { originOf } from './case-origin';
import { CaseStoryService, type CaseStory, type StepLine } from './case-story.service';
import { alertGroups, timelineOf, type AlertGroup } from './case-timeline';
import { CaseRepository, type CaseDetail } from './case.repository';
import { DueAccountService, type CaseAccount } from './due-account.service';
import { maskedPhone } from './phone-mask';
import { slugOf } from './procedure-name';
import { foldStrip } from './strip-fold';

/** Two lines of days on a wide screen. */
const PAGE_STRIP = 40;
/** What one line of a wide screen holds. */
const LINE = 20;

/** Answers for the case page and the REST interface. */
@Injectable()
export class CaseService {
  constructor(
    private readonly cases: CaseRepository,
    private readonly accounts: DueAccountService,
    private readonly stories: CaseStoryService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError CASE_NOT_FOUND, also for a case of an office the reader does not see */
  async detail(reader: Reader, code: string): Promise<{ found: CaseDetail; account: CaseAccount }> {
    const found = await this.cases.byCode(this.database.pool, code, reader.communeIds);
    if (!found) throw new AppError('CASE_NOT_FOUND', { code });
    const accounts = await this.accounts.ofCases(this.database.pool, [found.id]);
    return { found, account: accounts.get(found.id)! };
  }

  /** @throws AppError CASE_NOT_FOUND */
  async told(
    reader: Reader,
    code: string,
  ): Promise<{ found: CaseDetail; account: CaseAccount; story: CaseStory }> {
    const { found, account } = await this.detail(reader, code);
    return { found, account, story: await this.stories.of(this.database.pool, found) };
  }

  async page(reader: Reader, code: string): Promise<object> {
    const { found, account } = await this.detail(reader, code);
    const tx = this.database.pool;
    const [story, alerts, letter, errors, sources, imports] = await Promise.all([
      this.stories.of(tx, found),
      this.cases.alerts(tx, found.id),
      this.cases.letter(tx, found.id),
      this.cases.systemErrors(tx, found.id),
      this.cases.sources(tx, found.id),
      this.cases.imports(tx, found.id),
    ]);
    const { calendar, calendarVersion, steps, warnings, acceptance } = story;
    const groups = alertGroups(alerts);
    const cells = foldStrip(withReminders(account, groups), PAGE_STRIP);
    const overdueAt = this.overdueSince(found, calendar);
    const { mismatch, ...explained } = splitMismatch(account);
    const timeline = timelineOf(story.events, overdueAt, this.clock.now(), calendar);
    return {
      title: found.code,
      case: { ...found, phone: maskedPhone(found.phone), procedureSlug: procedureSlug(found) },
      badge: badgeOf(found, calendar, this.clock.now()),
      account: { ...explained, cells, long: cells.length > LINE },
      mismatch,
      calendar: { version: calendarVersion, year: isoDay(dayOfInstant(found.receivedAt)).slice(0, 4) },
      calculation: linkOf(askedByCase(found, timeline)),
      timeline,
      steps,
      warnings,
      acceptance,
      alerts: groups,
      letter: letter ?? null,
      errors: errors.map((e) => ({ ...e, name: labels.reconciliation.cause[e.cause] })),
      sources,
      origin: originOf(imports),
      excused: errors.some((e) => e.excuses),
      overdue: overdueAt !== null,
      can: { ...abilities(reader, found), answer: steps.some(awaitsAnswer) },
    };
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

/** The promise of the source against the calendar is told apart from how the calendar counted. */
function splitMismatch(account: CaseAccount) {
  const mismatch = account.steps.find((s) => s.kind === 'mismatch') ?? null;
  return { ...account, steps: account.steps.filter((s) => s.kind !== 'mismatch'), mismatch };
}

function withReminders(account: CaseAccount, groups: AlertGroup[]) {
  const reminded = new Set(groups.map((g) => dayOf(toLocalSecond(g.raisedAt))));
  return account.cells.map((cell) => ({ ...cell, reminded: reminded.has(cell.day) }));
}

/** A body was asked and has not answered. */
const awaitsAnswer = ({ kind, begun, endedAt }: StepLine): boolean =>
  kind === 'consultation' && begun && endedAt === null;

function abilities(reader: Reader, { status, dueState }: CaseDetail) {
  const acts = reader.role === 'officer' && reader.kind === 'user';
  const corrects = (acts || reader.role === 'supervisor') && reader.kind === 'user';
  const paused = dueState === 'paused';
  return {
    note: acts,
    correct: corrects && status !== 1,
    transfer: acts && isOpen(status),
    close: acts && isOpen(status),
    pause: acts && isOpen(status) && !paused,
    resume: acts && isOpen(status) && paused,
    settle: acts && ((isOpen(status) && !paused) || status === 9),
    slips: reader.kind === 'user' && (reader.role === 'officer' || reader.role === 'clerk'),
    seeLetters: reader.role !== 'administrator',
    seeImports: reader.role === 'administrator',
    editProcedures: reader.role === 'administrator',
    seeCalendar: reader.role === 'administrator' || reader.role === 'supervisor',
    seeQueue: reader.role === 'officer' || reader.role === 'supervisor',
  };
}
