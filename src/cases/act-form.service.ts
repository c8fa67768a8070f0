import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { Clock } from '../platform/clock';
import type { Reader } from '../web/reader';
import { countingLines } from './case-ledger';
import { CaseService } from './case.service';
import { DeadlineRepository } from './deadline.repository';
import { DueAccountService } from './due-account.service';
import { stopsOf } from './open-stop';
import { typed } from '../web/typed-instant';

/** View models of the forms on which officers record something about a case. */
@Injectable()
export class ActFormService {
  constructor(
    private readonly cases: CaseService,
    private readonly ledger: DeadlineRepository,
    private readonly accounts: DueAccountService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async pause(reader: Reader, code: string) {
    const { found, lines } = await this.known(reader, code);
    const requests = lines.filter((l) => l.kind === 'supplement-requested').length;
    return { case: found, requests, form: { loai: 'bo-sung', ...this.now(), ly_do: '', can_cu: '' } };
  }

  /** The new return date is filled in as the calendar gives it; the officer confirms it or takes it away. */
  async resume(reader: Reader, code: string) {
    const { found, lines } = await this.known(reader, code);
    const { openStop } = stopsOf(lines);
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
    return { case: found, openStop, supplement, forecast: due?.forecast ?? false, form };
  }

  async settle(reader: Reader, code: string) {
    const { found } = await this.known(reader, code);
    const { ngay, gio } = this.now();
    return {
      case: found,
      form: { ngay, gio, da_trao: found.status === 9 ? 'co' : null, ngay_trao: ngay, gio_trao: gio },
    };
  }

  async note(reader: Reader, code: string) {
    const { found } = await this.known(reader, code);
    return { case: found, form: { noi_dung: '' } };
  }

  private async known(reader: Reader, code: string) {
    const { found } = await this.cases.detail(reader, code);
    return { found, lines: countingLines(await this.ledger.ledger(this.database.pool, [found.id])) };
  }

  private now(): { ngay: string; gio: string } {
    const { day, time } = typed(this.clock.now());
    return { ngay: day, gio: time };
  }
}
