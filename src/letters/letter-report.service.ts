import { Injectable } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import { CalendarService } from '../calendars/calendar.service';
import { Database, type Tx } from '../database/transaction';
import type { LetterOwed } from '../domain/apology';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import type { FormFault } from '../web/page';
import { fault } from '../web/form-fault';
import type { Reader } from '../web/reader';
import { draftFaults, isComplete, readDraft, type Draft, type TypedDraft } from './draft-form';
import { LetterDraftGround } from './letter-draft-ground';
import { LetterDraftRepository } from './letter-draft.repository';
import { owedBy } from './letter-fate';
import { reasonFaults } from './letter-reason';
import { LetterReportRepository, type ReportableCase } from './letter-report.repository';
import { LetterRepository } from './letter.repository';

/** Puts the report into the letter. */
@Injectable()
export class LetterReportWriting {
  constructor(
    private readonly drafts: LetterDraftRepository,
    private readonly letters: LetterRepository,
    private readonly ground: LetterDraftGround,
    private readonly audit: AuditService,
  ) {}

  async write(
    tx: Tx,
    reader: Reader,
    { found, owed, typed, now }: { found: ReportableCase; owed: LetterOwed; typed: TypedDraft; now: Date },
  ): Promise<FormFault[]> {
    const { calendar, catalogue } = await this.ground.of(tx, found.unitId);
    const draft = readDraft(typed, calendar, catalogue);
    const { promisedAgain, overrideReason } = found;
    const asking = { form: owed.form, promisedAgain, overrideReason, deadlineAt: found.deadlineAt! };
    const faults = neededFaults(draft);
    if (faults.length === 0)
      faults.push(...draftFaults(asking, typed, draft, { calendar, now, complete: false }));
    if (faults.length > 0) return faults;
    const by = reader.kind === 'user' ? reader.id : null;
    const letterId = await this.drafts.report(tx, found.caseId, { form: owed.form, by, at: now });
    const state = isComplete(asking, draft) ? 'ready' : 'draft';
    await this.letters.complete(tx, letterId, { ...draft, state, by }, now);
    const detail = { reason: draft.reason, newDueAt: draft.newDueAt };
    const entry = { action: 'letter.reported', subject: `case:${found.code}`, detail };
    await this.audit.record(tx, { ...actorOf(reader), ...entry });
    return [];
  }
}

/** "Báo không kịp hạn": somebody who works on a case says so while the applicant can still be told in time. */
@Injectable()
export class LetterReport {
  constructor(
    private readonly database: Database,
    private readonly cases: LetterReportRepository,
    private readonly writing: LetterReportWriting,
    private readonly calendars: CalendarService,
    private readonly clock: Clock,
  ) {}

  /** @throws CASE_NOT_FOUND */
  async ofCase(reader: Reader, code: string): Promise<ReportableCase> {
    const found = await this.cases.find(this.database.pool, code, reader.communeIds);
    if (!found) throw new AppError('CASE_NOT_FOUND', { code });
    return found;
  }

  /** Opens the draft, or writes into the one that the forecast opened. @returns the faults, empty when it is kept */
  async report(reader: Reader, code: string, typed: TypedDraft): Promise<FormFault[]> {
    const { caseId } = await this.ofCase(reader, code);
    const book = await this.calendars.book();
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const found = await this.cases.lock(tx, caseId);
      const owed = owedBy({ ...found, reported: true }, book, now);
      if (owed === null || found.settled) return [fault('ly_do', 'REPORT_NOT_NEEDED', { code })];
      const { letterState } = found;
      if (letterState !== null && letterState !== 'draft' && letterState !== 'ready')
        return [fault('ly_do', 'LETTER_MOVED_ON', { code })];
      return this.writing.write(tx, reader, { found, owed, typed, now });
    });
  }
}

/** A report without a reason tells nobody anything; the new date may follow. */
function neededFaults({ reason, nature }: Draft): FormFault[] {
  const faults = reasonFaults(reason ?? '', 'ly_do');
  return faults.length === 0 && nature === null ? [fault('tinh_chat', 'REASON_NATURE_MISSING')] : faults;
}
