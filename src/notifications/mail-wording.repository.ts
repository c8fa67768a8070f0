import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { WordedPart } from '../platform/mail-labels';

export interface WordingVersion {
  part: WordedPart;
  version: number;
  /** null: the usual words */
  words: string | null;
  savedBy: string;
  savedAt: Date;
}

export interface NewWording {
  unitId: number;
  kind: string;
  part: WordedPart;
  words: string | null;
  savedBy: string;
  savedAt: Date;
}

/** Words of an office, by part; parts with the usual words are left out. */
export type Wording = Partial<Record<WordedPart, string>>;

@Injectable()
export class MailWordingRepository {
  /** What the commune says that the unit is or belongs to. */
  async of(tx: Tx, unitId: number, kind: string): Promise<Wording> {
    const found = await rows<{ part: WordedPart; words: string | null }>(
      tx,
      `select distinct on (w.part) w.part, w.words from mail_wording w, unit u
       where u.id = $1 and w.unit_id in (u.id, u.parent_id) and w.kind = $2
       order by w.part, w.version desc`,
      [unitId, kind],
    );
    return Object.fromEntries(found.flatMap(({ part, words }) => (words === null ? [] : [[part, words]])));
  }

  /** Kinds of which the commune has words of its own. */
  async kindsOf(tx: Tx, communeId: number): Promise<string[]> {
    const found = await rows<{ kind: string }>(
      tx,
      `select distinct kind from (select distinct on (kind, part) kind, words from mail_wording
         where unit_id = $1 order by kind, part, version desc) newest where words is not null`,
      [communeId],
    );
    return found.map((row) => row.kind);
  }

  /** Newest first. */
  versions(tx: Tx, communeId: number, kind: string, limit: number): Promise<WordingVersion[]> {
    return rows(
      tx,
      `select part, version, words, saved_by as "savedBy", saved_at as "savedAt" from mail_wording
       where unit_id = $1 and kind = $2 order by saved_at desc, id desc limit $3`,
      [communeId, kind, limit],
    );
  }

  /** Who saves at the same time waits. */
  async lockOffice(tx: Tx, communeId: number): Promise<void> {
    await one(tx, 'select id from unit where id = $1 for update', [communeId]);
  }

  async insert(tx: Tx, made: NewWording): Promise<void> {
    await rows(
      tx,
      `insert into mail_wording (unit_id, kind, part, version, words, saved_by, saved_at)
       select $1, $2, $3, coalesce(max(version), 0) + 1, $4, $5, $6 from mail_wording
       where unit_id = $1 and kind = $2 and part = $3`,
      [made.unitId, made.kind, made.part, made.words, made.savedBy, made.savedAt],
    );
  }
}
