/**
 * Calendars inherited from office to office: the nation's, then the province's, the commune's and the department's
 * own additions. The nearer office wins on a day; hours of its own replace the inherited week and its periods.
 */
import {
  hoursOfRule,
  type CalendarDayRule,
  type CalendarDefinition,
  type OfficePeriod,
  type WeeklyHours,
} from './calendar-definition';
import type { EpochDay } from './local-date';

/** What one office adds to the calendar it inherits. */
export interface CalendarLayer {
  /** null: the inherited hours, periods included */
  weekly: WeeklyHours | null;
  periods: OfficePeriod[];
  days: CalendarDayRule[];
}

/** The calendar of an office whose ancestors added `layers` in this order, the nearest last. */
export const layered = (root: CalendarDefinition, layers: readonly CalendarLayer[]): CalendarDefinition =>
  layers.reduce(withLayer, root);

function withLayer(inherited: CalendarDefinition, layer: CalendarLayer): CalendarDefinition {
  const hours = layer.weekly
    ? { weekly: layer.weekly, periods: layer.periods }
    : { weekly: inherited.weekly, periods: inherited.periods };
  const days = new Map<EpochDay, CalendarDayRule>();
  for (const rule of inherited.days) days.set(rule.day, inheritedRule(rule, hours));
  for (const rule of layer.days) days.set(rule.day, rule);
  return { ...inherited, ...hours, days: [...days.values()].sort((a, b) => a.day - b.day) };
}

/** A make-up day is a whole day of work also where the office works in part on that weekday anyway. */
function inheritedRule(
  rule: CalendarDayRule,
  hours: Pick<CalendarDefinition, 'weekly' | 'periods'>,
): CalendarDayRule {
  return rule.kind === 'worked' && rule.hours === null ? { ...rule, hours: hoursOfRule(rule, hours) } : rule;
}
