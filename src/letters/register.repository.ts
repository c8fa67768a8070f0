import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { LetterForm, LetterState } from './letter';
import type { DeliveryChannel } from './delivery.repository';
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
         select * from letter_delivery x where x.letter_id = l.id and x.result = 'sent' order by x.at desc, x.id desc limit 1) d on true
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
}
