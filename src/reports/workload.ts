import { isoDay, isoWeekday, parseIsoDay, type EpochDay } from '../domain/local-date';
import type { WorkingCalendar } from '../domain/working-calendar';
import type { SpectrumBin } from './chart-geometry';

interface DayCount {
  day: string;
  count: number;
}

const BINS: { tone: string; label: string; from: number; to: number }[] = [
  { tone: 'late', label: '>10', from: -Infinity, to: -11 },
  { tone: 'late', label: '6–10', from: -10, to: -6 },
  { tone: 'late', label: '3–5', from: -5, to: -3 },
  { tone: 'late', label: '1–2', from: -2, to: -1 },
  { tone: 'today', label: 'hôm nay', from: 0, to: 0 },
  { tone: 'soon', label: '1', from: 1, to: 1 },
  { tone: 'soon', label: '2', from: 2, to: 2 },
  { tone: 'week', label: '3–5', from: 3, to: 5 },
  { tone: 'safe', label: '6–10', from: 6, to: 10 },
  { tone: 'safe', label: '>10', from: 11, to: Infinity },
];

/** Working days from today to the deadline day; a deadline on an earlier day is at least one day overdue. */
export function workingDaysLeft(calendar: WorkingCalendar, today: EpochDay, deadline: EpochDay): number {
  if (!calendar.covers(deadline) || !calendar.covers(today)) return deadline < today ? -Infinity : Infinity;
  const between = calendar.workingDaysBetween(today, deadline);
  if (deadline < today) return Math.min(-1, between);
  return deadline === today ? 0 : Math.max(1, between);
}

export function spectrumBins(calendar: WorkingCalendar, today: EpochDay, open: DayCount[]): SpectrumBin[] {
  const left = open.map((o) => ({ ...o, left: workingDaysLeft(calendar, today, parseIsoDay(o.day)) }));
  return BINS.map(({ tone, label, from, to }) => ({
    tone,
    label,
    count: left.filter((o) => o.left >= from && o.left <= to).reduce((sum, o) => sum + o.count, 0),
  }));
}

export interface HeatDay {
  day: string;
  count: number;
  /** 0 (none) to 5 (the fullest day of the four weeks). */
  level: number;
  off: boolean;
  past: boolean;
  today: boolean;
}

/** Four weeks from this week's Monday: how many cases fall due each day. */
export function heatWeeks(calendar: WorkingCalendar, today: EpochDay, open: DayCount[]): HeatDay[][] {
  const counts = new Map<string, number>();
  for (const o of open) counts.set(o.day, (counts.get(o.day) ?? 0) + o.count);
  const monday = today - isoWeekday(today) + 1;
  const days = Array.from({ length: 28 }, (_, i) => monday + i);
  const most = Math.max(1, ...days.filter((d) => d >= today).map((d) => counts.get(isoDay(d)) ?? 0));
  const cell = (day: EpochDay): HeatDay => {
    const count = day < today ? 0 : (counts.get(isoDay(day)) ?? 0);
    return {
      day: isoDay(day),
      count,
      level: Math.ceil((count / most) * 5),
      off: calendar.covers(day) && !calendar.isWorkingDay(day),
      past: day < today,
      today: day === today,
    };
  };
  return [0, 7, 14, 21].map((start) => days.slice(start, start + 7).map(cell));
}
