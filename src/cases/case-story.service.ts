import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import type { Tx } from '../database/transaction';
import { acceptanceState } from '../domain/acceptance';
import { ledgerWarnings, type LedgerWarning } from '../domain/ledger-warnings';
import { toInstant, toLocalSecond, type LocalSecond } from '../domain/local-date';
import { consultationDue, type ScheduledStep } from '../domain/step-schedule';
import type { WorkingCalendar } from '../domain/working-calendar';
import { Clock } from '../platform/clock';
import { UnitService } from '../units/unit.service';
import { consultationsOf } from './case-consultations';
import { countingEvents, textIn } from './case-events';
import { scheduleOf } from './case-schedule';
import { isOpen } from './case-status';
import { CaseRepository, type CaseDetail, type CaseEventRow } from './case.repository';
import { ProcedureRepository } from './procedure.repository';

/** Instants as `Date`, as templates and the interface show them. */
export type StepLine = Omit<ScheduledStep, 'startsAt' | 'endedAt' | 'dueAt'> &
  Record<'startsAt' | 'endedAt' | 'dueAt', Date | null>;
export type WarningLine = { kind: LedgerWarning['kind']; at: Date; body: string | null };

/** What the ledger of a case tells besides its deadline. */
export interface CaseStory {
  calendar: WorkingCalendar;
  calendarVersion: number;
  /** as recorded, newest first */
  events: CaseEventRow[];
  steps: StepLine[];
  warnings: WarningLine[];
  acceptance: ReturnType<typeof acceptanceOf>;
}

/** Reads the ledger of one case: its steps, what is odd about it, and whether it was accepted in time. */
@Injectable()
export class CaseStoryService {
  constructor(
    private readonly cases: CaseRepository,
    private readonly procedures: ProcedureRepository,
    private readonly calendars: CalendarService,
    private readonly units: UnitService,
    private readonly clock: Clock,
  ) {}

  /** @param supposed an event that has not happened, for asking what it would warn of */
  async of(tx: Tx, found: CaseDetail, supposed: CaseEventRow[] = []): Promise<CaseStory> {
    const [events, book, departments, limits, { timeOfDay }] = await Promise.all([
      this.cases.events(tx, found.id),
      this.calendars.book(tx),
      this.units.departments(found.unitId),
      this.procedures.limitsOf(tx, [found.procedureId]),
      this.units.settingsOf(found.unitId, tx),
    ]);
    const counting = countingEvents([...supposed, ...events]);
    const limit = limits.find((l) => l.id === found.limitId) ?? null;
    const { calendar, versionId } = book.of(found.calendarUnitId);
    const now = toLocalSecond(this.clock.now());
    const consultations = consultationsOf(counting);
    const unitOf = new Map(departments.map((d) => [d.name, d.id]));
    const steps = scheduleOf(found, counting, consultations, {
      ...{ limit, timeOfDay, now },
      calendarOf: (name) => book.of(unitOf.get(name ?? '') ?? found.unitId).calendar,
    });
    const office = book.of(found.unitId).calendar;
    const warnings = ledgerWarnings({
      entries: counting.map(warnedEntry),
      consultations: consultations.map((c) => ({ ...c, dueAt: consultationDue(c, office, timeOfDay) })),
      ...{ receivedAt: toLocalSecond(found.receivedAt), open: isOpen(found.status), calendar, now },
    });
    return {
      ...{ calendar, calendarVersion: versionId, events, steps: steps.map(stepLine) },
      warnings: warnings.map(warningLine),
      acceptance: acceptanceOf(found, this.clock.now()),
    };
  }
}

const warnedEntry = ({ kind, at, data }: CaseEventRow) => ({
  ...{ kind, at: toLocalSecond(at), legalBasis: textIn(data.legalBasis) },
  approximate: data.approximate === true,
});

const dateOf = (at: LocalSecond | null): Date | null => (at === null ? null : toInstant(at));

const stepLine = (step: ScheduledStep): StepLine => ({
  ...{ name: step.name, department: step.department, kind: step.kind, amount: step.amount, unit: step.unit },
  ...{ startsAt: dateOf(step.startsAt), begun: step.begun, endedAt: dateOf(step.endedAt) },
  ...{ dueAt: dateOf(step.dueAt), state: step.state },
});

const warningLine = (warning: LedgerWarning): WarningLine => ({
  ...{ kind: warning.kind, at: toInstant(warning.at) },
  body: warning.kind === 'consultation-overdue' ? warning.body : null,
});

/** Whether an online submission was answered in time; null for cases that were not submitted online. */
function acceptanceOf(found: CaseDetail, now: Date) {
  const { submittedAt, acceptanceDueAt, status, receivedAt, finishedAt } = found;
  if (submittedAt === null || acceptanceDueAt === null) return null;
  const answeredAt = status === 1 ? null : status === 3 ? finishedAt : receivedAt;
  // Refused, nobody knows when.
  if (status === 3 && answeredAt === null) return { submittedAt, dueAt: acceptanceDueAt, state: null };
  const state = acceptanceState(
    toLocalSecond(acceptanceDueAt),
    answeredAt && toLocalSecond(answeredAt),
    toLocalSecond(now),
  );
  return { submittedAt, dueAt: acceptanceDueAt, state };
}
