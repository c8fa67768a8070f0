import { Injectable } from '@nestjs/common';
import { missedYear } from '../domain/calendar-reminder';
import { civil, dayOfInstant, epochDay, isCivilDate, parseIsoDay, type EpochDay } from '../domain/local-date';
import type { CalendarYear, WorkingCalendar } from '../domain/working-calendar';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import type { Reader } from '../web/reader';
import { fullDay } from '../web/view-helpers';
import { CalendarConfirming } from './calendar-confirming.service';
import { calendarDifference } from './calendar-difference';
import { CalendarDrafts } from './calendar-drafts.service';
import { blankForm, type ActName, type CalendarForm } from './calendar-form';
import { CalendarOffices, type CalendarOffice } from './calendar-offices.service';
import { daysOf, type CalendarRows } from './calendar-rows';
import { CalendarService } from './calendar.service';
import { pairsOf } from './change-ground';
import { formParts, hoursForm, hoursView } from './form-view';
import { shownHours } from './typed-hours';
import { decidableYear, yearForm } from './year-change';
import { shownYears, yearView } from './year-view';

/** Proposals whose effect the page counts. */
const WEIGHED = 3;

/** The pages of the calendar; nothing here changes it. */
@Injectable()
export class CalendarPages {
  constructor(
    private readonly calendars: CalendarService,
    private readonly offices: CalendarOffices,
    private readonly drafts: CalendarDrafts,
    private readonly confirming: CalendarConfirming,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError CALENDAR_YEAR_UNKNOWN, UNIT_NOT_FOUND */
  async year(reader: Reader, typed: string, code: string) {
    const office = await this.offices.find(reader, code);
    const { versionId, calendar } = await this.calendars.of(office.unitId);
    const year = knownYear(calendar, typed);
    const layers = (await this.calendars.layersOf(office.unitId)).map((layer) => layer.rows);
    const versions = await this.calendars.versions(office.unitId);
    const { rows } = await this.calendars.ownRows(office.unitId);
    return {
      ...this.place(office),
      ...this.months({ calendar, year, layers, own: rows, office }),
      offices: (await this.offices.list(reader)).map((o) => ({ value: o.code, label: o.name })),
      awaited: await this.awaited(office, rows, year),
      undecided: this.undecided(calendar, office, year),
      ...hoursView(layers),
      version: versions.find((v) => v.id === versionId) ?? versions[0] ?? null,
      versions: versions.map((v, i) => ({ ...v, previous: versions[i + 1]?.id ?? null })),
      ...formParts(blankForm({ viec: 'nghi', don_vi: office.code })),
    };
  }

  /** One day: what holds on it, and the forms to change it. @throws as `year` */
  async day(reader: Reader, typedYear: string, typedDay: string, code: string) {
    const office = await this.offices.find(reader, code);
    const { calendar } = await this.calendars.of(office.unitId);
    const year = knownYear(calendar, typedYear);
    const day = dayIn(year, typedDay);
    const { rows } = await this.calendars.ownRows(office.unitId);
    const own = rows.days.find((row) => row.day === typedDay) ?? null;
    const form = dayForm(typedDay, office, calendar, own);
    return {
      ...this.place(office),
      ...{ year, day: typedDay, own, settled: own !== null && own.kind !== 'awaited' },
      ...calendar.describe(day),
      forecast: calendar.isForecast(day),
      hours: shownHours(pairsOf(calendar.intervalsOf(day))),
      exchange: exchangeOf(rows, typedDay),
      ...formParts(form),
    };
  }

  /** @throws AppError CALENDAR_OFFICE_FORBIDDEN */
  async hours(reader: Reader, code: string) {
    const office = await this.offices.changeable(reader, code);
    const layers = (await this.calendars.layersOf(office.unitId)).map((layer) => layer.rows);
    const { rows } = await this.calendars.ownRows(office.unitId);
    const form = hoursForm(layers, office.code);
    return { ...this.place(office), own: rows.hours.length > 0, ...hoursView(layers), ...formParts(form) };
  }

  /** @throws AppError CALENDAR_OFFICE_FORBIDDEN, CALENDAR_YEAR_UNKNOWN */
  async decision(reader: Reader, typed: string) {
    const office = await this.offices.changeable(reader, '');
    const { calendar } = await this.calendars.of(null);
    const year = knownYear(calendar, typed);
    const { rows } = await this.calendars.ownRows(null);
    return { ...this.place(office), year, ...formParts(yearForm({ own: rows }, year)) };
  }

  /** @throws AppError CALENDAR_VERSION_UNKNOWN */
  async comparison(reader: Reader, { tu, den, don_vi }: { tu: string; den: string; don_vi: string }) {
    const office = await this.offices.find(reader, don_vi);
    const versions = await this.calendars.versions(office.unitId);
    const [before, after] = [
      await this.drafts.version(office, tu || String(versions[1]?.id ?? '')),
      await this.drafts.version(office, den || String(versions[0]?.id ?? '')),
    ];
    const options = versions.map((v) => ({ value: String(v.id), label: String(v.id) }));
    return {
      ...this.place(office),
      ...{ before: before.version, after: after.version, versions: options },
      newest: versions[0]?.id ?? null,
      difference: calendarDifference(before.rows, after.rows),
    };
  }

  /** What every page of the calendar says about whose it is. */
  place(office: CalendarOffice) {
    const query = office.code === '' ? '' : `?don_vi=${encodeURIComponent(office.code)}`;
    const thisYear = civil(dayOfInstant(this.clock.now())).year;
    return { office, query, back: `/quan-tri/lich/${thisYear}${query}`, may: office.changeable };
  }

  private months(view: {
    calendar: WorkingCalendar;
    year: number;
    layers: CalendarRows[];
    own: CalendarRows;
    office: CalendarOffice;
  }) {
    const { calendar, year, layers, own, office } = view;
    const years = shownYears(calendar);
    const undecided = years.filter((y) => y.state === 'forecast').map((y) => y.year);
    const days = daysOf(layers, undecided);
    const mine = new Set(own.days.map((row) => row.day));
    const inherited = new Set(
      office.unitId === null ? [] : days.map((d) => d.day).filter((d) => !mine.has(d)),
    );
    const today = dayOfInstant(this.clock.now());
    return yearView({ calendar, years, days, inherited, year, today, query: this.place(office).query });
  }

  /** Proposals of the year, each with what a day off would do to the running cases. */
  private async awaited(office: CalendarOffice, { days }: CalendarRows, year: number) {
    const rows = days.filter((row) => row.kind === 'awaited' && row.day.startsWith(`${year}-`));
    const found = [];
    for (const [at, row] of rows.entries()) {
      const form = blankForm({ viec: 'nghi', tu: fullDay(row.day), ten: row.name, van_ban: '…' });
      const weighed = at < WEIGHED ? await this.confirming.preview(office, form) : null;
      const { query } = this.place(office);
      found.push({
        ...row,
        href: `/quan-tri/lich/${year}/${row.day}${query}`,
        running: weighed?.preview?.effects.cases.running ?? null,
      });
    }
    return found;
  }

  /** The year that has no decision yet: on its own page, and from November on everywhere. */
  private undecided(calendar: WorkingCalendar, office: CalendarOffice, shown: number) {
    const here = calendar.years().some((y) => y.year === shown && y.state === 'forecast');
    const asked = here ? shown : missedYear(dayOfInstant(this.clock.now()), calendar);
    if (asked === null) return null;
    const may = office.unitId === null && office.changeable && decidableYear(calendar) === asked;
    return { year: asked, here, may };
  }
}

/** @throws AppError CALENDAR_DAY_UNKNOWN */
function dayIn(year: number, typed: string): EpochDay {
  const [, month = 0, day = 0] = /^\d{4}-(\d{2})-(\d{2})$/.exec(typed)?.map(Number) ?? [];
  if (!typed.startsWith(`${year}-`) || !isCivilDate(year, month, day))
    throw new AppError('CALENDAR_DAY_UNKNOWN', { day: typed });
  return epochDay(year, month, day);
}

/** @throws AppError CALENDAR_YEAR_UNKNOWN */
function knownYear(calendar: WorkingCalendar, typed: string): number {
  const years: CalendarYear[] = shownYears(calendar);
  const found = years.find((y) => String(y.year) === typed);
  if (found) return found.year;
  const [first, last] = [years[0]!.year, years.at(-1)!.year];
  throw new AppError('CALENDAR_YEAR_UNKNOWN', { year: typed, first, last });
}

/** The act that is most likely meant: a day off on a working day, a make-up day on a rest day. */
function dayForm(
  day: string,
  office: CalendarOffice,
  calendar: WorkingCalendar,
  own: CalendarRows['days'][number] | null,
): CalendarForm {
  const viec: ActName = calendar.isWorkingDay(parseIsoDay(day)) ? 'nghi' : 'lam-bu';
  const known = own && { ten: own.name, van_ban: own.document ?? '' };
  const act = own && own.kind !== 'awaited' ? 'sua' : viec;
  return blankForm({ viec: act, don_vi: office.code, tu: fullDay(day), ...known });
}

/** The other half of a swap. */
const exchangeOf = ({ days }: CalendarRows, day: string): string | null =>
  days.find((row) => row.day === day)?.inExchangeFor ??
  days.find((row) => row.inExchangeFor === day)?.day ??
  null;
