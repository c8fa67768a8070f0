import { Injectable } from '@nestjs/common';

/**
 * The process's only source of "now". With an origin (setting NOW) the clock starts there and ticks on, which
 * lets a demonstration or a test stand at a chosen instant.
 */
@Injectable()
export class Clock {
  private shift = 0;

  /** True when the clock does not show the real time; every page says so. */
  get shifted(): boolean {
    return this.shift !== 0;
  }

  now(): Date {
    return new Date(Date.now() + this.shift);
  }

  startAt(origin: Date): this {
    this.shift = origin.getTime() - Date.now();
    return this;
  }
}
