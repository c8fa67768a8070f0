import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { LetterModel } from './letter-model';

export interface LetterSeries {
  id: number;
  lastNumber: number;
  /** date of the letter that has the last number */
  lastDate: string | null;
}

export interface NumberedLetter {
  id: number;
  number: number;
  letterDate: string;
  reason: string;
  model: LetterModel;
}

/** Numbers are consecutive in a year and never used twice (Decree 30/2020, Điều 15). */
@Injectable()
export class LetterSeriesRepository {
  /** Whoever holds the row is the only one who takes numbers, until the transaction ends. */
  async lock(tx: Tx, unitId: number, year: number, suffix: string): Promise<LetterSeries> {
    await rows(
      tx,
      `insert into letter_series (unit_id, year, suffix) values ($1, $2, $3) on conflict do nothing`,
      [unitId, year, suffix],
    );
    const found = await one<LetterSeries>(
      tx,
      `select s.id, s.last_number as "lastNumber", null as "lastDate" from letter_series s
       where s.unit_id = $1 and s.year = $2 and s.suffix = $3 for update`,
      [unitId, year, suffix],
    );
    if (!found) throw new Error('the series vanished while it was being locked');
    const last = await one<{ day: string | null }>(
      tx,
      'select max(letter_date) as day from letter where series_id = $1',
      [found.id],
    );
    return { ...found, lastDate: last?.day ?? null };
  }

  /** The number the next letter would get if it were confirmed now. */
  async nextNumber(tx: Tx, unitId: number, year: number, suffix: string): Promise<number> {
    const found = await one<{ n: number }>(
      tx,
      'select last_number + 1 as n from letter_series where unit_id = $1 and year = $2 and suffix = $3',
      [unitId, year, suffix],
    );
    return found?.n ?? 1;
  }

  /** Letters this confirmation has numbered before: the second click of a double click. */
  confirmed(tx: Tx, seriesId: number, token: string): Promise<{ id: number; number: number }[]> {
    return rows(
      tx,
      'select id, number from letter where series_id = $1 and confirm_token = $2 order by number',
      [seriesId, token],
    );
  }

  async take(
    tx: Tx,
    series: LetterSeries,
    letters: NumberedLetter[],
    confirmed: { token: string; by: number | null; at: Date },
  ): Promise<void> {
    await rows(
      tx,
      `update letter l set state = 'numbered', series_id = $1, number = n.number, letter_date = n."letterDate",
         reason = n.reason, model = n.model, confirm_token = $3, numbered_at = $4, numbered_by = $5, updated_at = $4
       from jsonb_to_recordset($2::jsonb)
         n (id bigint, number int, "letterDate" date, reason text, model jsonb)
       where l.id = n.id`,
      [series.id, JSON.stringify(letters), confirmed.token, confirmed.at, confirmed.by],
    );
    await rows(tx, 'update letter_series set last_number = $2 where id = $1', [
      series.id,
      series.lastNumber + letters.length,
    ]);
  }

  /** The case is promised for a new date; what was promised first stays. */
  async promiseAgain(
    tx: Tx,
    caseId: number,
    promise: { newDueAt: Date; at: Date; source: string; data: object },
  ) {
    await rows(
      tx,
      `insert into case_event (case_id, kind, at, recorded_at, source, data)
       values ($1, 'promised-again', $2, $2, $3, $4)`,
      [caseId, promise.at, promise.source, JSON.stringify(promise.data)],
    );
    await rows(
      tx,
      `update case_record set promised_first_at = coalesce(promised_first_at, promised_at), promised_at = $2,
         updated_at = $3 where id = $1`,
      [caseId, promise.newDueAt, promise.at],
    );
  }
}
