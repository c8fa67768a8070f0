import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import { dayOf, secondOfDay, toLocalSecond } from '../domain/local-date';
import { Clock } from '../platform/clock';
import type { FixedRules } from './source-batches';

/** What reading a file depends on besides the file. */
@Injectable()
export class ImportRules {
  constructor(
    private readonly calendars: CalendarService,
    private readonly clock: Clock,
  ) {}

  /** A day without a time stands for the hour at which the office closes on the next working day. */
  async of(unitId: number): Promise<FixedRules> {
    const now = toLocalSecond(this.clock.now());
    const { calendar } = await this.calendars.of(unitId);
    const today = dayOf(now);
    const day = calendar.covers(today) ? calendar.rollForward(today) : null;
    const closes = day === null ? null : calendar.closesAt(day);
    return { now, closesAt: closes === null ? LAST_SECOND : secondOfDay(closes) };
  }
}

const LAST_SECOND = 86_399;
