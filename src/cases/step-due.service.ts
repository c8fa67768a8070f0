import { Injectable } from '@nestjs/common';
import type { CalendarBook } from '../calendars/calendar-book';
import type { Tx } from '../database/transaction';
import type { TimeOfDayPolicy } from '../domain/deadline';
import { toLocalSecond, type LocalSecond } from '../domain/local-date';
import type { ScheduledStep } from '../domain/step-schedule';
import { UnitService } from '../units/unit.service';
import { consultationsOf } from './case-consultations';
import { countingEvents } from './case-events';
import { scheduleOf } from './case-schedule';
import type { CaseEventRow } from './case.repository';
import { ProcedureRepository, type LimitRow } from './procedure.repository';
import { StepDueRepository, type SteppedRow } from './step-due.repository';

/** The step that has to end next. */
export interface StepDue {
  at: LocalSecond;
  /** Its term is in days, and days are compared. */
  byDay: boolean;
}

/** Of many cases at once: when the step under way, or the answer of a body that was asked, is due. */
@Injectable()
export class StepDues {
  constructor(
    private readonly steps: StepDueRepository,
    private readonly procedures: ProcedureRepository,
    private readonly units: UnitService,
  ) {}

  /** By case id; cases without a step under way are left out. */
  async of(tx: Tx, caseIds: number[], book: CalendarBook, now: Date): Promise<Map<number, StepDue>> {
    const found = await this.steps.stepped(tx, caseIds);
    if (found.length === 0) return new Map();
    const limits = await this.limitsOf(tx, found);
    const events = byCase(
      await this.steps.events(
        tx,
        found.map((c) => c.id),
      ),
    );
    const departmentOf = await this.departmentsOf(tx, found);
    const policies = await this.policiesOf(tx, found);
    const dues = new Map<number, StepDue>();
    for (const each of found) {
      const counting = countingEvents(events.get(each.id) ?? []);
      const timeOfDay = policies.get(each.unitId)!;
      const schedule = scheduleOf(each, counting, consultationsOf(counting), {
        ...{ limit: limits.get(each.limitId ?? 0) ?? null, timeOfDay, now: toLocalSecond(now) },
        calendarOf: (name) => book.of(departmentOf(each.unitId, name)).calendar,
      });
      const due = nextDue(schedule);
      if (due) dues.set(each.id, due);
    }
    return dues;
  }

  private async limitsOf(tx: Tx, found: SteppedRow[]): Promise<Map<number, LimitRow>> {
    const limits = await this.procedures.limitsOf(tx, [...new Set(found.map((c) => c.procedureId))]);
    return new Map(limits.map((limit) => [limit.id, limit]));
  }

  private async policiesOf(tx: Tx, found: SteppedRow[]): Promise<Map<number, TimeOfDayPolicy>> {
    const policies = new Map<number, TimeOfDayPolicy>();
    for (const id of new Set(found.map((c) => c.unitId)))
      policies.set(id, (await this.units.settingsOf(id, tx)).timeOfDay);
    return policies;
  }

  private async departmentsOf(tx: Tx, found: SteppedRow[]) {
    const departments = await this.steps.departments(tx, [...new Set(found.map((c) => c.unitId))]);
    const ids = new Map(departments.map((d) => [`${d.communeId}/${d.name}`, d.id]));
    return (communeId: number, name: string | null): number => ids.get(`${communeId}/${name}`) ?? communeId;
  }
}

function byCase(events: (CaseEventRow & { caseId: number })[]): Map<number, CaseEventRow[]> {
  const found = new Map<number, CaseEventRow[]>();
  for (const event of events) {
    const own = found.get(event.caseId);
    if (own) own.push(event);
    else found.set(event.caseId, [event]);
  }
  return found;
}

/** Of the steps under way the one due first. */
function nextDue(schedule: ScheduledStep[]): StepDue | null {
  const open = schedule.filter((s) => s.begun && s.endedAt === null && s.dueAt !== null);
  const [first] = open.sort((a, b) => a.dueAt! - b.dueAt!);
  return first ? { at: first.dueAt!, byDay: first.unit === 'working-days' } : null;
}
