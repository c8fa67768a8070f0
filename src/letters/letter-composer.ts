import { Injectable } from '@nestjs/common';
import { CalendarService } from '../calendars/calendar.service';
import type { Tx } from '../database/transaction';
import { civil, dayOf, parseIsoDay, toLocalSecond } from '../domain/local-date';
import type { WorkingCalendar } from '../domain/working-calendar';
import { CENTRE_NAME } from '../units/unit-settings';
import { UnitService } from '../units/unit.service';
import { addresseeOf } from './addressee';
import { daysLate } from './desk-list';
import type { LetterModel } from './letter-model';
import { reasonLines } from './letter-reason';
import { asksNewDue, type Letter } from './letter';
import { letterheadOf, type Office } from './letterhead';
import { seriesSuffix } from './series-suffix';

/** What people decide about a letter; the rest are facts of the case and of the office. */
export interface LetterDetails {
  /** of the date that is still open */
  year: number;
  reason: string | null;
  newDueAt: Date | null;
}

/** Puts a letter's model together: the one thing that is previewed, frozen and printed. */
@Injectable()
export class LetterComposer {
  constructor(
    private readonly units: UnitService,
    private readonly calendars: CalendarService,
  ) {}

  async office(unitId: number, tx?: Tx): Promise<Office> {
    const [settings, unit, departments] = await Promise.all([
      this.units.settingsOf(unitId, tx),
      this.units.byId(unitId),
      this.units.departments(unitId),
    ]);
    const centre = departments.find((d) => d.kind === 'centre');
    return { settings, communeName: unit?.name ?? '', centreName: centre?.name ?? CENTRE_NAME };
  }

  async calendar(unitId: number): Promise<WorkingCalendar> {
    return (await this.calendars.of(unitId)).calendar;
  }
}

/** @returns the model of the letter as it would be printed with these details; number and date are open */
export function composeLetter(
  letter: Letter,
  details: LetterDetails,
  office: Office,
  calendar: WorkingCalendar,
): LetterModel {
  const phone = office.settings.phone.trim() || null;
  const head = letterheadOf(office);
  const department = letter.departmentIsCentre ? null : letter.departmentName;
  return {
    ...head,
    suffix: seriesSuffix(letter.form, head.suffix),
    number: null,
    letterDate: null,
    year: details.year,
    addressee: addresseeOf(letter.applicantName, letter.applicantKind, letter.address),
    code: letter.code,
    procedure: procedureInQuotes(letter.procedureName),
    procedureCode: letter.procedureCode,
    receivedAt: letter.receivedAt.toISOString(),
    limit: limitOf(letter),
    deadlineAt: letter.deadlineAt.toISOString(),
    settledDay: letter.settledDay,
    daysLate: daysLate(letter, calendar),
    reasonLines: reasonLines(details.reason),
    repeated: letter.promisedAgain && !asksNewDue(letter),
    secondPromise: letter.promisedAgain && asksNewDue(letter),
    evidence: letter.evidence,
    resultSignedDay: null,
    newDueAt: details.newDueAt?.toISOString() ?? null,
    extensionDays:
      details.newDueAt === null ? null : workingDays(letter.deadlineAt, details.newDueAt, calendar),
    contact: department || phone ? { unit: department ?? head.agencyInText, phone } : null,
    copies: department ? [department] : [],
  };
}

const limitOf = ({ limitAmount, limitUnit }: Letter): LetterModel['limit'] =>
  limitAmount === null || limitUnit === null ? null : { amount: limitAmount, unit: limitUnit };

/** "Thủ tục đăng ký khai sinh" -> "Đăng ký khai sinh": the letter itself says that it is a procedure. */
function procedureInQuotes(name: string): string {
  const bare = name
    .normalize('NFC')
    .trim()
    .replace(/^thủ tục:?\s+/iu, '');
  return bare.charAt(0).toLocaleUpperCase('vi') + bare.slice(1);
}

function workingDays(from: Date, to: Date, calendar: WorkingCalendar): number | null {
  const [a, b] = [dayOf(toLocalSecond(from)), dayOf(toLocalSecond(to))];
  return calendar.covers(a) && calendar.covers(b) ? calendar.workingDaysBetween(a, b) : null;
}

/** The text as approved, with what the clerk adds: number and date. */
export const numberedModel = (
  approved: LetterModel,
  { number, letterDate }: { number: number; letterDate: string },
): LetterModel => ({ ...approved, number, letterDate, year: civil(parseIsoDay(letterDate)).year });
