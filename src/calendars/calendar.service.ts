import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/transaction';
import { CalendarBook, calendarOf, DRAFT_VERSION, type CurrentCalendar, type Layer } from './calendar-book';
import { NO_ROWS, type CalendarRows, type OfficeHoursRow } from './calendar-rows';
import { CalendarRepository, type CalendarVersion } from './calendar.repository';

export type { CurrentCalendar } from './calendar-book';

const SHOWN_VERSIONS = 12;
/** Calendars and versions kept in memory: a province's communes with a calendar of their own. */
const KEPT = 300;

/**
 * Calendars of the units. A unit's calendar is the nation's with what its province, its commune and it itself add.
 * Versions never change, so calendars are built once; every call asks which versions are in force, so that a change
 * made by another process is seen at once.
 */
@Injectable()
export class CalendarService {
  private readonly versionRows = new Map<number, CalendarRows>();
  private readonly built = new Map<string, CurrentCalendar>();

  constructor(
    private readonly database: Database,
    private readonly repository: CalendarRepository,
  ) {}

  /** @param unitId null: the nation's calendar */
  async of(unitId: number | null, tx: Tx = this.database.pool): Promise<CurrentCalendar> {
    const ids = await this.repository.layersOf(tx, unitId);
    return this.build(await this.loaded(tx, ids));
  }

  /** Nobody changes what deadlines rest on until the transaction ends. */
  holdGround(tx: Tx): Promise<void> {
    return this.repository.holdGround(tx);
  }

  /** Nobody else changes what deadlines rest on, and nobody writes deadlines, until the transaction ends. */
  lockGround(tx: Tx): Promise<void> {
    return this.repository.lockGround(tx);
  }

  /** The calendars of all units. */
  async book(tx: Tx = this.database.pool): Promise<CalendarBook> {
    const { parents, own } = await this.offices(tx);
    return new CalendarBook(parents, own, (layers) => this.build(layers));
  }

  /** What the calendars of these units are made of, as plain values. */
  async layersOfUnits(
    tx: Tx,
    unitIds: readonly number[],
  ): Promise<{ parents: [number, number | null][]; layers: [number | null, Layer][] }> {
    const { parents, own } = await this.offices(tx);
    const path = new Set<number | null>([null]);
    for (const unitId of unitIds)
      for (let at: number | null = unitId; at !== null; at = parents.get(at) ?? null) path.add(at);
    return {
      parents: [...parents].filter(([id]) => path.has(id)),
      layers: [...own].filter(([id]) => path.has(id)),
    };
  }

  /** The calendars as they would be if these were an office's own rows. */
  async bookWith(tx: Tx, unitId: number | null, rows: CalendarRows): Promise<CalendarBook> {
    const { parents, own } = await this.offices(tx);
    own.set(unitId, { id: DRAFT_VERSION, rows });
    return new CalendarBook(parents, own, calendarOf);
  }

  /** An office's own rows, for showing and changing them; empty where it only inherits. */
  async ownRows(
    unitId: number | null,
    tx: Tx = this.database.pool,
  ): Promise<{ versionId: number | null; rows: CalendarRows }> {
    const versionId = await this.repository.latestVersionId(tx, unitId);
    return { versionId, rows: versionId === null ? NO_ROWS : await this.rowsOf(tx, versionId) };
  }

  /** Rows of the layers of a unit's calendar, the nation's first. */
  async layersOf(unitId: number | null, tx: Tx = this.database.pool): Promise<Layer[]> {
    return this.loaded(tx, await this.repository.layersOf(tx, unitId));
  }

  /** Office hours that hold for a unit: those of the nearest office that has its own. */
  async weeklyHours(unitId: number | null): Promise<OfficeHoursRow[]> {
    const layers = await this.layersOf(unitId);
    return layers.findLast((l) => l.rows.hours.length > 0)?.rows.hours ?? [];
  }

  /** Versions of an office's own rows, newest first. */
  versions(unitId: number | null): Promise<CalendarVersion[]> {
    return this.repository.versions(this.database.pool, unitId, SHOWN_VERSIONS);
  }

  async rowsOf(tx: Tx, versionId: number): Promise<CalendarRows> {
    const known = this.versionRows.get(versionId);
    if (known) return known;
    return remember(this.versionRows, versionId, await this.repository.rowsOf(tx, versionId));
  }

  private async offices(tx: Tx) {
    const [units, versions] = [await this.repository.parents(tx), await this.repository.latestVersions(tx)];
    const own = new Map<number | null, Layer>();
    for (const { unitId, id } of versions) own.set(unitId, { id, rows: await this.rowsOf(tx, id) });
    return { parents: new Map(units.map((u) => [u.id, u.parentId])), own };
  }

  private async loaded(tx: Tx, ids: readonly number[]): Promise<Layer[]> {
    const layers: Layer[] = [];
    for (const id of ids) layers.push({ id, rows: await this.rowsOf(tx, id) });
    return layers;
  }

  private build(layers: readonly Layer[]): CurrentCalendar {
    const key = layers.map((l) => l.id).join('/');
    return this.built.get(key) ?? remember(this.built, key, calendarOf(layers));
  }
}

/** Keeps the newest entries. */
function remember<K, V>(entries: Map<K, V>, key: K, value: V): V {
  const oldest = entries.keys().next();
  if (entries.size >= KEPT && !oldest.done) entries.delete(oldest.value);
  entries.set(key, value);
  return value;
}
