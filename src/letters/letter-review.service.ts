import { Injectable } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import { Database, type Tx } from '../database/transaction';
import type { WaitingNotification } from '../notifications/notification.repository';
import { Clock } from '../platform/clock';
import type { FormFault } from '../web/page';
import { fault } from '../web/form-fault';
import type { Reader } from '../web/reader';
import { isDraft, type Letter } from './letter';
import { LetterApprovalRepository } from './letter-approval.repository';
import { cleanReason, reasonFaults } from './letter-reason';
import { LetterRepository } from './letter.repository';
import { SecondPromiseMail } from './second-promise-mail';

@Injectable()
export class LetterReviewParts {
  constructor(
    readonly audit: AuditService,
    readonly mail: SecondPromiseMail,
  ) {}
}

/** What those who answer for a letter decide about it besides approving it; each with a reason that is kept. */
@Injectable()
export class LetterReview {
  constructor(
    private readonly database: Database,
    private readonly letters: LetterRepository,
    private readonly approvals: LetterApprovalRepository,
    private readonly parts: LetterReviewParts,
    private readonly clock: Clock,
  ) {}

  /** The draft goes back to whoever wrote it. */
  giveBack(reader: Reader, letter: Letter, typed: string): Promise<FormFault[]> {
    const act = { field: 'nhan_xet', action: 'letter.given-back', fits: isDraft };
    return this.decide(reader, letter, typed, act, (tx, remark, done) =>
      this.approvals.giveBack(tx, letter.id, remark, done),
    );
  }

  /** An approved text without a number is opened for a change; the approved one stays as a version. */
  reopen(reader: Reader, letter: Letter, typed: string): Promise<FormFault[]> {
    const fits = ({ state }: Letter) => state === 'approved';
    const act = { field: 'ly_do_sua', action: 'letter.reopened', fits };
    return this.decide(reader, letter, typed, act, (tx, reason, done) =>
      this.approvals.reopen(tx, letter.id, reason, done.at),
    );
  }

  /** Against the rule of one new date, on somebody's word; those above are told. */
  async allowSecond(reader: Reader, letter: Letter, typed: string): Promise<FormFault[]> {
    const fits = (l: Letter) => isDraft(l) && l.promisedAgain && l.overrideReason === null;
    const act = { field: 'ly_do_cho_phep', action: 'letter.second-promise-allowed', fits };
    let waiting: WaitingNotification[] = [];
    const faults = await this.decide(reader, letter, typed, act, async (tx, reason, done) => {
      await this.approvals.allowSecond(tx, letter.id, reason, done);
      waiting = await this.parts.mail.write(tx, reader, letter);
    });
    await this.parts.mail.announce(waiting);
    return faults;
  }

  private decide(
    reader: Reader,
    { id, code }: Letter,
    typed: string,
    act: { field: string; action: string; fits: (letter: Letter) => boolean },
    work: (tx: Tx, words: string, done: { by: number | null; at: Date }) => Promise<void>,
  ): Promise<FormFault[]> {
    const words = cleanReason(typed);
    return this.database.transaction(async (tx) => {
      const [letter] = await this.letters.lock(tx, [id]);
      if (!letter || !act.fits(letter)) return [fault(act.field, 'LETTER_MOVED_ON', { code })];
      const faults = reasonFaults(words, act.field);
      if (faults.length > 0) return faults;
      await work(tx, words, { by: reader.kind === 'user' ? reader.id : null, at: this.clock.now() });
      const detail = { words, version: letter.approved?.version ?? null };
      await this.parts.audit.record(tx, {
        ...actorOf(reader),
        action: act.action,
        subject: `case:${code}`,
        detail,
      });
      return [];
    });
  }
}
