import { isoLocal } from '../domain/local-date';
import { labels } from '../platform/labels';
import type { OnTimeReport, RateFigures } from './on-time.service';

const rate = ({ settled, early, onTime, onTimeOrEarly, late, percent }: RateFigures) => ({
  settled,
  early,
  onTime,
  onTimeOrEarly,
  late,
  percent,
});

/** The report as the API tells it: numerator, denominator, definition and as-of time always together. */
export function presentReport(report: OnTimeReport) {
  return {
    from: report.from,
    to: report.to,
    unit: report.unit,
    asOf: `${isoLocal(report.asOf)}+07:00`,
    definition: labels.onTimeDefinition,
    ...rate(report),
    firstPromise: rate(report.firstPromise),
    par: report.par,
    groupBy: report.groupBy,
    groups: report.groups.map((group) => ({
      key: group.key,
      name: groupName(report, group),
      ...rate(group),
    })),
  };
}

function groupName(report: OnTimeReport, group: { key: string; name: string | null }): string {
  if (report.groupBy === 'channel') return labels.channel[group.key as keyof typeof labels.channel];
  return group.name ?? labels.unknownGroup;
}
