import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { Clock } from '../platform/clock';
import { firstCalendar } from './calendar-rows';
import { CalendarRepository } from './calendar.repository';
import { FIRST_VERSION } from './official-days';

/** Makes sure that there is a calendar to count with. */
@Injectable()
export class CalendarBootstrap {
  constructor(
    private readonly database: Database,
    private readonly repository: CalendarRepository,
    private readonly clock: Clock,
  ) {}

  /** Does nothing when a calendar exists. Two processes starting at once make one. */
  run(): Promise<{ created: boolean }> {
    return this.database.transaction(async (tx) => {
      if (await this.repository.latestVersionId(tx, null)) return { created: false };
      await this.repository.lockGround(tx);
      if (await this.repository.latestVersionId(tx, null)) return { created: false };
      const versionId = await this.repository.insertVersion(tx, {
        ...FIRST_VERSION,
        unitId: null,
        document: null,
        createdAt: this.clock.now(),
      });
      await this.repository.insertRows(tx, versionId, firstCalendar());
      return { created: true };
    });
  }
}
