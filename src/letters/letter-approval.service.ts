import { Injectable } from '@nestjs/common';
import { actorOf, type Actor } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import { Database, type Tx } from '../database/transaction';
import { civil, dayOfInstant, isoDay } from '../domain/local-date';
import type { WorkingCalendar } from '../domain/working-calendar';
import { Clock } from '../platform/clock';
import type { FormFault } from '../web/page';
import type { Reader } from '../web/reader';
import { fault } from '../web/form-fault';
import { isComplete } from './draft-form';
import { asksNewDue, type Letter } from './letter';
import { LetterApprovalRepository, type NewVersion } from './letter-approval.repository';
import { composeLetter, LetterComposer } from './letter-composer';
import { LetterForms } from './letter-forms.service';
import { LetterRepository } from './letter.repository';
import type { Office } from './letterhead';
import { newDueFaults } from './new-due';
import { textHash } from './text-hash';

interface Ground {
  office: Office;
  calendar: WorkingCalendar;
  now: Date;
}

/** What an approval is made of. */
@Injectable()
export class LetterApprovalParts {
  constructor(
    private readonly composer: LetterComposer,
    private readonly forms: LetterForms,
    private readonly clock: Clock,
  ) {}

  /** Read before the transaction: it must not wait for a second connection. */
  async grounds(letters: Letter[]): Promise<Map<number, Ground>> {
    const now = this.clock.now();
    const grounds = new Map<number, Ground>();
    for (const unitId of new Set(letters.map((l) => l.unitId))) {
      const office = await this.composer.office(unitId);
      grounds.set(unitId, { office, calendar: await this.composer.calendar(unitId), now });
    }
    return grounds;
  }

  async version(tx: Tx, letter: Letter, { office, calendar, now }: Ground): Promise<NewVersion> {
    const today = dayOfInstant(now);
    const form = await this.forms.inForce(tx, letter.form, isoDay(today), letter.unitId);
    const newDueAt = asksNewDue(letter) ? letter.newDueAt : null;
    const details = { year: civil(today).year, reason: letter.reason, newDueAt };
    const model = composeLetter(letter, details, office, calendar);
    return { letterId: letter.id, formId: form.id, model, sha256: textHash(form.sha256, model) };
  }
}

/** Freezes texts: after this what is printed is what somebody answerable read. */
@Injectable()
export class LetterApproval {
  constructor(
    private readonly database: Database,
    private readonly letters: LetterRepository,
    private readonly repository: LetterApprovalRepository,
    private readonly parts: LetterApprovalParts,
    private readonly audit: AuditService,
  ) {}

  /** All or none. @returns the faults, empty when every text is frozen */
  async approve(reader: Reader, chosen: Letter[]): Promise<FormFault[]> {
    const grounds = await this.parts.grounds(chosen);
    return this.database.transaction(async (tx) => {
      const letters = await this.letters.lock(
        tx,
        chosen.map((l) => l.id),
      );
      const faults = letters.flatMap((letter) => approvalFaults(letter, grounds.get(letter.unitId)!));
      if (faults.length > 0) return faults;
      const versions: NewVersion[] = [];
      for (const letter of letters)
        versions.push(await this.parts.version(tx, letter, grounds.get(letter.unitId)!));
      const at = grounds.values().next().value!.now;
      await this.repository.approve(tx, versions, { by: userOf(reader), at });
      await this.record(tx, actorOf(reader), letters, versions);
      return [];
    });
  }

  private record(tx: Tx, actor: Actor, letters: Letter[], versions: NewVersion[]) {
    const subject = letters.length === 1 ? `case:${letters[0]!.code}` : `letters:${letters.length}`;
    const texts = letters.map((l, i) => ({ case: l.code, sha256: versions[i]!.sha256 }));
    return this.audit.record(tx, { ...actor, action: 'letter.approved', subject, detail: { texts } });
  }
}

const userOf = (reader: Reader): number | null => (reader.kind === 'user' ? reader.id : null);

/** A date that was possible when it was written can have passed. */
function approvalFaults(letter: Letter, { calendar, now }: Ground): FormFault[] {
  const { code } = letter;
  if (letter.state !== 'ready') return [fault('thu', 'LETTER_NOT_READY', { code })];
  const draft = { reason: letter.reason, nature: letter.reasonNature, newDueAt: letter.newDueAt };
  if (!isComplete(letter, draft)) return [fault('thu', 'LETTER_NOT_READY', { code })];
  if (letter.newDueAt === null || !asksNewDue(letter)) return [];
  return newDueFaults(letter.newDueAt, { ...letter, now, calendar }).map(({ text }) => ({
    field: 'thu',
    text: `${code}: ${text}`,
  }));
}
