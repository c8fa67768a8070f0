import { Injectable } from '@nestjs/common';
import type { CalendarBook } from '../calendars/calendar-book';
import { CalendarService } from '../calendars/calendar.service';
import { Database, type Tx } from '../database/transaction';
import { Clock } from '../platform/clock';
import { labels } from '../platform/labels';
import type { OwedFacts } from './letter';
import { LetterDraftRepository, type NewDraft } from './letter-draft.repository';
import { fateOf, forecastUntil, owedBy, type LetterFate } from './letter-fate';
import { LetterRepository } from './letter.repository';

const CHUNK = 2_000;

/** Keeps a draft ready for every letter that is owed, and takes back drafts that are not. May run at any time. */
@Injectable()
export class LetterDraftService {
  constructor(
    private readonly database: Database,
    private readonly drafts: LetterDraftRepository,
    private readonly letters: LetterRepository,
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
      (tx, after) => this.drafts.withoutLetter(tx, forecastUntil(now), after, CHUNK),
      (f) => f.caseId,
      async (tx, facts) => {
        const owing = draftsFor(facts, book, now);
        if (owing.length > 0) drafted += await this.drafts.insert(tx, owing, now);
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
    const fates = facts.map((f) => ({ ...f, fate: fateOf(f, owedBy(f, book, now)) }));
    const reopened = fates.filter((f) => f.state === 'approved' && f.fate !== 'keep');
    if (reopened.length > 0) await this.drafts.reopen(tx, idsOf(reopened), labels.letter.caseMoved);
    for (const [change, ids] of changes(fates)) await this.drafts.changeForm(tx, ids, change, now);
    const gone = fates.filter((f) => f.fate === 'withdraw');
    const approved = idsOf(gone.filter((f) => f.state === 'approved'));
    // what somebody approved stays in the books
    if (approved.length > 0) await this.letters.markNotNeeded(tx, approved, labels.letter.caseMoved, now);
    const drafts = idsOf(gone.filter((f) => f.state !== 'approved'));
    if (drafts.length > 0) await this.drafts.withdraw(tx, drafts);
  }
}

type Fated = OwedFacts & { fate: LetterFate };
const NOBODY = { letterId: 0, caseId: 0 } as OwedFacts;
const idsOf = (fates: OwedFacts[]): number[] => fates.map((f) => f.letterId ?? 0);

/** Letters by the form they become. */
function changes(fates: Fated[]): [Exclude<LetterFate, string>, number[]][] {
  const byForm = new Map<string, [Exclude<LetterFate, string>, number[]]>();
  for (const { fate, letterId } of fates) {
    if (typeof fate === 'string') continue;
    const known = byForm.get(fate.form) ?? [fate, []];
    known[1].push(letterId ?? 0);
    byForm.set(fate.form, known);
  }
  return [...byForm.values()];
}

function draftsFor(facts: OwedFacts[], book: CalendarBook, now: Date): NewDraft[] {
  return facts.flatMap((f) => {
    const letter = owedBy(f, book, now);
    return letter === null ? [] : [{ caseId: f.caseId, form: letter.form, cause: letter.cause }];
  });
}
