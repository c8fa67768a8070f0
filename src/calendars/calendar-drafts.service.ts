import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/transaction';
import { isoDay, type EpochDay } from '../domain/local-date';
import { CalendarFaults, type WorkingCalendar } from '../domain/working-calendar';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import { UnitService } from '../units/unit.service';
import { fault } from '../web/form-fault';
import type { FormFault } from '../web/page';
import { definitionOfLayers, type CalendarBook, type Layer } from './calendar-book';
import { readChange } from './calendar-change';
import type { CalendarChange } from './calendar-consequences';
import { calendarFaultText } from './calendar-fault-text';
import { WHOLE_FORM, type CalendarForm } from './calendar-form';
import type { CalendarOffice } from './calendar-offices.service';
import type { CalendarRows } from './calendar-rows';
import { CalendarRepository, type CalendarVersion } from './calendar.repository';
import { CalendarService } from './calendar.service';
import type { ChangeDraft, ChangeGround } from './change-ground';

/** An act that could be done, with what it would change for whom. */
export interface PreparedChange {
  draft: ChangeDraft;
  /** names the versions it starts from */
  base: string;
  own: CalendarRows;
  /** null: no day changes for anybody */
  change: CalendarChange | null;
}

export type Prepared = (PreparedChange & { faults: null }) | { faults: FormFault[] };

/** Turns what was typed into a change that can be previewed and applied. */
@Injectable()
export class CalendarDrafts {
  constructor(
    private readonly calendars: CalendarService,
    private readonly repository: CalendarRepository,
    private readonly units: UnitService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** What the office's calendar is now; `base` names the versions it is made of. */
  async ground(tx: Tx, office: CalendarOffice): Promise<ChangeGround & { base: string }> {
    const { unitId } = office;
    const [layers, { versionId, rows }] = [
      await this.calendars.layersOf(unitId, tx),
      await this.calendars.ownRows(unitId, tx),
    ];
    const above = unitId === null ? [] : layers.filter((layer) => layer.id !== versionId);
    const { calendar } = await this.calendars.of(unitId, tx);
    return {
      own: rows,
      above: above.map((layer) => layer.rows),
      definition: definitionOfLayers(layers.map((layer) => layer.rows)),
      calendar,
      restored: null,
      base: baseOf(layers),
    };
  }

  async prepare(tx: Tx, office: CalendarOffice, form: CalendarForm): Promise<Prepared> {
    const ground = await this.ground(tx, office);
    const restored = form.viec === 'lap-lai' ? (await this.version(office, form.ban, tx)).rows : null;
    const { draft, faults } = readChange(form, { ...ground, restored });
    if (faults) return { faults };
    return this.weighed(tx, office, ground, draft);
  }

  private async weighed(
    tx: Tx,
    office: CalendarOffice,
    { own, base }: ChangeGround & { base: string },
    draft: ChangeDraft,
  ): Promise<Prepared> {
    const before = await this.calendars.book(tx);
    const after = await this.calendars.bookWith(tx, office.unitId, draft.rows);
    const unitIds = before.unitsWithin(office.unitId);
    const faults = await this.unitFaults(after, unitIds);
    if (faults.length > 0) return { faults };
    const days = changedDays(before, after, unitIds);
    const now = this.clock.now();
    const change = days && { scope: { unitIds, ...days }, before, after, now };
    return { faults: null, draft, base, own, change };
  }

  /** A version of this office with its rows. @throws AppError CALENDAR_VERSION_UNKNOWN */
  async version(
    { unitId }: CalendarOffice,
    number: string,
    tx: Tx = this.database.pool,
  ): Promise<{ version: CalendarVersion; rows: CalendarRows }> {
    const id = /^\d{1,9}$/.test(number) ? Number(number) : 0;
    const version = await this.repository.version(tx, id);
    if (!version || version.unitId !== unitId)
      throw new AppError('CALENDAR_VERSION_UNKNOWN', { version: number });
    return { version, rows: await this.calendars.rowsOf(tx, id) };
  }

  /** A unit below may have entries that the change makes impossible. */
  private async unitFaults(book: CalendarBook, unitIds: number[]): Promise<FormFault[]> {
    const faults: FormFault[] = [];
    for (const id of unitIds)
      try {
        book.of(id);
      } catch (error) {
        if (!(error instanceof CalendarFaults)) throw error;
        const unit = (await this.units.byId(id))?.name ?? '';
        const text = calendarFaultText(error.faults[0]!);
        faults.push(fault(WHOLE_FORM, 'CALENDAR_WRONG_FOR_UNIT', { unit, fault: text }));
      }
    return faults;
  }
}

/** Two calendars made of the same versions are the same. */
export const baseOf = (layers: readonly Layer[]): string => layers.map((layer) => layer.id).join('-');

/** First and last day on which the calendar of one of the units changes. */
function changedDays(
  before: CalendarBook,
  after: CalendarBook,
  unitIds: number[],
): { firstDay: string; lastDay: string } | null {
  const compared = new Map<object, Set<object>>();
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const id of unitIds) {
    const [old, next] = [before.of(id).calendar, after.of(id).calendar];
    const known = compared.get(old) ?? new Set();
    compared.set(old, known);
    const days = known.has(next) ? null : old.differenceFrom(next);
    known.add(next);
    if (days) [first, last] = [Math.min(first, afterWork(old, days.first)), Math.max(last, days.last)];
  }
  return first > last ? null : { firstDay: isoDay(first), lastDay: isoDay(last) };
}

/** The rest days just before the day: a promise for one of them is kept until the next working day ends. */
function afterWork(calendar: WorkingCalendar, day: EpochDay): EpochDay {
  let first = day;
  while (calendar.covers(first - 1) && !calendar.isWorkingDay(first - 1)) first -= 1;
  return first;
}
