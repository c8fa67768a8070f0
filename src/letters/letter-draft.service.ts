import { Injectable } from '@nestjs/common';
import type { CalendarBook } from '../calendars/calendar-book';
import { CalendarService } from '../calendars/calendar.service';
import { Database, type Tx } from '../database/transaction';
import { letterOwed, type LetterOwed } from '../domain/apology';
import { toLocalSecond } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { LetterDraftRepository } from './letter-draft.repository';
import type { LetterForm, OwedFacts } from './letter.repository';

const CHUNK = 2_000;

/** Keeps a draft ready for every letter that is owed, and takes back drafts that are not. May run at any time. */
@Injectable()
export class LetterDraftService {
  constructor(
    private readonly database: Database,
    private readonly drafts: LetterDraftRepository,
    private readonly calendars: CalendarService,
    private readonly clock: Clock,
  ) {}

  async draftOwed(): Promise<{ drafted: number }> {
    const book = await this.calendars.book();
    const now = this.clock.now();
    await this.inChunks(
      (tx, after) => this.drafts.drafts(tx, after, CHUNK),
      (f) => f.letterId ?? 0,
      (tx, facts) => this.reconcile(tx, facts, book, now),
    );
    let drafted = 0;
    await this.inChunks(
      (tx, after) => this.drafts.withoutLetter(tx, now, after, CHUNK),
      (f) => f.caseId,
      async (tx, facts) => {
        drafted += await this.drafts.insert(tx, owing(facts, book, now), now);
      },
    );
    return { drafted };
  }

  private async inChunks(
    read: (tx: Tx, after: number) => Promise<OwedFacts[]>,
    key: (facts: OwedFacts) => number,
    work: (tx: Tx, facts: OwedFacts[]) => Promise<void>,
  ): Promise<void> {
    for (let after = 0, more = true; more;) {
      await this.database.transaction(async (tx) => {
        const facts = await read(tx, after);
        if (facts.length > 0) await work(tx, facts);
        more = facts.length === CHUNK;
        after = key(facts[facts.length - 1] ?? NOBODY);
      });
    }
  }

  private async reconcile(tx: Tx, facts: OwedFacts[], book: CalendarBook, now: Date): Promise<void> {
    const fates = facts.map((f) => ({ id: f.letterId ?? 0, fate: fateOf(f, owed(f, book, now)) }));
    const idsOf = (fate: string): number[] => fates.filter((f) => f.fate === fate).map((f) => f.id);
    for (const form of ['late-apology', 'past-apology'] as const) {
      const ids = idsOf(form);
      if (ids.length > 0) await this.drafts.changeForm(tx, ids, form, now);
    }
    const gone = idsOf('withdraw');
    if (gone.length > 0) await this.drafts.withdraw(tx, gone);
  }
}

const NOBODY = { letterId: 0, caseId: 0 } as OwedFacts;

function owed(f: OwedFacts, book: CalendarBook, now: Date): LetterOwed | null {
  const { calendar } = book.of(f.calendarUnitId);
  const deadlineAt = f.deadlineAt === null ? null : toLocalSecond(f.deadlineAt);
  return letterOwed({ ...f, deadlineAt, now: toLocalSecond(now), calendar });
}

function owing(facts: OwedFacts[], book: CalendarBook, now: Date): { caseId: number; form: LetterForm }[] {
  return facts.flatMap((f) => {
    const letter = owed(f, book, now);
    return letter === null ? [] : [{ caseId: f.caseId, form: letter.form }];
  });
}

/** A pause after the deadline takes nothing back: the promise was broken before it. */
function fateOf(f: OwedFacts, letter: LetterOwed | null): LetterForm | 'keep' | 'withdraw' {
  if (!f.sameDeadline || f.excused) return 'withdraw';
  if (letter === null) return f.paused && !f.settled && f.deadlineAt !== null ? 'keep' : 'withdraw';
  return letter.form === f.form ? 'keep' : letter.form;
}
