import { Injectable } from '@nestjs/common';
import { AppError } from '../platform/errors';
import { labels } from '../platform/labels';
import { UnitService } from '../units/unit.service';
import type { Reader } from '../web/reader';

/** Whose calendar: the nation's, or that of one unit. */
export interface CalendarOffice {
  /** null: the nation's */
  unitId: number | null;
  /** empty for the nation's */
  code: string;
  name: string;
  /** the reader may change it */
  changeable: boolean;
}

/** The calendars somebody may read and change. */
@Injectable()
export class CalendarOffices {
  constructor(private readonly units: UnitService) {}

  /** The nation's calendar first, then those of the units in reach, as they follow each other in the tree. */
  async list(reader: Reader): Promise<CalendarOffice[]> {
    const administers = reader.role === 'administrator';
    const units = (await this.units.inReach(reader)).filter((unit) => unit.active);
    const communes = await this.units.communes();
    // One calendar for everybody: changed only by somebody whose reach is everybody.
    const everybody = communes.every((commune) => reader.communeIds.includes(commune.id));
    const nation = {
      unitId: null,
      code: '',
      name: labels.calendar.nation,
      changeable: administers && everybody,
    };
    const roots = units.filter((unit) => !units.some((other) => other.id === unit.parentId));
    const below = (id: number): typeof units => units.filter((unit) => unit.parentId === id);
    const ordered = (unit: (typeof units)[number]): typeof units => [
      unit,
      ...below(unit.id).flatMap(ordered),
    ];
    return [
      nation,
      ...roots
        .flatMap(ordered)
        .map(({ id, code, name }) => ({ unitId: id, code, name, changeable: administers })),
    ];
  }

  /** @throws AppError UNIT_NOT_FOUND also for units the reader does not see */
  async find(reader: Reader, code: string): Promise<CalendarOffice> {
    const office = (await this.list(reader)).find((o) => o.code === code);
    if (!office) throw new AppError('UNIT_NOT_FOUND', { code });
    return office;
  }

  /** @throws AppError UNIT_NOT_FOUND, CALENDAR_OFFICE_FORBIDDEN */
  async changeable(reader: Reader, code: string): Promise<CalendarOffice> {
    const office = await this.find(reader, code);
    if (!office.changeable) throw new AppError('CALENDAR_OFFICE_FORBIDDEN', { office: office.name });
    return office;
  }
}
