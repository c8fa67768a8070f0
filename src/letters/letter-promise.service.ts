import { Injectable } from '@nestjs/common';
import { DeadlineService } from '../cases/deadline.service';
import type { Tx } from '../database/transaction';
import { Clock } from '../platform/clock';
import { asksNewDue } from './letter';
import { LetterPromiseRepository } from './letter-promise.repository';
import { LetterRepository } from './letter.repository';

/**
 * The new date of a letter becomes the promise of its case when the letter has gone out: before that nobody was told
 * (NĐ 61/2018 Đ19.9: the one-stop changes the date on the ground of the letter, and tells the applicant).
 */
@Injectable()
export class LetterPromise {
  constructor(
    private readonly letters: LetterRepository,
    private readonly promises: LetterPromiseRepository,
    private readonly deadlines: DeadlineService,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs in the transaction that records the sending. A promise that took effect before, a case promised otherwise
   * meanwhile, and a result that was ready before the letter left, are left alone.
   * @returns how many cases have another deadline now; the caller enqueues `cases.changed` after the commit
   */
  async takeEffect(tx: Tx, letterIds: number[], at: Date, by: string): Promise<number> {
    await this.deadlines.holdGround(tx);
    const letters = (await this.letters.byIds(tx, letterIds)).filter(
      (l) => asksNewDue(l) && l.newDueAt !== null,
    );
    const movable = await this.promises.movable(
      tx,
      letters.map((l) => l.id),
      at,
    );
    const moved = letters.filter((l) => movable.has(l.id));
    for (const letter of moved) {
      const data = {
        because: 'apology',
        previous: letter.deadlineAt,
        promised: letter.newDueAt,
        letter: `${letter.number}/${letter.suffix}`,
        by,
        ...(letter.overrideReason === null
          ? {}
          : { allowedBy: letter.overrideBy, why: letter.overrideReason }),
      };
      const promise = {
        newDueAt: letter.newDueAt!,
        at,
        recordedAt: this.clock.now(),
        letterId: letter.id,
        data,
      };
      await this.promises.promiseAgain(tx, letter.caseId, promise);
    }
    const caseIds = moved.map((l) => l.caseId);
    if (caseIds.length > 0) await this.deadlines.recompute(tx, caseIds);
    return caseIds.length;
  }
}
