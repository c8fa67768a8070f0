import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { FormVersion } from './letter-form-choice';
import type { FormContent, PaperSize } from './shipped-forms';

/** A version as it was kept. */
export interface KeptForm extends FormContent {
  id: number;
  version: number;
  sha256: string;
}

export interface FormSaving {
  id: number;
  version: number;
  usual: boolean;
  validFrom: string;
  validTo: string | null;
  paper: PaperSize;
  basis: string;
  savedBy: string | null;
  savedAt: Date;
}

export interface NewForm extends FormContent {
  sha256: string;
  savedAt: Date;
}

const DAYS = `to_char(valid_from, 'YYYY-MM-DD') as "validFrom", to_char(valid_to, 'YYYY-MM-DD') as "validTo"`;

@Injectable()
export class LetterFormRepository {
  /** Versions of the program and of the office. */
  versions(tx: Tx, forms: string[], unitId: number): Promise<FormVersion[]> {
    return rows(
      tx,
      `select id, form, version, unit_id is not null as own, usual, ${DAYS} from letter_form
       where form = any($1) and (unit_id is null or unit_id = $2)`,
      [forms, unitId],
    );
  }

  byIds(tx: Tx, ids: number[]): Promise<KeptForm[]> {
    return rows(
      tx,
      `select id, form, version, paper, basis, source, parts, sha256, ${DAYS} from letter_form where id = any($1)`,
      [ids],
    );
  }

  /** A new version of the program's form, unless the newest says the same. Of two processes one writes. */
  async ship(tx: Tx, made: NewForm): Promise<boolean> {
    const written = await one(
      tx,
      `insert into letter_form
         (form, version, valid_from, valid_to, paper, basis, source, parts, sha256, saved_at)
       select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9 from letter_form
       where unit_id is null and form = $1
       having coalesce((array_agg(sha256 order by version desc))[1], '') <> $8
       on conflict do nothing returning id`,
      valuesOf(made),
    );
    return written !== undefined;
  }

  /** Who saves at the same time waits. */
  async lockOffice(tx: Tx, unitId: number): Promise<void> {
    await one(tx, 'select id from unit where id = $1 for update', [unitId]);
  }

  async insertOwn(
    tx: Tx,
    made: NewForm,
    own: { unitId: number; usual: boolean; savedBy: number | null },
  ): Promise<number> {
    const found = await one<{ version: number }>(
      tx,
      `insert into letter_form
         (form, version, valid_from, valid_to, paper, basis, source, parts, sha256, saved_at, unit_id, usual, saved_by)
       select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10, $11, $12 from letter_form
       where unit_id = $10 and form = $1 returning version`,
      [...valuesOf(made), own.unitId, own.usual, own.savedBy],
    );
    return found!.version;
  }

  /** What the office saved, newest first. */
  savings(tx: Tx, form: string, unitId: number): Promise<FormSaving[]> {
    return rows(
      tx,
      `select f.id, f.version, f.usual, ${DAYS}, f.paper, f.basis, u.full_name as "savedBy", f.saved_at as "savedAt"
       from letter_form f left join user_account u on u.id = f.saved_by
       where f.form = $1 and f.unit_id = $2 order by f.version desc limit 30`,
      [form, unitId],
    );
  }
}

const valuesOf = (f: NewForm): unknown[] => [
  ...[
    f.form,
    f.validFrom,
    f.validTo,
    f.paper,
    f.basis,
    f.source,
    JSON.stringify(f.parts),
    f.sha256,
    f.savedAt,
  ],
];
