import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import { Clock } from '../platform/clock';
import { auditHash, storable, storableText, type AuditFacts } from './audit-hash';
import { AuditRepository, type AuditEntry } from './audit.repository';

/** What happened. Never put a password, a key or more of a citizen's data than the subject needs into `detail`. */
export interface AuditRecord {
  /** Name of the person, or of the program's part, as it shall be read years later. */
  actor: string;
  userId: number | null;
  /** '<thing>.<past participle>', e.g. 'letter.numbered' */
  action: string;
  /** '<thing>:<code>', e.g. 'case:H35.50.12-260105-0008' */
  subject: string;
  detail?: object;
}

export type ChainState =
  { intact: true; entries: number } | { intact: false; entries: number; brokenAt: number };

const BATCH = 1_000;

/** The log of who did what: append-only, each entry sealed with the hash of the one before. */
@Injectable()
export class AuditService {
  constructor(
    private readonly repository: AuditRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Writes the entry in the caller's transaction. Call it last: writers wait for each other from here until commit.
   */
  async record(tx: Tx, record: AuditRecord): Promise<void> {
    const facts: AuditFacts = {
      at: this.clock.now(),
      actor: storableText(record.actor),
      userId: record.userId,
      action: record.action,
      subject: storableText(record.subject),
      detail: storable(record.detail),
    };
    await this.repository.lockChain(tx);
    const previous = await this.repository.lastHash(tx);
    await this.repository.append(tx, facts, previous, auditHash(facts, previous));
  }

  /** Recomputes the whole chain. `brokenAt` is the id of the first entry that is not as it was written. */
  async verifyChain(tx: Tx): Promise<ChainState> {
    let entries = 0;
    let lastId = 0;
    let previous: Buffer | null = null;
    for (;;) {
      const batch = await this.repository.entriesAfter(tx, lastId, BATCH);
      for (const entry of batch) {
        if (!isSound(entry, previous)) return { intact: false, entries, brokenAt: entry.id };
        previous = entry.hash;
        lastId = entry.id;
        entries += 1;
      }
      if (batch.length < BATCH) return { intact: true, entries };
    }
  }

  /** Newest first, for the administrator's page. */
  latest(tx: Tx, before: number | null, count: number): Promise<AuditEntry[]> {
    return this.repository.latest(tx, before, count);
  }
}

function isSound(entry: AuditEntry, previous: Buffer | null): boolean {
  const linked = previous === null ? entry.previousHash === null : entry.previousHash?.equals(previous);
  return linked === true && auditHash(entry, previous).equals(entry.hash);
}
