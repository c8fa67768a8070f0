import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Runtime } from '../platform/runtime';
import { JobSchedules } from './job-schedules';
import { within } from './patience';

const PATIENCE = 30_000;

/**
 * An emptied Redis forgets the schedules with everything else, and no job can bring back the schedule that starts
 * it. So this one task runs on the process's own timer.
 */
@Injectable()
export class ScheduleKeeper {
  private readonly log = new Logger('Jobs');
  private busy = false;

  constructor(
    private readonly runtime: Runtime,
    private readonly schedules: JobSchedules,
  ) {}

  @Interval('jobs.keep-schedules', 60_000)
  async keep(): Promise<void> {
    if (this.runtime.env.ROLE === 'web' || this.busy) return;
    this.busy = true;
    try {
      const restored = await within(PATIENCE, this.schedules.restore());
      if (restored.length > 0) this.log.warn(`schedules were missing and are back: ${restored.join(', ')}`);
    } catch (error) {
      this.log.warn(`schedules not checked: ${(error as Error).message}`);
    } finally {
      this.busy = false;
    }
  }
}
