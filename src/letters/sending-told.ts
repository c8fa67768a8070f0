import { addresseeOf } from './addressee';
import { asksNewDue, type Letter } from './letter';
import { letterheadOf, type Office } from './letterhead';
import type { ToldLetter } from './sending-text';

/** What messages tell of a letter, by e-mail as by telephone. */
export function toldLetter(letter: Letter, office: Office, now: Date): ToldLetter {
  const { code, deadlineAt, newDueAt, reason, settledDay } = letter;
  return {
    agency: letterheadOf(office).agencyInText,
    phone: office.settings.phone.trim() || null,
    call: addresseeOf(letter.applicantName, letter.applicantKind, null).call,
    code,
    before: now < deadlineAt,
    settled: settledDay !== null,
    deadlineAt,
    newDueAt: asksNewDue(letter) ? newDueAt : null,
    reason,
  };
}
