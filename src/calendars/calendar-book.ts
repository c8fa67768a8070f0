import { layered } from '../domain/calendar-layers';
import { WorkingCalendar, type CalendarDefinition } from '../domain/working-calendar';
import { AppError } from '../platform/errors';
import { definitionOf, layerOf, type CalendarRows } from './calendar-rows';

/** One version of one office's rows. */
export interface Layer {
  id: number;
  rows: CalendarRows;
}

export interface CurrentCalendar {
  /** The newest version that the calendar is made of. */
  versionId: number;
  calendar: WorkingCalendar;
}

/** Number of a version that is not stored: what somebody is about to confirm. */
export const DRAFT_VERSION = 0;

/** @param layers rows of one calendar: the nation's first, the nearest office's last */
export function definitionOfLayers(layers: readonly CalendarRows[]): CalendarDefinition {
  const [root, ...further] = layers;
  if (!root) throw new AppError('CALENDAR_MISSING');
  return layered(definitionOf(root), further.map(layerOf));
}

/**
 * @param layers of one calendar: the nation's first, the nearest office's last
 * @throws CalendarFaults, AppError CALENDAR_MISSING
 */
export function calendarOf(layers: readonly Layer[]): CurrentCalendar {
  const definition = definitionOfLayers(layers.map((layer) => layer.rows));
  return { versionId: Math.max(...layers.map((l) => l.id)), calendar: WorkingCalendar.of(definition) };
}

/** The calendars of all units at one moment; units that share their layers share the calendar. */
export class CalendarBook {
  private readonly built = new Map<string, CurrentCalendar>();
  private readonly byUnit = new Map<number, CurrentCalendar>();

  /**
   * @param parents parent of every unit
   * @param own each office's own layer; that of the nation under null
   */
  constructor(
    private readonly parents: ReadonlyMap<number, number | null>,
    private readonly own: ReadonlyMap<number | null, Layer>,
    private readonly build: (layers: readonly Layer[]) => CurrentCalendar,
  ) {}

  of(unitId: number): CurrentCalendar {
    const known = this.byUnit.get(unitId) ?? this.shared(this.layersOf(unitId));
    this.byUnit.set(unitId, known);
    return known;
  }

  /** The unit and all below it; everybody for null. */
  unitsWithin(unitId: number | null): number[] {
    return [...this.parents.keys()].filter((id) => unitId === null || this.pathOf(id).includes(unitId));
  }

  private shared(layers: readonly Layer[]): CurrentCalendar {
    const key = layers.map((l) => l.id).join('/');
    const known = this.built.get(key) ?? this.build(layers);
    this.built.set(key, known);
    return known;
  }

  private layersOf(unitId: number): Layer[] {
    return [null, ...this.pathOf(unitId).reverse()].flatMap((id) => this.own.get(id) ?? []);
  }

  /** The unit, its parent, and so on up. */
  private pathOf(unitId: number): number[] {
    const path: number[] = [];
    for (
      let at: number | null | undefined = unitId;
      at !== null && at !== undefined;
      at = this.parents.get(at)
    )
      path.push(at);
    return path;
  }
}
