import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { Clock } from '../platform/clock';
import type { Reader } from '../web/reader';
import { CaseStoryService, type WarningLine } from './case-story.service';
import type { CaseDetail } from './case.repository';
import { CaseService } from './case.service';
import { DueAccountService } from './due-account.service';
import { stopsIn } from './open-stop';
import { typed } from '../web/typed-instant';

/** View models of the forms on which officers record something about a case. */
@Injectable()
export class ActFormService {
  constructor(
    private readonly cases: CaseService,
    private readonly stories: CaseStoryService,
    private readonly accounts: DueAccountService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async pause(reader: Reader, code: string) {
    const { found } = await this.cases.detail(reader, code);
    const warnings = await this.ifRequestedNow(found);
    return { case: found, warnings, form: { loai: 'bo-sung', ...this.now(), ly_do: '', can_cu: '' } };
  }

  /** The new return date is filled in as the calendar gives it; the officer confirms it or takes it away. */
  async resume(reader: Reader, code: string) {
    const { found, story } = await this.cases.told(reader, code);
    const { openStop } = stopsIn(story.events);
    const due = openStop
      ? await this.accounts.dueIfResumed(this.database.pool, found.id, this.clock.now())
      : null;
    const promise = due ? typed(due.at) : { day: '', time: '' };
    const form = {
      ...this.now(),
      ngay_dung: '',
      gio_dung: '',
      hen_ngay: promise.day,
      hen_gio: promise.time,
    };
    const supplement = openStop?.kind === 'supplement-requested';
    const warnings = story.warnings.filter((w) => w.kind === 'pause-long');
    return { case: found, openStop, supplement, warnings, forecast: due?.forecast ?? false, form };
  }

  async settle(reader: Reader, code: string) {
    const { found } = await this.cases.detail(reader, code);
    const { ngay, gio } = this.now();
    return {
      case: found,
      form: { ngay, gio, da_trao: found.status === 9 ? 'co' : null, ngay_trao: ngay, gio_trao: gio },
    };
  }

  async note(reader: Reader, code: string) {
    const { found } = await this.cases.detail(reader, code);
    return { case: found, form: { noi_dung: '' } };
  }

  /** What a request for supplement would be asked about. */
  private async ifRequestedNow(found: CaseDetail): Promise<WarningLine[]> {
    const now = this.clock.now();
    const supposed = {
      ...{ id: Number.MAX_SAFE_INTEGER, kind: 'supplement-requested', at: now, recordedAt: now },
      ...{ source: '', data: {} },
    };
    const { warnings } = await this.stories.of(this.database.pool, found, [supposed]);
    return warnings.filter(
      (w) => w.kind.startsWith('supplement') && w.at.getTime() === Math.floor(now.getTime() / 1000) * 1000,
    );
  }

  private now(): { ngay: string; gio: string } {
    const { day, time } = typed(this.clock.now());
    return { ngay: day, gio: time };
  }
}
