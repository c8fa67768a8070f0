import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import type { Tx } from '../database/transaction';
import type { WorkingCalendar } from '../domain/working-calendar';
import type { ReasonGroup } from './letter-reason';
import { ReasonCatalogue } from './reason-catalogue.service';

/** What a draft is checked with. */
@Injectable()
export class LetterDraftGround {
  constructor(
    private readonly calendars: CalendarService,
    private readonly catalogue: ReasonCatalogue,
  ) {}

  async of(tx: Tx, unitId: number): Promise<{ calendar: WorkingCalendar; catalogue: ReasonGroup[] }> {
    const { calendar } = await this.calendars.of(unitId, tx);
    return { calendar, catalogue: await this.catalogue.of(unitId, tx) };
  }
}
