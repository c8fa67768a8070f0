import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { AuditFacts } from './audit-hash';

export interface AuditEntry extends AuditFacts {
  id: number;
  previousHash: Buffer | null;
  hash: Buffer;
}

/** 'audit' in ASCII: the key under which writers of the chain queue up. */
const CHAIN_LOCK = 0x6175646974;

const COLUMNS = `id, at, actor, user_id as "userId", action, subject, detail,
  previous_hash as "previousHash", hash`;

@Injectable()
export class AuditRepository {
  /** Held until the transaction ends, so the next writer reads a committed last hash. */
  async lockChain(tx: Tx): Promise<void> {
    await tx.query('select pg_advisory_xact_lock($1)', [CHAIN_LOCK]);
  }

  async lastHash(tx: Tx): Promise<Buffer | null> {
    const last = await one<{ hash: Buffer }>(tx, 'select hash from audit_entry order by id desc limit 1');
    return last?.hash ?? null;
  }

  async append(tx: Tx, facts: AuditFacts, previousHash: Buffer | null, hash: Buffer): Promise<void> {
    await tx.query(
      `insert into audit_entry (at, actor, user_id, action, subject, detail, previous_hash, hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [
        facts.at,
        facts.actor,
        facts.userId,
        facts.action,
        facts.subject,
        JSON.stringify(facts.detail),
        previousHash,
        hash,
      ],
    );
  }

  /** In the order of the chain. */
  entriesAfter(tx: Tx, id: number, count: number): Promise<AuditEntry[]> {
    return rows<AuditEntry>(tx, `select ${COLUMNS} from audit_entry where id > $1 order by id limit $2`, [
      id,
      count,
    ]);
  }

  /** Newest first; `before` null starts at the newest. */
  latest(tx: Tx, before: number | null, count: number): Promise<AuditEntry[]> {
    return rows<AuditEntry>(
      tx,
      `select ${COLUMNS} from audit_entry where $1::bigint is null or id < $1 order by id desc limit $2`,
      [before, count],
    );
  }
}
