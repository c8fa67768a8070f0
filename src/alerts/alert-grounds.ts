import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import type { Tx } from '../database/transaction';
import { dayOfInstant, isoDay } from '../domain/local-date';
import { AlertRuleRepository } from './alert-rule.repository';
import type { AlertGround } from './alert-plan';
import { RuleBook } from './rule-book';
import { StaffDirectory } from './staff-directory';

/** Everything alerts rest on besides the cases: calendars, rules, and who is there today. */
@Injectable()
export class AlertGrounds {
  constructor(
    private readonly calendars: CalendarService,
    private readonly rules: AlertRuleRepository,
  ) {}

  async at(tx: Tx, now: Date): Promise<AlertGround> {
    const staff = await this.rules.staff(tx);
    const absent = await this.rules.absent(tx, isoDay(dayOfInstant(now)));
    return {
      now,
      book: await this.calendars.book(tx),
      rules: new RuleBook(await this.rules.rules(tx)),
      staff: new StaffDirectory(staff, absent),
    };
  }
}
