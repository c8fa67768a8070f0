import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { Clock } from '../platform/clock';
import { labels } from '../platform/labels';
import { UnitService } from '../units/unit.service';
import type { Reader } from '../web/reader';
import { isCorrectable } from './case-correction';
import { consultationsOf } from './case-consultations';
import { countingEvents } from './case-events';
import { CaseRepository, type CaseEventRow } from './case.repository';
import { CaseService } from './case.service';
import { typed } from '../web/typed-instant';

/** View models of the forms on which the way of a case, its end and corrections are recorded. */
@Injectable()
export class LedgerFormService {
  constructor(
    private readonly cases: CaseService,
    private readonly repository: CaseRepository,
    private readonly units: UnitService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async transfer(reader: Reader, code: string) {
    const { found, story } = await this.cases.told(reader, code);
    const departments = await this.units.departments(found.unitId);
    const options = departments.map(({ id, name }) => ({ value: String(id), label: name }));
    const steps = story.steps.filter((s) => s.kind === 'processing');
    const next = steps.find((s) => s.state === 'planned');
    const here = options.find((o) => o.label === (next?.department ?? found.departmentName));
    return {
      ...{ case: found, departments: options },
      steps: steps.map(({ name }) => ({ value: name, label: name })),
      form: {
        ...this.now(),
        ...{ buoc: next?.name ?? '', don_vi: here?.value ?? '', can_bo: '', noi_dung: '' },
      },
    };
  }

  async consult(reader: Reader, code: string) {
    const { found, story } = await this.cases.told(reader, code);
    const foreseen = story.steps.find((s) => s.kind === 'consultation' && !s.begun);
    const days = foreseen?.unit === 'working-days' ? String(foreseen.amount) : '';
    const form = { ...this.now(), co_quan: foreseen?.department ?? '', noi_dung: '', so_ngay: days };
    return { case: found, form };
  }

  async answer(reader: Reader, code: string) {
    const { found, story } = await this.cases.told(reader, code);
    const open = consultationsOf(countingEvents(story.events)).filter((c) => c.answeredAt === null);
    const asked = open.map(({ id, body, content }) => ({
      ...{ value: String(id), label: content ? `${body}: ${content.slice(0, 80)}` : body },
    }));
    const warnings = story.warnings.filter((w) => w.kind === 'consultation-overdue');
    const form = { ...this.now(), lan: asked[0]?.value ?? '', noi_dung: '' };
    return { case: found, asked, warnings, form };
  }

  withdraw(reader: Reader, code: string) {
    return this.ending(reader, code);
  }

  stop(reader: Reader, code: string) {
    return this.ending(reader, code);
  }

  async correct(reader: Reader, code: string) {
    const { found } = await this.cases.detail(reader, code);
    const events = await this.repository.events(this.database.pool, found.id);
    const counting = new Map(countingEvents(events).map((e) => [e.id, e]));
    const entries = events.filter(isCorrectable).map((e) => entryView(e, counting.get(e.id)));
    return { case: found, entries, form: { muc: '', cach: 'luc', ngay: '', gio: '', ly_do: '' } };
  }

  private async ending(reader: Reader, code: string) {
    const { found } = await this.cases.detail(reader, code);
    return { case: found, form: { ...this.now(), ly_do: '', can_cu: '' } };
  }

  private now(): { ngay: string; gio: string } {
    const { day, time } = typed(this.clock.now());
    return { ngay: day, gio: time };
  }
}

/** An entry as somebody picks it: its present moment, or that it does not count any more. */
function entryView(event: CaseEventRow, counting: CaseEventRow | undefined) {
  const name = labels.eventKind[event.kind as keyof typeof labels.eventKind];
  return {
    ...{ id: event.id, value: String(event.id), name: name[0]!.toUpperCase() + name.slice(1) },
    at: counting?.at ?? event.at,
    note: counting ? null : labels.entryNotCounted,
  };
}
