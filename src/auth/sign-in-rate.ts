import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock';

const WINDOW_MS = 60_000;
const MOST_FAILURES = 20;
const MOST_ADDRESSES = 10_000;

interface Window {
  endsAt: number;
  attempts: number;
}

/**
 * At most 20 failed sign-ins a minute from one address. An attempt counts while it runs and is given back when it
 * succeeds: a whole office behind one router signs in at half past seven.
 */
@Injectable()
export class SignInRate {
  private readonly windows = new Map<string, Window>();

  constructor(private readonly clock: Clock) {}

  /** False when the address has used up its attempts. */
  take(address: string): boolean {
    const now = this.clock.now().getTime();
    const known = this.windows.get(address);
    if (known && known.endsAt > now) {
      known.attempts += 1;
      return known.attempts <= MOST_FAILURES;
    }
    if (this.windows.size >= MOST_ADDRESSES) this.forgetEnded(now);
    this.windows.set(address, { endsAt: now + WINDOW_MS, attempts: 1 });
    return true;
  }

  giveBack(address: string): void {
    const known = this.windows.get(address);
    if (known && known.attempts > 0) known.attempts -= 1;
  }

  private forgetEnded(now: number): void {
    for (const [address, window] of this.windows) if (window.endsAt <= now) this.windows.delete(address);
    if (this.windows.size >= MOST_ADDRESSES) this.windows.clear();
  }
}
