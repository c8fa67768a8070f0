import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { LetterForm, LetterState } from './letter';
import type { LetterModel } from './letter-model';

export interface RegisterRow {
  number: number;
  suffix: string;
  letterDate: string;
  form: LetterForm;
  state: LetterState;
  model: LetterModel;
  code: string;
  deadlineAt: Date;
  newDueAt: Date | null;
  channel: DeliveryChannel | null;
  sentAt: Date | null;
  recipient: string | null;
  evidence: string | null;
  cancelReason: string | null;
  fileSha256: string | null;
}

export type DeliveryChannel = 'email' | 'post' | 'in-person' | 'phone';

export interface NewDelivery {
  letterId: number;
  channel: DeliveryChannel;
  at: Date;
  recipient: string;
  evidence: string;
}

export interface RegisterTotals {
  sent: number;
  numbered: number;
  drafts: number;
  cancelled: number;
}

@Injectable()
export class RegisterRepository {
  /** Everything numbered in the year, cancelled numbers too; the last number first. */
  ofYear(tx: Tx, communeIds: number[], year: number): Promise<RegisterRow[]> {
    return rows<RegisterRow>(
      tx,
      `select l.number, s.suffix, l.letter_date as "letterDate", l.form, l.state, l.model, c.code,
         l.deadline_at as "deadlineAt", l.new_due_at as "newDueAt", d.channel, l.sent_at as "sentAt", d.recipient,
         d.evidence, l.cancel_reason as "cancelReason", l.file_sha256 as "fileSha256"
       from letter l
       join letter_series s on s.id = l.series_id
       join case_record c on c.id = l.case_id
       left join lateral (
         select * from letter_delivery x where x.letter_id = l.id order by x.at desc, x.id desc limit 1) d on true
       where l.unit_id = any($1) and s.year = $2
       order by s.id, l.number desc`,
      [communeIds, year],
    );
  }

  /** Years that have a register. */
  async years(tx: Tx, communeIds: number[]): Promise<number[]> {
    const found = await rows<{ year: number }>(
      tx,
      'select distinct year from letter_series where unit_id = any($1) order by year desc',
      [communeIds],
    );
    return found.map(({ year }) => year);
  }

  /** Letters numbered in the year by what became of them, and the drafts that wait now. */
  async totals(tx: Tx, communeIds: number[], year: number): Promise<RegisterTotals> {
    const found = await one<RegisterTotals>(
      tx,
      `select count(*) filter (where l.state = 'sent' and s.year = $2)::int as sent,
         count(*) filter (where l.state in ('numbered', 'printed') and s.year = $2)::int as numbered,
         count(*) filter (where l.state in ('draft', 'ready'))::int as drafts,
         count(*) filter (where l.state = 'cancelled' and s.year = $2)::int as cancelled
       from letter l left join letter_series s on s.id = l.series_id where l.unit_id = any($1)`,
      [communeIds, year],
    );
    return found ?? { sent: 0, numbered: 0, drafts: 0, cancelled: 0 };
  }

  /** A delivery with its evidence makes the letter sent; the first one tells when. */
  async addDeliveries(tx: Tx, deliveries: NewDelivery[], by: number | null, now: Date): Promise<void> {
    await rows(
      tx,
      `insert into letter_delivery (letter_id, channel, at, recipient, evidence, recorded_by, recorded_at)
       select "letterId", channel, at, recipient, evidence, $2, $3
       from jsonb_to_recordset($1::jsonb)
         x ("letterId" bigint, channel text, at timestamptz, recipient text, evidence text)
       on conflict (letter_id, channel, at) do nothing`,
      [JSON.stringify(deliveries), by, now],
    );
    await rows(
      tx,
      `update letter l set state = 'sent', updated_at = $2,
         sent_at = (select min(d.at) from letter_delivery d where d.letter_id = l.id)
       where l.id = any($1)`,
      [deliveries.map((d) => d.letterId), now],
    );
  }
}
