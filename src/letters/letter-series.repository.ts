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

  /** Of these numbers, those that stand in the book already. */
  async taken(tx: Tx, seriesId: number, numbers: number[]): Promise<Set<number>> {
    const found = await rows<{ number: number }>(
      tx,
      'select number from letter where series_id = $1 and number = any($2)',
      [seriesId, numbers],
    );
    return new Set(found.map(({ number }) => number));
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
    confirmed: { token: string; by: number | null; at: Date; foreign: boolean },
  ): Promise<void> {
    await rows(
      tx,
      `update letter l set state = 'numbered', series_id = $1, number = n.number, letter_date = n."letterDate",
         model = n.model, confirm_token = $3, numbered_at = $4, numbered_by = $5, updated_at = $4
       from jsonb_to_recordset($2::jsonb)
         n (id bigint, number int, "letterDate" date, model jsonb)
       where l.id = n.id`,
      [series.id, JSON.stringify(letters), confirmed.token, confirmed.at, confirmed.by],
    );
    // where another system gives the numbers, some are not ours: the series is told to have gaps
    await rows(
      tx,
      `update letter_series set last_number = greatest(last_number, $2), foreign_numbers = foreign_numbers or $3
       where id = $1`,
      [series.id, Math.max(...letters.map((l) => l.number)), confirmed.foreign],
    );
  }
}
