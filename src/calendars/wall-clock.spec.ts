import { utcText, WallClock } from './wall-clock';

describe('the wall clock of a zone', () => {
  it.each([
    ['Asia/Ho_Chi_Minh', '2026-08-20T08:00', '2026-08-20T01:00:00Z'],
    ['Europe/Berlin', '2026-01-15T08:00:00', '2026-01-15T07:00:00Z'],
    ['Europe/Berlin', '2026-07-15T08:00:00', '2026-07-15T06:00:00Z'],
    ['America/New_York', '2026-11-01 01:30', '2026-11-01T05:30:00Z'],
    ['Asia/Kolkata', '2026-01-05T11:00:30.5', '2026-01-05T05:30:30.500Z'],
    ['UTC', '2026-01-05', '2026-01-05T00:00:00Z'],
  ])('in %s it shows %s at %s', (zone, shown, instant) => {
    const clock = new WallClock(zone);
    expect(utcText(clock.utcOf(clock.parse(shown)))).toBe(instant);
    expect(clock.parse(instant)).toBe(clock.parse(shown));
  });

  it.each(['hôm qua', '2026-13-45T99:99:99Z', '20/8/2026', '2026-02-30'])('"%s" is no time', (text) => {
    expect(() => new WallClock('UTC').parse(text)).toThrow(RangeError);
  });
});
