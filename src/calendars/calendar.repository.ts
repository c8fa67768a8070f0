import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { CalendarYear } from '../domain/working-calendar';
import type { CalendarDayRow, CalendarRows, OfficeHoursRow } from './calendar-rows';

export interface CalendarVersion {
  id: number;
  createdAt: Date;
  createdBy: string;
  reason: string;
}

/** 'calen' in ASCII: processes that start together make one first version. */
const FIRST_VERSION_LOCK = 0x63616c656e;

const VERSION = 'id, created_at as "createdAt", created_by as "createdBy", reason';

@Injectable()
export class CalendarRepository {
  /** Held until the transaction ends. */
  async lockFirstVersion(tx: Tx): Promise<void> {
    await tx.query('select pg_advisory_xact_lock($1)', [FIRST_VERSION_LOCK]);
  }

  /** Number of the national calendar in force. */
  async currentVersionId(tx: Tx): Promise<number | null> {
    const row = await one<{ id: number | null }>(
      tx,
      'select max(id) as id from calendar_version where unit_id is null',
    );
    return row?.id ?? null;
  }

  /** National versions, newest first. */
  versions(tx: Tx, count: number): Promise<CalendarVersion[]> {
    return rows(
      tx,
      `select ${VERSION} from calendar_version where unit_id is null order by id desc limit $1`,
      [count],
    );
  }

  async rowsOf(tx: Tx, versionId: number): Promise<CalendarRows> {
    const years = await rows<CalendarYear>(
      tx,
      'select year, state, documents from calendar_year where version_id = $1 order by year',
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
      'select weekday, opens, closes from office_hours where version_id = $1 order by weekday, opens',
      [versionId],
    );
    return { years, days, hours };
  }

  async insertVersion(tx: Tx, version: Omit<CalendarVersion, 'id'>): Promise<number> {
    const row = await one<{ id: number }>(
      tx,
      'insert into calendar_version (created_at, created_by, reason) values ($1, $2, $3) returning id',
      [version.createdAt, version.createdBy, version.reason],
    );
    return row!.id;
  }

  async insertRows(tx: Tx, versionId: number, { years, days, hours }: CalendarRows): Promise<void> {
    await tx.query(
      `insert into calendar_year (version_id, year, state, documents)
       select $1, y.year, y.state, y.documents
       from jsonb_to_recordset($2) as y(year int, state text, documents text[])`,
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
      `insert into office_hours (version_id, weekday, opens, closes)
       select $1, h.weekday, h.opens, h.closes
       from jsonb_to_recordset($2) as h(weekday int, opens time, closes time)`,
      [versionId, JSON.stringify(hours)],
    );
  }
}
