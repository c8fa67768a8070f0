import {
  atSecond,
  civil,
  dayOfInstant,
  epochDay,
  isCivilDate,
  isoLocal,
  toInstant,
  type EpochDay,
} from '../domain/local-date';

/** 'd/m/yyyy' as people type it, also with '-' or '.'; null when it names no day. */
export function parseTypedDay(text: string): EpochDay | null {
  const m = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim());
  if (!m) return null;
  const [day, month, year] = m.slice(1).map(Number) as [number, number, number];
  return isCivilDate(year, month, day) ? epochDay(year, month, day) : null;
}

/** '9:30', '09:30:15', '9h30' or '9h'; seconds since midnight, null when it is no time of day. */
export function parseTypedTime(text: string): number | null {
  const m = /^(\d{1,2})\s*(?:[:hg]\s*(?:(\d{2})(?::(\d{2}))?)?)?$/i.exec(text.trim());
  if (!m) return null;
  const [hours, minutes, seconds] = [Number(m[1]), Number(m[2] ?? 0), Number(m[3] ?? 0)];
  return hours < 24 && minutes < 60 && seconds < 60 ? (hours * 60 + minutes) * 60 + seconds : null;
}

export function parseTypedInstant(day: string, time: string): Date | null {
  const [d, t] = [parseTypedDay(day), parseTypedTime(time)];
  return d === null || t === null ? null : toInstant(atSecond(d, t));
}

/** How an instant is written into the two inputs of a form. */
export function typed(instant: Date): { day: string; time: string } {
  const { day, month, year } = civil(dayOfInstant(instant));
  return { day: `${day}/${month}/${year}`, time: isoLocal(instant).slice(11, 16) };
}
