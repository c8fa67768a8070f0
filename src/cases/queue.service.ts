import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import { Database, type Tx } from '../database/transaction';
import { dayOf, isoDay, toInstant, toLocalSecond } from '../domain/local-date';
import { timeLeft, type UrgencyGroup } from '../domain/outcome';
import type { WorkingCalendar } from '../domain/working-calendar';
import { Clock } from '../platform/clock';
import { PAGE_SIZE, pagerOf } from '../web/pager';
import type { Reader } from '../web/reader';
import { DueAccountService } from './due-account.service';
import { officeDayAt } from './office-day';
import { boundsAt, countIn, GROUP_SLUGS, GROUPS, groupOf, sliceOf, type GroupBounds } from './queue-groups';
import { queueHref, type QueueQuery } from './queue-query';
import { rowView } from './queue-row';
import { buildRuler } from './queue-ruler';
import { filterOf, isNarrowed, pickedPart, scopeOf, type PickedPart } from './queue-selection';
import { QueueRepository, type DayCount, type QueueFilter, type QueueRow } from './queue.repository';

/** What is still far away takes little room until somebody asks for it. */
const LATER_ROWS = 4;
/** The morning list is printed whole; nobody prints more than this. */
const PRINT_ROWS = 500;
const PRINTED: UrgencyGroup[] = ['overdue', 'today', 'soon'];

interface Moment {
  now: Date;
  calendar: WorkingCalendar;
  bounds: GroupBounds;
}

/** A run of rows of one group, and how many more the group has. */
interface Section {
  group: UrgencyGroup;
  total: number;
  rows: QueueRow[];
}

/** The work queue: what is due when, and what is most urgent. */
@Injectable()
export class QueueService {
  constructor(
    private readonly queue: QueueRepository,
    private readonly accounts: DueAccountService,
    private readonly calendars: CalendarService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async page(reader: Reader, query: QueueQuery): Promise<object> {
    const moment = await this.moment(reader);
    const filter = filterOf(reader, query);
    const tx = this.database.pool;
    const { overdueBefore } = moment.bounds;
    const [awaiting, inScope, choices] = await Promise.all([
      this.queue.awaiting(tx, reader.communeIds, moment.now),
      this.queue.dayCounts(tx, filterOf(reader, scopeOnly(query)), overdueBefore),
      this.queue.choices(tx, scopeOf(reader, query)),
    ]);
    const matching = isNarrowed(query) ? await this.queue.dayCounts(tx, filter, overdueBefore) : inScope;
    const picked = pickedPart(query.han, moment.bounds);
    const sections = picked
      ? await this.partOf(filter, picked, query.trang, moment)
      : await this.overview(filter, matching, moment);
    const total = picked ? countIn(matching, picked.slice) : matching.reduce((sum, c) => sum + c.count, 0);
    return {
      ...this.frame(query, moment),
      ruler: rulerOf(inScope, moment, query),
      choices: { departments: choices.departments, officers: choices.officers },
      groups: await this.groupViews(sections, moment, query),
      awaiting: awaiting.waiting > 0 ? awaiting : null,
      total,
      picked: picked && { kind: picked.kind, group: picked.group, day: picked.day },
      pager: picked ? pagerOf(query.trang, total, pageAddress(query)) : null,
      empty: total > 0 ? null : { narrowed: isNarrowed(query), nextDay: nearestDay(inScope) },
      calmUntil: picked || isNarrowed(query) ? null : calmUntil(matching, moment.bounds),
    };
  }

  /** Overdue, today and the next two working days: what is printed in the morning. */
  async printed(reader: Reader, query: QueueQuery): Promise<object> {
    const moment = await this.moment(reader);
    const filter = filterOf(reader, query);
    const counts = await this.queue.dayCounts(this.database.pool, filter, moment.bounds.overdueBefore);
    const limits = PRINTED.map((group) => ({ group, limit: PRINT_ROWS }));
    const sections = await this.sections(filter, counts, limits, moment);
    return {
      ...this.frame(query, moment),
      ruler: rulerOf(counts, moment, query),
      groups: sections.map((s) => groupView(s, moment, query, new Map())),
    };
  }

  /** The rows a list is exported of: the ones picked by hand, or everything the filter shows. */
  async exported(
    reader: Reader,
    query: QueueQuery,
    codes: string[],
  ): Promise<{ row: QueueRow; urgency: UrgencyGroup }[]> {
    const moment = await this.moment(reader);
    const { bounds } = moment;
    const tx = this.database.pool;
    if (codes.length > 0) {
      const rows = await this.queue.picked(tx, reader.communeIds, codes, bounds.overdueBefore);
      return rows.map((row) => ({ row, urgency: urgencyOfRow(row, bounds) }));
    }
    const filter = filterOf(reader, query);
    const picked = pickedPart(query.han, bounds);
    const slices = picked ? [picked.slice] : GROUPS.map((g) => sliceOf(g, bounds));
    const found: QueueRow[] = [];
    for (const slice of slices)
      found.push(
        ...(await this.queue.page(tx, filter, bounds.overdueBefore, slice, { limit: 10_000, offset: 0 })),
      );
    return found.map((row) => ({ row, urgency: urgencyOfRow(row, bounds) }));
  }

  /** Overdue or due today, for the header. */
  async countUrgent(reader: Reader): Promise<number> {
    const today = isoDay(dayOf(toLocalSecond(this.clock.now())));
    return this.queue.countUrgent(this.database.pool, reader.communeIds, today);
  }

  /** Open cases whose deadline is only forecast. */
  countForecast(tx: Tx, communeIds: number[]): Promise<number> {
    return this.queue.countForecast(tx, communeIds);
  }

  private async moment(reader: Reader): Promise<Moment> {
    const now = this.clock.now();
    const { calendar } = await this.calendars.of(reader.unitId);
    return { now, calendar, bounds: boundsAt(now, calendar) };
  }

  private frame(query: QueueQuery, { now, calendar }: Moment) {
    const { left, closesAt, rest } = officeDayAt(now, calendar);
    return {
      scope: query['pham-vi'],
      hrefs: {
        mine: queueHref(query, { 'pham-vi': 'cua-toi' }),
        centre: queueHref(query, { 'pham-vi': 'trung-tam' }),
        all: queueHref(scopeOnly(query), {}),
        acts: queueHref(query, {}).replace('/hang-viec', '/hang-viec/thao-tac'),
        everywhere: `/ho-so?${new URLSearchParams({ tim: query.tim ?? '' }).toString()}`,
        print: queueHref(query, { han: null }).replace('/hang-viec', '/hang-viec/ban-in'),
      },
      query: { ...EMPTY_QUERY, ...definedOf(query) },
      officeDay: { now, left, closesAt: closesAt === null ? null : toInstant(closesAt), rest },
    };
  }

  /** Every group from the most urgent on, until the page is full. */
  private overview(filter: QueueFilter, counts: DayCount[], moment: Moment): Promise<Section[]> {
    let room = PAGE_SIZE;
    const limits = GROUPS.map((group) => {
      const wanted = Math.min(
        countIn(counts, sliceOf(group, moment.bounds)),
        group === 'later' ? LATER_ROWS : PAGE_SIZE,
      );
      const limit = Math.min(room, wanted);
      room -= limit;
      return { group, limit };
    });
    return this.sections(filter, counts, limits, moment);
  }

  private async sections(
    filter: QueueFilter,
    counts: DayCount[],
    limits: { group: UrgencyGroup; limit: number }[],
    { bounds }: Moment,
  ): Promise<Section[]> {
    const sections = limits.map(async ({ group, limit }) => {
      const slice = sliceOf(group, bounds);
      const total = countIn(counts, slice);
      const window = { limit, offset: 0 };
      const wanted = total > 0 && limit > 0;
      const rows = wanted
        ? await this.queue.page(this.database.pool, filter, bounds.overdueBefore, slice, window)
        : [];
      return { group, total, rows };
    });
    return (await Promise.all(sections)).filter((s) => s.total > 0);
  }

  /** One page of a part; a part that spans groups ("from a day on") is shown under their headings. */
  private async partOf(
    filter: QueueFilter,
    picked: PickedPart,
    page: number,
    { bounds }: Moment,
  ): Promise<Section[]> {
    const window = { limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE };
    const rows = await this.queue.page(
      this.database.pool,
      filter,
      bounds.overdueBefore,
      picked.slice,
      window,
    );
    return GROUPS.map((group) => {
      const own = rows.filter((row) => urgencyOfRow(row, bounds) === group);
      return { group, total: own.length, rows: own };
    }).filter((s) => s.rows.length > 0);
  }

  private async groupViews(sections: Section[], moment: Moment, query: QueueQuery): Promise<object[]> {
    const ids = sections.flatMap((s) => s.rows.map((r) => r.id));
    const accounts = await this.accounts.ofCases(this.database.pool, ids);
    return sections.map((s) => groupView(s, moment, query, accounts));
  }
}

const EMPTY_QUERY = { don_vi: null, nguoi: null, thu: null, tim: null, han: null };

const definedOf = (query: QueueQuery): Partial<QueueQuery> =>
  Object.fromEntries(Object.entries(query).filter(([, v]) => v !== undefined));

const scopeOnly = (query: QueueQuery): QueueQuery => ({ 'pham-vi': query['pham-vi'], trang: 1 });

const urgencyOfRow = (row: QueueRow, bounds: GroupBounds): UrgencyGroup =>
  groupOf(
    { state: row.state, day: row.deadlineAt && isoDay(dayOf(toLocalSecond(row.deadlineAt))), count: 1 },
    bounds,
  );

function rulerOf(counts: DayCount[], { calendar, bounds }: Moment, query: QueueQuery) {
  return buildRuler(counts, calendar, bounds).map((cell) => ({
    ...cell,
    href: cell.han === null ? null : queueHref(query, { han: cell.han }),
    current: cell.han !== null && cell.han === query.han,
  }));
}

function groupView(
  { group, total, rows }: Section,
  { now, calendar }: Moment,
  query: QueueQuery,
  accounts: Awaited<ReturnType<DueAccountService['ofCases']>>,
) {
  const leftOf = (at: Date) => timeLeft(toLocalSecond(at), toLocalSecond(now), calendar);
  return {
    key: GROUP_SLUGS[group],
    urgency: group,
    n: total,
    rows: rows.map((row) =>
      rowView(row, group, row.deadlineAt && leftOf(row.deadlineAt), accounts.get(row.id)),
    ),
    more: total - rows.length,
    href: queueHref(query, { han: GROUP_SLUGS[group] }),
  };
}

/** The nearest day on which an open case is due. */
const nearestDay = (counts: DayCount[]): string | null =>
  counts.flatMap((c) => (c.day === null ? [] : [c.day])).sort()[0] ?? null;

/** The nearest deadline when nothing is urgent; null while something is. */
function calmUntil(counts: DayCount[], bounds: GroupBounds): string | null {
  const urgent = PRINTED.some((group) => countIn(counts, sliceOf(group, bounds)) > 0);
  return urgent ? null : nearestDay(counts);
}

const pageAddress = (query: QueueQuery) => (page: number) =>
  queueHref(query, { trang: page === 1 ? null : String(page) });
