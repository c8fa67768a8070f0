import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import { boundsAt } from '../cases/queue-groups';
import { Database } from '../database/transaction';
import { dayOfInstant, parseIsoDay, toLocalSecond, type EpochDay } from '../domain/local-date';
import { timeLeft } from '../domain/outcome';
import type { WorkingCalendar } from '../domain/working-calendar';
import { Clock } from '../platform/clock';
import type { Reader } from '../web/reader';
import { axisMinimum, scaleGeometry, sparkGeometry, spectrumGeometry, trendGeometry } from './chart-geometry';
import { DashboardRepository, type DepartmentMonth, type UnapologisedCase } from './dashboard.repository';
import { OnTimeService, figures, type OnTimeReport, type ParFigures } from './on-time.service';
import { offeredPeriods, readPeriod, twelveMonths, type ReportPeriod } from './period';
import { heatWeeks, spectrumBins } from './workload';

const SHOWN_LETTERS = 6;
const SHOWN_PROCEDURES = 6;
const DIAMONDS = 12;

interface Asked {
  reader: Reader;
  period: ReportPeriod;
  now: Date;
  today: EpochDay;
  /** An open case with an earlier deadline is overdue, as in the work queue. */
  overdueBefore: Date;
  /** The period is not over: what is overdue now still counts in it. */
  running: boolean;
  calendar: WorkingCalendar;
}

/** The leaders' page: rate and points, letters still owed, trend, load, departments, worst procedures. */
@Injectable()
export class DashboardService {
  constructor(
    private readonly database: Database,
    private readonly repository: DashboardRepository,
    private readonly onTime: OnTimeService,
    private readonly calendars: CalendarService,
    private readonly clock: Clock,
  ) {}

  async page(reader: Reader, key?: string) {
    const now = this.clock.now();
    const today = dayOfInstant(now);
    const { calendar } = await this.calendars.of(reader.unitId);
    const period = readPeriod(key, today);
    const { overdueBefore } = boundsAt(now, calendar);
    const running = parseIsoDay(period.to) >= today;
    const asked: Asked = { reader, period, now, today, overdueBefore, running, calendar };
    return {
      period,
      periods: offeredPeriods(today),
      running,
      asOf: now,
      score: await this.score(asked),
      letters: await this.letters(asked),
      trend: await this.trend(asked),
      load: await this.load(asked),
      departments: await this.departments(asked),
      worst: (await this.procedures(reader, period, calendar))
        .filter((p) => p.late > 0)
        .slice(0, SHOWN_PROCEDURES),
    };
  }

  private async score({ reader, period, overdueBefore, running }: Asked) {
    const report = await this.onTime.report(reader, period);
    const last = String(period.year - 1);
    const before = await this.onTime.report(reader, { from: `${last}-01-01`, to: `${last}-12-31` });
    const overdue = await this.repository.openOverdueCount(
      this.database.pool,
      reader.communeIds,
      overdueBefore,
    );
    const counts = { early: report.early, onTime: report.onTime, late: report.late + overdue };
    const after = running && overdue > 0 ? await this.onTime.par(counts, period.to) : null;
    return {
      report,
      par: report.par && parView(report.par),
      lastYear: period.year - 1,
      before: before.settled > 0 ? before : null,
      after: after && { overdue, settled: report.settled + overdue, ...after },
      scale: scaleOf(report, before, after?.formula ?? null),
    };
  }

  private async letters({ reader, period, now, overdueBefore, running, calendar }: Asked) {
    const asked = { ...period, running };
    const owed = await this.repository.unapologised(
      this.database.pool,
      reader.communeIds,
      asked,
      overdueBefore,
    );
    return { total: owed.length, shown: owed.slice(0, SHOWN_LETTERS).map((c) => lateness(c, now, calendar)) };
  }

  private async trend({ reader, period, today }: Asked) {
    const months = twelveMonths(period.to, today);
    const range = { from: `${months[0]}-01`, to: period.to };
    const { groups } = await this.onTime.report(reader, range, undefined, 'month');
    const points = months.map((month) => {
      const found = groups.find((g) => g.key === month) ?? figures({ early: 0, onTime: 0, late: 0 });
      const [year, number] = month.split('-').map(Number);
      return { ...found, rate: found.percent, month: number!, year: year! };
    });
    const labelled = trendGeometry(points);
    return { ...labelled, years: yearMarks(labelled.points), rows: [...points].reverse() };
  }

  private async load({ reader, today, calendar }: Asked) {
    const open = await this.repository.openByDeadlineDay(this.database.pool, reader.communeIds);
    const bins = spectrumBins(calendar, today, open);
    return {
      running: bins.reduce((sum, b) => sum + b.count, 0),
      paused: await this.repository.pausedCount(this.database.pool, reader.communeIds),
      spectrum: spectrumGeometry(bins),
      weeks: heatWeeks(calendar, today, open),
    };
  }

  private async departments({ reader, period, today }: Asked) {
    const tx = this.database.pool;
    const { from, to } = period;
    const months = await this.repository.outcomesByDepartmentAndMonth(tx, reader.communeIds, from, to);
    const open = await this.repository.openByDeadlineDay(tx, reader.communeIds);
    const rates = months.map((m) => figures(m).percent);
    const minimum = axisMinimum(rates);
    const ids = [...new Set(months.map((m) => m.departmentId))];
    const list = ids.map((id) => {
      const own = months.filter((m) => m.departmentId === id);
      const overdue = open.filter((o) => o.departmentId === id && parseIsoDay(o.day) < today);
      return {
        name: own[0]!.name,
        ...figures(sum(own)),
        overdue: overdue.reduce((n, o) => n + o.count, 0),
        firstMonth: Number(own[0]!.month.slice(5)),
        lastMonth: Number(own.at(-1)!.month.slice(5)),
        chart: sparkGeometry(
          own.map((m) => figures(m).percent),
          minimum,
        ),
      };
    });
    return { minimum, list };
  }

  /** Every procedure of the period with its rate and the mean lateness in working days. */
  async procedures(reader: Reader, period: ReportPeriod, calendar: WorkingCalendar) {
    const tx = this.database.pool;
    const outcomes = await this.repository.outcomesByProcedure(tx, reader.communeIds, period.from, period.to);
    const late = await this.repository.lateCases(tx, reader.communeIds, period.from, period.to);
    return outcomes.map((p) => {
      const days = late
        .filter((c) => c.procedureId === p.procedureId)
        .map((c) => calendar.workingDaysBetween(parseIsoDay(c.deadlineDay), parseIsoDay(c.settledDay)));
      const mean = days.length ? days.reduce((a, b) => a + b, 0) / days.length : null;
      return {
        ...p,
        ...figures(p),
        meanLate: mean === null ? null : Math.round(mean * 10) / 10,
        marks: Array.from({ length: Math.min(p.late, DIAMONDS) }, (_, i) => i),
        moreMarks: Math.max(0, p.late - DIAMONDS),
      };
    });
  }

  async procedurePage(reader: Reader, key?: string) {
    const { calendar } = await this.calendars.of(reader.unitId);
    const period = readPeriod(key, dayOfInstant(this.clock.now()));
    return { period, procedures: await this.procedures(reader, period, calendar) };
  }
}

/** The threshold as a percent, and by how many late cases it is missed. */
const parView = (par: ParFigures) => ({
  ...par,
  thresholdPercent: par.threshold === null ? null : Math.round(par.threshold * 10_000) / 100,
  lateTooMany: par.lateAllowed !== null && par.lateAllowed < 0 ? -par.lateAllowed : null,
});

const sum = (list: DepartmentMonth[]) => ({
  early: list.reduce((n, m) => n + m.early, 0),
  onTime: list.reduce((n, m) => n + m.onTime, 0),
  late: list.reduce((n, m) => n + m.late, 0),
});

function scaleOf(report: OnTimeReport, before: OnTimeReport, after: number | null) {
  const { par } = report;
  if (!par || par.formula === null) return null;
  const marks = [
    ...(before.par?.formula != null ? [{ kind: 'before' as const, value: before.par.formula }] : []),
    ...(after !== null ? [{ kind: 'after' as const, value: after }] : []),
    ...(par.threshold !== null ? [{ kind: 'threshold' as const, value: par.threshold * par.maxPoints }] : []),
    { kind: 'now' as const, value: par.formula },
  ];
  return scaleGeometry(marks, par.maxPoints);
}

function lateness(c: UnapologisedCase, now: Date, calendar: WorkingCalendar) {
  const deadline = parseIsoDay(c.deadlineDay);
  const settledLate = c.settledDay ? calendar.workingDaysBetween(deadline, parseIsoDay(c.settledDay)) : null;
  const left = c.settledDay ? null : timeLeft(toLocalSecond(c.deadlineAt), toLocalSecond(now), calendar);
  return { ...c, settledLate, left };
}

/** Where each year's name stands below the months, and where the next one begins. */
function yearMarks(points: { x: number; year: number }[]) {
  return [...new Set(points.map((p) => p.year))].map((year) => {
    const own = points.filter((p) => p.year === year);
    const first = points.indexOf(own[0]!);
    const previous = points[first - 1];
    return {
      year,
      x: Math.round((own[0]!.x + own.at(-1)!.x) / 2),
      borderX: previous ? Math.round((previous.x + own[0]!.x) / 2) : null,
    };
  });
}
