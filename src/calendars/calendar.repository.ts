import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type {
  CalendarDayRow,
  CalendarRows,
  DecidedYear,
  OfficeHoursRow,
  OfficePeriodRow,
} from './calendar-rows';

export interface CalendarVersion {
  id: number;
  /** null: the nation's */
  unitId: number | null;
  createdAt: Date;
  createdBy: string;
  reason: string;
  document: string | null;
  movedCases: number;
}

export interface NewCalendarVersion extends Omit<CalendarVersion, 'id' | 'movedCases'> {
  /** from the form that confirms it; the same one makes no second version */
  confirmation?: string;
}

/** 'calen' in ASCII. */
const GROUND_LOCK = 0x63616c656e;

const VERSION = `id, unit_id as "unitId", created_at as "createdAt", created_by as "createdBy", reason, document,
  moved_cases as "movedCases"`;

@Injectable()
export class CalendarRepository {
  /** Until the transaction ends nobody else changes what deadlines rest on, and nobody writes deadlines. */
  async lockGround(tx: Tx): Promise<void> {
    await tx.query('select pg_advisory_xact_lock($1)', [GROUND_LOCK]);
  }

  /** Until the transaction ends nobody changes what deadlines rest on; others may hold it too. */
  async holdGround(tx: Tx): Promise<void> {
    await tx.query('select pg_advisory_xact_lock_shared($1)', [GROUND_LOCK]);
  }

  /** Newest version of an office's own rows; null where it has none. */
  async latestVersionId(tx: Tx, unitId: number | null): Promise<number | null> {
    const row = await one<{ id: number | null }>(
      tx,
      'select max(id) as id from calendar_version where unit_id is not distinct from $1',
      [unitId],
    );
    return row?.id ?? null;
  }

  /** Newest version of every office that has its own rows. */
  latestVersions(tx: Tx): Promise<{ unitId: number | null; id: number }[]> {
    return rows(
      tx,
      'select unit_id as "unitId", max(id) as id from calendar_version group by unit_id order by unit_id',
    );
  }

  parents(tx: Tx): Promise<{ id: number; parentId: number | null }[]> {
    return rows(tx, 'select id, parent_id as "parentId" from unit order by id');
  }

  /**
   * The versions that together make the calendar of a unit (of the nation for null): the nation's first, the unit's
   * own last.
   */
  async layersOf(tx: Tx, unitId: number | null): Promise<number[]> {
    const row = await one<{ layers: number[] | null }>(
      tx,
      `with recursive up as (
         select id, parent_id, 1 as height from unit where id = $1
         union all select u.id, u.parent_id, up.height + 1 from unit u join up on u.id = up.parent_id),
       places as (select id as unit_id, height from up union all select null, 100000),
       newest as (
         select p.height, (select max(v.id) from calendar_version v where v.unit_id is not distinct from p.unit_id) as id
         from places p)
       select array_agg(id order by height desc) as layers from newest where id is not null`,
      [unitId],
    );
    return row?.layers ?? [];
  }

  /** Versions of one office, newest first. */
  versions(tx: Tx, unitId: number | null, count: number): Promise<CalendarVersion[]> {
    return rows(
      tx,
      `select ${VERSION} from calendar_version where unit_id is not distinct from $1 order by id desc limit $2`,
      [unitId, count],
    );
  }

  version(tx: Tx, id: number): Promise<CalendarVersion | undefined> {
    return one(tx, `select ${VERSION} from calendar_version where id = $1`, [id]);
  }

  /** The version made by the form with this token. */
  confirmed(tx: Tx, token: string): Promise<CalendarVersion | undefined> {
    return one(tx, `select ${VERSION} from calendar_version where confirmation = $1`, [token]);
  }

  async rowsOf(tx: Tx, versionId: number): Promise<CalendarRows> {
    const years = await rows<DecidedYear>(
      tx,
      'select year, documents from calendar_year where version_id = $1 order by year',
      [versionId],
    );
    const days = await rows<CalendarDayRow>(
      tx,
      `select day, kind, name, document, hours, in_exchange_for as "inExchangeFor"
       from calendar_day where version_id = $1 order by day`,
      [versionId],
    );
    const hours = await rows<OfficeHoursRow>(
      tx,
      `select period::int, weekday, opens, closes from office_hours
       where version_id = $1 order by period, weekday, opens`,
      [versionId],
    );
    const periods = await rows<OfficePeriodRow>(
      tx,
      `select period::int, name, document, from_day as "from", to_day as "to", yearly
       from office_period where version_id = $1 order by period`,
      [versionId],
    );
    return { years, days, hours, periods };
  }

  async insertVersion(tx: Tx, version: NewCalendarVersion): Promise<number> {
    const row = await one<{ id: number }>(
      tx,
      `insert into calendar_version (unit_id, created_at, created_by, reason, document, confirmation)
       values ($1, $2, $3, $4, $5, $6) returning id`,
      [
        ...[version.unitId, version.createdAt, version.createdBy],
        ...[version.reason, version.document, version.confirmation ?? null],
      ],
    );
    return row!.id;
  }

  async setMovedCases(tx: Tx, versionId: number, moved: number): Promise<void> {
    await tx.query('update calendar_version set moved_cases = $2 where id = $1', [versionId, moved]);
  }

  async insertRows(tx: Tx, versionId: number, { years, days, hours, periods }: CalendarRows): Promise<void> {
    await tx.query(
      `insert into calendar_year (version_id, year, documents)
       select $1, y.year, y.documents from jsonb_to_recordset($2) as y(year int, documents text[])`,
      [versionId, JSON.stringify(years)],
    );
    await tx.query(
      `insert into calendar_day (version_id, day, kind, name, document, hours, in_exchange_for)
       select $1, d.day, d.kind, d.name, d.document, nullif(d.hours, 'null'), d."inExchangeFor"
       from jsonb_to_recordset($2)
         as d(day date, kind text, name text, document text, hours jsonb, "inExchangeFor" date)`,
      [versionId, JSON.stringify(days)],
    );
    await tx.query(
      `insert into office_period (version_id, period, name, document, from_day, to_day, yearly)
       select $1, p.period, p.name, p.document, p."from", p."to", p.yearly
       from jsonb_to_recordset($2)
         as p(period int, name text, document text, "from" date, "to" date, yearly boolean)`,
      [versionId, JSON.stringify(periods)],
    );
    await tx.query(
      `insert into office_hours (version_id, period, weekday, opens, closes)
       select $1, h.period, h.weekday, h.opens, h.closes
       from jsonb_to_recordset($2) as h(period int, weekday int, opens time, closes time)`,
      [versionId, JSON.stringify(hours)],
    );
  }
}
