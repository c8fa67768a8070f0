import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import { boundsAt } from '../cases/queue-groups';
import { Database, type Tx } from '../database/transaction';
import { isFalseOverdue, OVERDUE_CAUSES } from '../domain/false-overdue';
import { civil, dayOfInstant } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { labels } from '../platform/labels';
import { PAGE_SIZE, pagerOf } from '../web/pager';
import type { Reader } from '../web/reader';
import { FINDING_STATES, type Finding } from './finding';
import { findingView, type FindingView } from './finding-view';
import { FindingsService } from './findings.service';
import { CAUSE_SLUGS, reconciliationHref, stateSlug, type Asked } from './reconciliation-query';
import { ReconciliationRepository } from './reconciliation.repository';

const words = labels.reconciliation;

/** The findings as a page, as rows of a workbook and for the REST interface. */
@Injectable()
export class ReconciliationService {
  constructor(
    private readonly database: Database,
    private readonly repository: ReconciliationRepository,
    private readonly findings: FindingsService,
    private readonly calendars: CalendarService,
    private readonly clock: Clock,
  ) {}

  async page(reader: Reader, asked: Asked): Promise<object> {
    const tx = this.database.pool;
    const found = await this.found(tx, reader, asked);
    const wanted = found.filter((f) => isAsked(f, asked));
    const shown = await this.views(tx, ofPage(wanted, asked.page));
    const ofState = found.filter((f) => isAsked(f, { ...asked, cause: null }));
    return {
      asked,
      states: stateLinks(found, asked),
      causes: OVERDUE_CAUSES.map((cause) => ({
        value: CAUSE_SLUGS[cause],
        label: `${words.cause[cause]} (${ofState.filter((f) => f.cause === cause).length})`,
      })),
      cause: asked.cause && CAUSE_SLUGS[asked.cause],
      years: await this.years(tx, reader),
      period: await this.period(tx, reader, asked.year),
      groups: groupsOf(shown, wanted),
      total: wanted.length,
      pager: pagerOf(asked.page, wanted.length, (page) => reconciliationHref(asked, { page })),
      hrefs: {
        workbook: reconciliationHref(asked, {}, '/doi-soat.xlsx'),
        state: stateSlug(asked.state),
        all: reconciliationHref({ cause: null, state: null, year: null, page: 1 }),
      },
      maySettle: maySettle(reader),
    };
  }

  /** The findings asked for, one page of them. */
  async list(reader: Reader, asked: Asked): Promise<{ total: number; rows: FindingView[] }> {
    const tx = this.database.pool;
    const wanted = (await this.found(tx, reader, asked)).filter((f) => isAsked(f, asked));
    return { total: wanted.length, rows: await this.views(tx, ofPage(wanted, asked.page)) };
  }

  /** All of them, whatever the page. */
  async exported(reader: Reader, asked: Asked): Promise<FindingView[]> {
    const tx = this.database.pool;
    return this.views(
      tx,
      (await this.found(tx, reader, asked)).filter((f) => isAsked(f, asked)),
    );
  }

  /** Suspected false overdue nobody has looked into, with a deadline in the year. */
  async countOpen(reader: Reader, year: number): Promise<number> {
    const found = await this.findings.of(this.database.pool, {
      communeIds: reader.communeIds,
      year,
      codes: null,
      onlyLate: true,
    });
    const open = found.filter((f) => f.state === 'open' && isFalseOverdue(f.cause));
    return new Set(open.map((f) => f.suspect.id)).size;
  }

  private found(tx: Tx, reader: Reader, { year }: Asked): Promise<Finding[]> {
    return this.findings.of(tx, { communeIds: reader.communeIds, year, codes: null });
  }

  async views(tx: Tx, findings: Finding[]): Promise<FindingView[]> {
    const faces = await this.repository.faces(
      tx,
      findings.map((f) => f.suspect.id),
    );
    return findings.map((f) => findingView(f, faces.get(f.suspect.id)!));
  }

  /** This year too, although it may have nothing to find yet. */
  private async years(tx: Tx, reader: Reader): Promise<{ value: string; label: string }[]> {
    const known = await this.repository.years(tx, reader.communeIds);
    const years = new Set([civil(dayOfInstant(this.clock.now())).year, ...known]);
    return [...years].sort((a, b) => b - a).map((year) => ({ value: String(year), label: `Năm ${year}` }));
  }

  /** What the reports count as late, and how much of it is a confirmed error: the official figures stay as they are. */
  private async period(tx: Tx, reader: Reader, asked: number | null) {
    const now = this.clock.now();
    const thisYear = civil(dayOfInstant(now)).year;
    const year = asked ?? thisYear;
    const { calendar } = await this.calendars.of(reader.unitId);
    const days = { from: `${year}-01-01`, to: `${year}-12-31` };
    const { overdueBefore } = boundsAt(now, calendar);
    const counts = await this.repository.periodCounts(tx, reader.communeIds, days, overdueBefore);
    return { year, running: year === thisYear, ...counts };
  }
}

export const maySettle = ({ role }: Reader): boolean => role === 'officer' || role === 'supervisor';

const isAsked = (finding: Finding, { cause, state }: Asked): boolean =>
  (cause === null || finding.cause === cause) && (state === null || finding.state === state);

const ofPage = <T>(list: T[], page: number): T[] => list.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);

/** The part of the list that is on this page, by cause, each with how many there are in all. */
const groupsOf = (shown: FindingView[], wanted: Finding[]) =>
  OVERDUE_CAUSES.map((cause) => ({
    cause,
    slug: CAUSE_SLUGS[cause],
    name: words.cause[cause],
    total: wanted.filter((f) => f.cause === cause).length,
    rows: shown.filter((row) => row.cause === cause),
  })).filter(({ rows }) => rows.length > 0);

function stateLinks(found: Finding[], asked: Asked) {
  return [...FINDING_STATES, null].map((state) => ({
    href: reconciliationHref(asked, { state }),
    label: `${state === null ? words.everyState : words.state[state]} (${found.filter((f) => isAsked(f, { ...asked, state })).length})`,
    current: state === asked.state,
  }));
}
