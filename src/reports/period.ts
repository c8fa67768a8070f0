import { civil, daysInMonth, epochDay, isoDay, type EpochDay } from '../domain/local-date';

export interface ReportPeriod {
  /** As in the address: '2026' or '2026-q3'. */
  key: string;
  year: number;
  quarter: number | null;
  from: string;
  to: string;
}

function period(year: number, quarter: number | null): ReportPeriod {
  const first = quarter ? quarter * 3 - 2 : 1;
  const last = quarter ? quarter * 3 : 12;
  return {
    key: quarter ? `${year}-q${quarter}` : `${year}`,
    year,
    quarter,
    from: isoDay(epochDay(year, first, 1)),
    to: isoDay(epochDay(year, last, daysInMonth(year, last))),
  };
}

/** The period asked for; anything unreadable means the current year. */
export function readPeriod(key: string | undefined, today: EpochDay): ReportPeriod {
  const m = /^(20\d\d)(?:-q([1-4]))?$/.exec(key ?? '');
  return m ? period(Number(m[1]), m[2] ? Number(m[2]) : null) : period(civil(today).year, null);
}

/** This year, its quarters so far, and the two years before. */
export function offeredPeriods(today: EpochDay): ReportPeriod[] {
  const { year, month } = civil(today);
  const quarter = Math.ceil(month / 3);
  const quarters = Array.from({ length: quarter }, (_, i) => period(year, quarter - i));
  return [period(year, null), ...quarters, period(year - 1, null), period(year - 2, null)];
}

/** 'YYYY-MM' of the twelve months that end with the period, or with today when the period is not over. */
export function twelveMonths(to: string, today: EpochDay): string[] {
  const last = to < isoDay(today) ? to : isoDay(today);
  const index = Number(last.slice(0, 4)) * 12 + Number(last.slice(5, 7)) - 1;
  return Array.from({ length: 12 }, (_, i) => {
    const m = index - 11 + i;
    return `${Math.floor(m / 12)}-${String((m % 12) + 1).padStart(2, '0')}`;
  });
}
