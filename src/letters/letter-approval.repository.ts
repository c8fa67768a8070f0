import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../database/transaction';
import type { LetterForm } from './letter';
import type { LetterModel } from './letter-model';

export interface NewVersion {
  letterId: number;
  formId: number;
  model: LetterModel;
  sha256: string;
}

/** Numbered by a program that froze texts only then. */
export interface UnversionedLetter {
  id: number;
  unitId: number;
  form: LetterForm;
  letterDate: string;
  model: LetterModel;
}

export interface LetterVersionRow {
  version: number;
  sha256: string;
  approvedAt: Date;
  approvedBy: string | null;
  reopenedReason: string | null;
}

/** Who did it and when. */
export interface Done {
  by: number | null;
  at: Date;
}

@Injectable()
export class LetterApprovalRepository {
  /** Each letter gets the next version of its text. */
  async approve(tx: Tx, versions: NewVersion[], { by, at }: Done): Promise<void> {
    await rows(
      tx,
      `with made as (
         insert into letter_version (letter_id, version, form_id, model, sha256, approved_at, approved_by)
         select n."letterId", 1 + (select count(*) from letter_version v where v.letter_id = n."letterId"),
           n."formId", n.model, n.sha256, $2, $3
         from jsonb_to_recordset($1::jsonb) n ("letterId" bigint, "formId" int, model jsonb, sha256 text)
         returning id, letter_id)
       update letter l set state = 'approved', version_id = made.id, returned_remark = null, returned_by = null,
         returned_at = null, updated_at = $2
       from made where l.id = made.letter_id`,
      [JSON.stringify(versions), at, by],
    );
  }

  /** The draft goes back to whoever wrote it. */
  async giveBack(tx: Tx, id: number, remark: string, { by, at }: Done): Promise<void> {
    await rows(
      tx,
      `update letter set state = 'draft', returned_remark = $2, returned_by = $3, returned_at = $4, updated_at = $4
       where id = $1`,
      [id, remark, by, at],
    );
  }

  /** The approved text is left behind; the letter is a draft again and gets its next version when it is approved. */
  async reopen(tx: Tx, id: number, reason: string, at: Date): Promise<void> {
    await rows(
      tx,
      `with old as (
         update letter_version v set reopened_reason = $2 from letter l where l.id = $1 and v.id = l.version_id)
       update letter set state = 'ready', version_id = null, blank_printed_at = null,
         signed_sha256 = null, signature = null, signed_at = null, updated_at = $3 where id = $1`,
      [id, reason, at],
    );
  }

  async allowSecond(tx: Tx, id: number, reason: string, { by, at }: Done): Promise<void> {
    await rows(
      tx,
      `update letter set override_reason = $2, override_by = $3, override_at = $4, state = 'draft', updated_at = $4
       where id = $1`,
      [id, reason, by, at],
    );
  }

  unversioned(tx: Tx, limit: number): Promise<UnversionedLetter[]> {
    return rows(
      tx,
      `select id, unit_id as "unitId", form, to_char(letter_date, 'YYYY-MM-DD') as "letterDate", model from letter
       where number is not null and model is not null and version_id is null order by id limit $1 for update`,
      [limit],
    );
  }

  /** Whoever numbered such a letter had approved it. */
  async adopt(tx: Tx, versions: NewVersion[], now: Date): Promise<void> {
    await rows(
      tx,
      `with made as (
         insert into letter_version (letter_id, version, form_id, model, sha256, approved_at, approved_by)
         select l.id, 1, n."formId", n.model, n.sha256, coalesce(l.numbered_at, $2), l.numbered_by
         from jsonb_to_recordset($1::jsonb) n ("letterId" bigint, "formId" int, model jsonb, sha256 text)
         join letter l on l.id = n."letterId"
         returning id, letter_id)
       update letter l set version_id = made.id from made where l.id = made.letter_id`,
      [JSON.stringify(versions), now],
    );
  }

  versions(tx: Tx, letterId: number): Promise<LetterVersionRow[]> {
    return rows<LetterVersionRow>(
      tx,
      `select v.version, v.sha256, v.approved_at as "approvedAt", u.full_name as "approvedBy",
         v.reopened_reason as "reopenedReason"
       from letter_version v left join user_account u on u.id = v.approved_by
       where v.letter_id = $1 order by v.version desc`,
      [letterId],
    );
  }
}
