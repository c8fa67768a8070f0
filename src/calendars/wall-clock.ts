import {
  epochDay,
  isCivilDate,
  isoDay,
  atSecond,
  dayOf,
  secondOfDay,
  type LocalSecond,
} from '../domain/local-date';

const PARTS = {
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
} as const;
const LOCAL = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}(?:\.\d+)?))?)?$/;
const WITH_OFFSET = /(?:Z|[+-]\d{2}:?\d{2})$/;

/**
 * The wall clock of any time zone, with its changes of summer time. Only the harness of foreign cases needs it: the
 * engine counts wall-clock seconds of one zone.
 */
export class WallClock {
  private readonly format: Intl.DateTimeFormat;

  constructor(zone: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'iso8601',
      hourCycle: 'h23',
      ...PARTS,
    });
  }

  /** Seconds of wall time since 1970-01-01 00:00 of an instant in seconds since 1970 UTC. */
  localOf(utc: number): LocalSecond {
    const whole = Math.floor(utc);
    const at = new Map(this.format.formatToParts(whole * 1000).map((p) => [p.type, Number(p.value)]));
    const day = epochDay(at.get('year')!, at.get('month')!, at.get('day')!);
    return atSecond(day, at.get('hour')! * 3600 + at.get('minute')! * 60 + at.get('second')!) + utc - whole;
  }

  /** The first of the instants that show this wall time; a time skipped in spring moves on by the jump. */
  utcOf(local: LocalSecond): number {
    const offsets = [-86_400, 86_400].map((away) => this.localOf(local + away) - (local + away));
    const candidates = offsets.map((offset) => local - offset).sort((a, b) => a - b);
    return candidates.find((utc) => this.localOf(utc) === local) ?? local - offsets[0]!;
  }

  /** @throws RangeError when the text is neither an instant with an offset nor a local time */
  parse(text: string): LocalSecond {
    if (WITH_OFFSET.test(text)) {
      const utc = Date.parse(text);
      if (Number.isNaN(utc)) throw new RangeError(text);
      return this.localOf(utc / 1000);
    }
    const m = LOCAL.exec(text);
    if (!m) throw new RangeError(text);
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = m
      .slice(1)
      .map((v) => Number(v ?? 0));
    if (!isCivilDate(year, month, day)) throw new RangeError(text);
    return atSecond(epochDay(year, month, day), hour * 3600 + minute * 60 + second);
  }
}

const two = (n: number): string => String(n).padStart(2, '0');

/** '2026-01-05T10:00:00Z' */
export function utcText(utc: number): string {
  const seconds = secondOfDay(utc);
  const whole = Math.floor(seconds);
  const fraction = seconds === whole ? '' : (seconds - whole).toFixed(3).slice(1);
  const clock = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60].map(two).join(':');
  return `${isoDay(dayOf(utc))}T${clock}${fraction}Z`;
}
