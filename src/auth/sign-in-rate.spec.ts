import { Clock } from '../platform/clock';
import { SignInRate } from './sign-in-rate';

class StillClock extends Clock {
  at = new Date('2026-11-23T01:00:00Z');
  override now(): Date {
    return this.at;
  }
}

describe('sign-in rate of one address', () => {
  const clock = new StillClock();
  const takeMany = (rate: SignInRate, address: string, times: number): boolean[] =>
    Array.from({ length: times }, () => rate.take(address));

  it('twenty failures a minute are allowed, the next one is not', () => {
    const rate = new SignInRate(clock);
    expect(takeMany(rate, '10.0.0.1', 20)).not.toContain(false);
    expect(rate.take('10.0.0.1')).toBe(false);
    expect(rate.take('10.0.0.2')).toBe(true);
  });

  it('successful sign-ins do not use it up', () => {
    const rate = new SignInRate(clock);
    for (let i = 0; i < 100; i += 1) {
      expect(rate.take('10.0.0.1')).toBe(true);
      rate.giveBack('10.0.0.1');
    }
  });

  it('starts again after a minute', () => {
    const rate = new SignInRate(clock);
    takeMany(rate, '10.0.0.1', 30);
    clock.at = new Date(clock.at.getTime() + 60_001);
    expect(rate.take('10.0.0.1')).toBe(true);
  });

  it('does not grow without end', () => {
    const rate = new SignInRate(clock);
    for (let i = 0; i < 25_000; i += 1) rate.take(`address ${i}`);
    expect((rate as unknown as { windows: Map<string, unknown> }).windows.size).toBeLessThanOrEqual(10_000);
  });
});
