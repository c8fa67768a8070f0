import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import { Database } from '../database/transaction';
import { dayOfInstant } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { UnitService } from '../units/unit.service';
import type { FormFault } from '../web/page';
import type { Reader } from '../web/reader';
import { calculate, type Calculation } from './calculation';
import { linkOf } from './calculation-link';
import type { Asked, KnownProcedure, Place } from './calculation-question';
import { LimitBook } from './limit-book';
import { ProcedureRepository } from './procedure.repository';

/** What the picker of the page offers; any other code may still be typed. */
const OFFERED_PROCEDURES = 500;

export interface Answer extends Calculation {
  procedure: KnownProcedure | null;
  /** Below this service; asks the same question and names the unit. */
  link: string;
}

/** Looks up what a question names and answers it. Reads only. */
@Injectable()
export class CalculationService {
  constructor(
    private readonly procedures: ProcedureRepository,
    private readonly calendars: CalendarService,
    private readonly units: UnitService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async answer(reader: Reader, asked: Asked): Promise<{ faults: FormFault[] } | Answer> {
    const [procedure, place] = await Promise.all([
      this.procedureOf(asked.procedure),
      this.placeOf(reader, asked.unit),
    ]);
    const found = calculate(asked, { procedure, place }, dayOfInstant(this.clock.now()));
    if (found.faults) return found;
    return { ...found, procedure, link: linkOf({ ...asked, unit: found.place.code }) };
  }

  /** What the form of the page offers. */
  async choices(reader: Reader) {
    const all = await this.units.all();
    return {
      procedures: await this.procedures.choices(this.database.pool, OFFERED_PROCEDURES),
      units: all.filter(({ id, parentId }) =>
        [id, parentId].some((at) => at !== null && (at === reader.unitId || reader.communeIds.includes(at))),
      ),
    };
  }

  private async procedureOf(code: string | null): Promise<KnownProcedure | null> {
    if (code === null) return null;
    const found = await this.procedures.named(this.database.pool, code);
    if (!found) return null;
    const book = new LimitBook(await this.procedures.limitsOf(this.database.pool, [found.id]));
    return { code: found.code, name: found.name, limitOn: (day) => book.at(found.id, day) };
  }

  /** Null for a unit that the reader does not reach. */
  private async placeOf(reader: Reader, code: string | null): Promise<Place | null> {
    const unit = await (code === null ? this.units.byId(reader.unitId) : this.units.byCode(code));
    if (!unit) return null;
    const communes = await this.units.communesInReach(unit.id);
    const within = communes.length > 0 && communes.every((id) => reader.communeIds.includes(id));
    if (!within) return null;
    const { versionId, calendar } = await this.calendars.of(unit.id);
    const [commune] = communes.length === 1 ? communes : [];
    const timeOfDay = commune ? (await this.units.settingsOf(commune)).timeOfDay : 'end-of-office';
    return { code: unit.code, name: unit.name, calendar, calendarVersionId: versionId, timeOfDay };
  }
}
