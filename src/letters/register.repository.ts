import { Injectable } from '@nestjs/common';
import { asTyped, matches } from '../cases/case-search';
import { CALENDAR_UNIT_SQL } from '../cases/case-status';
import { one, rows, type Tx } from '../database/transaction';
import type { DeliveryChannel } from './delivery.repository';

export interface RegisterDelivery {
  channel: DeliveryChannel;
  /** as JSON tells it */
  at: string;
  recipient: string;
  evidence: string | null;
  fileName: string | null;
  fileSha256: string | null;
}

export interface RegisterRow {
  id: number;
  number: number;
  suffix: string;
  letterDate: string;
  form: string;
  state: string;
  who: string;
  address: string | null;
  procedure: string;
  code: string;
  calendarUnitId: number;
  deadlineAt: Date;
  deadlineDay: string;
  newDueAt: Date | null;
  reasonLines: string[] | null;
  nature: 'objective' | 'subjective' | null;
  signer: string | null;
  approvedBy: string | null;
  approvedSha256: string | null;
  sentAt: Date | null;
  deliveries: RegisterDelivery[];
  /** of a letter that was sent: what proves it */
  evidence: 'file' | 'words' | 'none' | null;
  cancelReason: string | null;
  cancelledAt: Date | null;
  fileSha256: string | null;
  signedSha256: string | null;
}

/** Which letters of a year's register; null: all. */
export interface RegisterFilter {
  year: number;
  text: string | null;
  states: string[] | null;
  channel: string | null;
  /** of the letter's date */
  month: number | null;
  /** words: at most words, no kept file */
  evidence: 'words' | 'none' | null;
  ids: number[] | null;
}

export interface RegisterTotals {
  sent: number;
  unsent: number;
  cancelled: number;
  /** sent, and nothing proves it; words but no kept file */
  unproven: number;
  wordsOnly: number;
}

/** Numbers of a series from the first to the last that was given out, and the runs that are nowhere. */
export interface NumberSpan {
  suffix: string;
  first: number;
  last: number;
  foreign: boolean;
  gaps: { from: number; to: number }[];
}

const EVIDENCE = `case when l.state <> 'sent' then null
  when exists (select from letter_delivery e where e.letter_id = l.id and e.result = 'sent'
    and (e.evidence_sha256 is not null or e.message_id is not null)) then 'file'
  when exists (select from letter_delivery e where e.letter_id = l.id and e.result = 'sent'
    and btrim(e.evidence) <> '') then 'words'
  else 'none' end`;

const DELIVERIES = `(select jsonb_agg(jsonb_build_object('channel', d.channel, 'at', d.at, 'recipient', d.recipient,
    'evidence', d.evidence, 'fileName', d.evidence_name, 'fileSha256', d.evidence_sha256) order by d.at, d.id)
  from letter_delivery d where d.letter_id = l.id and d.result = 'sent')`;

/** Facts of the paper as it was numbered come from its frozen text, not from the case as it is now. */
const ROW = `select l.id, l.number, s.suffix, l.letter_date as "letterDate", l.form, l.state,
    coalesce(l.model -> 'addressee' ->> 'name', c.applicant_name) as who, l.model -> 'addressee' ->> 'address' as address,
    coalesce(l.model ->> 'procedure', p.name) as procedure, c.code, ${CALENDAR_UNIT_SQL} as "calendarUnitId",
    l.deadline_at as "deadlineAt", (l.deadline_at at time zone 'Asia/Ho_Chi_Minh')::date as "deadlineDay",
    l.new_due_at as "newDueAt", l.model -> 'reasonLines' as "reasonLines", l.reason_nature as nature,
    l.model -> 'signer' ->> 'name' as signer, u.full_name as "approvedBy", v.sha256 as "approvedSha256",
    l.sent_at as "sentAt", coalesce(${DELIVERIES}, '[]') as deliveries, ${EVIDENCE} as evidence,
    l.cancel_reason as "cancelReason", l.cancelled_at as "cancelledAt", l.file_sha256 as "fileSha256",
    l.signed_sha256 as "signedSha256"`;

const NUMBERED = `from letter l
  join letter_series s on s.id = l.series_id
  join case_record c on c.id = l.case_id
  join procedure p on p.id = c.procedure_id
  left join letter_version v on v.id = l.version_id
  left join user_account u on u.id = v.approved_by
  where l.unit_id = any($1) and s.year = $2`;

const CHOSEN = `${NUMBERED}
  and ($3::text is null or ${matches('$3')})
  and ($4::text[] is null or l.state = any($4))
  and ($5::text is null or exists (
    select from letter_delivery d where d.letter_id = l.id and d.result = 'sent' and d.channel = $5))
  and ($6::int is null or extract(month from l.letter_date) = $6)
  and ($7::text is null or ${EVIDENCE} = 'none' or ($7 = 'words' and ${EVIDENCE} = 'words'))
  and ($8::bigint[] is null or l.id = any($8))`;

const parameters = (communeIds: number[], f: RegisterFilter): unknown[] => [
  communeIds,
  f.year,
  asTyped(f.text),
  f.states,
  f.channel,
  f.month,
  f.evidence,
  f.ids,
];

@Injectable()
export class RegisterRepository {
  /** Cancelled numbers too; the last number first. */
  chosen(
    tx: Tx,
    communeIds: number[],
    filter: RegisterFilter,
    { from, most }: { from: number; most: number },
  ): Promise<RegisterRow[]> {
    return rows<RegisterRow>(tx, `${ROW} ${CHOSEN} order by s.id, l.number desc offset $9 limit $10`, [
      ...parameters(communeIds, filter),
      from,
      most,
    ]);
  }

  async count(tx: Tx, communeIds: number[], filter: RegisterFilter): Promise<number> {
    const found = await one<{ n: number }>(
      tx,
      `select count(*)::int as n ${CHOSEN}`,
      parameters(communeIds, filter),
    );
    return found!.n;
  }

  /** What decides whether each letter of the year left in time. */
  sendings(tx: Tx, communeIds: number[], year: number) {
    return rows<{ id: number; sentAt: Date; calendarUnitId: number; deadlineDay: string }>(
      tx,
      `select l.id, l.sent_at as "sentAt", ${CALENDAR_UNIT_SQL} as "calendarUnitId",
         (l.deadline_at at time zone 'Asia/Ho_Chi_Minh')::date as "deadlineDay"
       ${NUMBERED} and l.sent_at is not null`,
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

  /** Letters numbered in the year by what became of them. */
  async totals(tx: Tx, communeIds: number[], year: number): Promise<RegisterTotals> {
    const found = await one<RegisterTotals>(
      tx,
      `select count(*) filter (where state = 'sent')::int as sent,
         count(*) filter (where state not in ('sent', 'cancelled'))::int as unsent,
         count(*) filter (where state = 'cancelled')::int as cancelled,
         count(*) filter (where evidence = 'none')::int as unproven,
         count(*) filter (where evidence = 'words')::int as "wordsOnly"
       from (select l.state, ${EVIDENCE} as evidence ${NUMBERED}) l`,
      [communeIds, year],
    );
    return found!;
  }

  /** The series of a year that numbered letters; other documents may have numbers of the same series. */
  series(tx: Tx, communeIds: number[], year: number): Promise<NumberSpan[]> {
    return rows<NumberSpan>(
      tx,
      `with taken as (
         select n.series_id, n.number,
           lag(n.number) over (partition by n.series_id order by n.number) as before
         from (select series_id, number from letter where number is not null
               union all select series_id, number from case_slip) n)
       select s.suffix, min(t.number)::int as first, max(t.number)::int as last, s.foreign_numbers as foreign,
         coalesce(jsonb_agg(jsonb_build_object('from', t.before + 1, 'to', t.number - 1) order by t.number)
           filter (where t.number - t.before > 1), '[]') as gaps
       from letter_series s join taken t on t.series_id = s.id
       where s.unit_id = any($1) and s.year = $2 and exists (select from letter l where l.series_id = s.id)
       group by s.id order by s.id`,
      [communeIds, year],
    );
  }
}
