import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import { lastSendingDay } from '../domain/apology';
import { dayOf, dayOfInstant, isoDay, toLocalSecond } from '../domain/local-date';
import { Clock } from '../platform/clock';
import type { TypedDraft } from './draft-form';
import { MAX_REASON } from './letter-reason';
import type { ReportableCase } from './letter-report.repository';
import { ReasonCatalogue } from './reason-catalogue.service';

@Injectable()
export class LetterReportPage {
  constructor(
    private readonly calendars: CalendarService,
    private readonly catalogue: ReasonCatalogue,
    private readonly clock: Clock,
  ) {}

  async page(found: ReportableCase, typed: TypedDraft | null): Promise<object> {
    const { calendar } = (await this.calendars.book()).of(found.calendarUnitId);
    const day = found.deadlineAt === null ? null : dayOf(toLocalSecond(found.deadlineAt));
    const known = day !== null && calendar.covers(day) && calendar.covers(day - 31);
    const sendBy = known ? lastSendingDay(day, calendar) : null;
    const { code, applicantName: who, procedureName: procedure, deadlineAt } = found;
    return {
      ...{ code, who, procedure, deadlineAt },
      sendBy: sendBy === null ? null : isoDay(sendBy),
      late: sendBy !== null && sendBy < dayOfInstant(this.clock.now()),
      promisedAgain: found.promisedAgain && found.overrideReason === null,
      typed: typed ?? { reason: '', nature: null, day: '', time: '' },
      reasons: await this.catalogue.of(found.unitId),
      maxReason: MAX_REASON,
    };
  }
}
