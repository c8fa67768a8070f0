import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { LetterState } from './letter';

export type DeliveryChannel = 'email' | 'sms' | 'zalo' | 'post' | 'in-person' | 'phone';
export type DeliveryResult = 'waiting' | 'sent' | 'failed';

/** What a person says about a letter that left on paper. */
export interface NewDelivery {
  letterId: number;
  channel: DeliveryChannel;
  at: Date;
  recipient: string;
  evidence: string | null;
  evidenceSha256: string | null;
  evidenceName: string | null;
}

/** A message the program shall send. */
export interface NewMessage {
  letterId: number;
  channel: DeliveryChannel;
  recipient: string;
  messageId: string;
}

/** Who asked, when, and the token of the form: the second click of a double click writes nothing. */
export interface Asked {
  by: number | null;
  at: Date;
  token: string | null;
}

export interface ClaimedMessage {
  id: number;
  letterId: number;
  channel: DeliveryChannel;
  recipient: string;
  messageId: string;
  attempts: number;
  letterState: LetterState;
  signedSha256: string | null;
  code: string;
  userId: number | null;
  by: string;
}

export interface WaitingMessage {
  id: number;
  nextAttemptAt: Date;
}

/** One act of sending, as the page shows it. */
export interface Attempt {
  id: number;
  code: string;
  number: number;
  suffix: string;
  unitId: number;
  deadlineAt: Date;
  channel: DeliveryChannel;
  at: Date;
  recipient: string;
  result: DeliveryResult;
  evidence: string | null;
  evidenceName: string | null;
  attempts: number;
  error: string | null;
  claimed: boolean;
  /** by a person, not sent by the program */
  recorded: boolean;
  nextAttemptAt: Date | null;
  by: string | null;
}

export interface Contact {
  letterId: number;
  email: string | null;
  phone: string | null;
}

const ATTEMPT = `select d.id, c.code, l.number, s.suffix, l.unit_id as "unitId", l.deadline_at as "deadlineAt",
    d.channel, d.at, d.recipient, d.result, d.evidence, d.evidence_name as "evidenceName", d.attempts, d.error,
    d.claimed_at is not null as claimed, d.message_id is null as recorded, d.next_attempt_at as "nextAttemptAt", u.full_name as by
  from letter_delivery d join letter l on l.id = d.letter_id join case_record c on c.id = l.case_id
  left join letter_series s on s.id = l.series_id left join user_account u on u.id = d.recorded_by`;

@Injectable()
export class DeliveryRepository {
  /** @returns how many are new */
  async add(tx: Tx, deliveries: NewDelivery[], { by, at, token }: Asked): Promise<number> {
    const added = await rows(
      tx,
      `insert into letter_delivery (letter_id, channel, at, recipient, evidence, evidence_sha256, evidence_name,
         recorded_by, recorded_at, batch_token)
       select "letterId", channel, at, recipient, evidence, "evidenceSha256", "evidenceName", $2, $3, $4
       from jsonb_to_recordset($1::jsonb) x ("letterId" bigint, channel text, at timestamptz, recipient text,
         evidence text, "evidenceSha256" text, "evidenceName" text)
       on conflict do nothing returning id`,
      [JSON.stringify(deliveries), by, at, token],
    );
    return added.length;
  }

  /** Those that nobody asked for already. */
  addMessages(tx: Tx, messages: NewMessage[], { by, at, token }: Asked): Promise<WaitingMessage[]> {
    return rows(
      tx,
      `insert into letter_delivery (letter_id, channel, at, recipient, message_id, result, recorded_by, recorded_at,
         next_attempt_at, batch_token)
       select "letterId", channel, $3, recipient, "messageId", 'waiting', $2, $3, $3, $4
       from jsonb_to_recordset($1::jsonb) x ("letterId" bigint, channel text, recipient text, "messageId" text)
       on conflict do nothing returning id, next_attempt_at as "nextAttemptAt"`,
      [JSON.stringify(messages), by, at, token],
    );
  }

  /** Letters before their deliveries: the order in which everybody locks. */
  async lockLetter(tx: Tx, letterId: number): Promise<void> {
    await rows(tx, 'select 1 from letter where id = $1 for update', [letterId]);
  }

  /** The letters count as sent; the earliest sending tells when. @returns those that were not before */
  async countAsSent(tx: Tx, letterIds: number[], now: Date): Promise<number[]> {
    const first = await rows<{ id: number }>(
      tx,
      `select id from letter where id = any($1) and state in ('numbered', 'printed') order by id for update`,
      [letterIds],
    );
    await rows(
      tx,
      `update letter l set state = 'sent', updated_at = $2,
         sent_at = (select min(d.at) from letter_delivery d where d.letter_id = l.id and d.result = 'sent')
       where l.id = any($1) and l.state in ('numbered', 'printed', 'sent')`,
      [letterIds, now],
    );
    return first.map(({ id }) => id);
  }

  /**
   * Takes the message for one attempt; nobody else gets it until the attempt ends or is older than `abandonedBefore`.
   * Undefined when it is not due, done, or in another hand.
   */
  claim(tx: Tx, id: number, now: Date, abandonedBefore: Date): Promise<ClaimedMessage | undefined> {
    return one(
      tx,
      `update letter_delivery d set claimed_at = $2, attempts = d.attempts + 1
       from letter l join case_record c on c.id = l.case_id
       where l.id = d.letter_id and d.id = (
         select id from letter_delivery
         where id = $1 and result = 'waiting' and next_attempt_at <= $2
           and (claimed_at is null or claimed_at < $3)
         for update skip locked)
       returning d.id, d.letter_id as "letterId", d.channel, d.recipient, d.message_id as "messageId", d.attempts,
         l.state as "letterState", l.signed_sha256 as "signedSha256", c.code, d.recorded_by as "userId",
         coalesce((select full_name from user_account where id = d.recorded_by), '') as by`,
      [id, now, abandonedBefore],
    );
  }

  /** @returns false when it was marked already, by another worker that had it in hand too */
  async markSent(tx: Tx, id: number, at: Date, evidence: string): Promise<boolean> {
    const marked = await one(
      tx,
      `update letter_delivery set result = 'sent', at = $2, evidence = $3, error = null, claimed_at = null,
         next_attempt_at = null
       where id = $1 and result = 'waiting' returning id`,
      [id, at, evidence],
    );
    return marked !== undefined;
  }

  /** Back to waiting after an attempt that failed for now. */
  async postpone(tx: Tx, id: number, error: string, until: Date): Promise<void> {
    await rows(
      tx,
      `update letter_delivery set error = $2, claimed_at = null, next_attempt_at = $3
       where id = $1 and result = 'waiting'`,
      [id, error, until],
    );
  }

  async markFailed(tx: Tx, id: number, error: string, at: Date): Promise<void> {
    await rows(
      tx,
      `update letter_delivery set result = 'failed', error = $2, at = $3, claimed_at = null, next_attempt_at = null
       where id = $1 and result = 'waiting'`,
      [id, error, at],
    );
  }

  /** Ends a message that waits for its next attempt. @returns the letter's case; undefined when none waits */
  async withdraw(
    tx: Tx,
    id: number,
    communeIds: number[],
    { by, at }: { by: string; at: Date },
  ): Promise<string | undefined> {
    const ended = await one<{ code: string }>(
      tx,
      `update letter_delivery d set result = 'failed', error = 'withdrawn by ' || $3, at = $4, next_attempt_at = null
       from letter l join case_record c on c.id = l.case_id
       where d.id = $1 and l.id = d.letter_id and l.unit_id = any($2) and d.result = 'waiting'
         and d.claimed_at is null
       returning c.code`,
      [id, communeIds, by, at],
    );
    return ended?.code;
  }

  /** Messages nobody works on any more. */
  leftBehind(tx: Tx, now: Date, abandonedBefore: Date, limit: number): Promise<WaitingMessage[]> {
    return rows(
      tx,
      `select id, next_attempt_at as "nextAttemptAt" from letter_delivery
       where result = 'waiting' and next_attempt_at <= $1 and (claimed_at is null or claimed_at < $2)
       order by next_attempt_at, id limit $3`,
      [now, abandonedBefore, limit],
    );
  }

  /** Everything that was tried for the letter, the newest first. */
  ofLetter(tx: Tx, letterId: number): Promise<Attempt[]> {
    return rows(tx, `${ATTEMPT} where d.letter_id = $1 order by d.at desc, d.id desc`, [letterId]);
  }

  /** Messages the program sends, the newest first: those of one form, or all. */
  messages(tx: Tx, communeIds: number[], token: string | null, limit: number): Promise<Attempt[]> {
    return rows(
      tx,
      `${ATTEMPT} where l.unit_id = any($1) and d.message_id is not null
         and ($2::text is null or d.batch_token = $2)
       order by d.recorded_at desc, d.id desc limit $3`,
      [communeIds, token, limit],
    );
  }

  /** The newest act of sending of these letters; 0 when there is none. */
  async newest(tx: Tx, letterIds: number[]): Promise<number> {
    const found = await one<{ id: number | null }>(
      tx,
      'select max(id) as id from letter_delivery where letter_id = any($1)',
      [letterIds],
    );
    return Number(found?.id ?? 0);
  }

  /** Cases whose letter is on its way by this channel. */
  async underWay(tx: Tx, letterIds: number[], channel: DeliveryChannel): Promise<string[]> {
    const found = await rows<{ code: string }>(
      tx,
      `select c.code from letter_delivery d join letter l on l.id = d.letter_id join case_record c on c.id = l.case_id
       where d.letter_id = any($1) and d.channel = $2 and d.result = 'waiting' order by c.code`,
      [letterIds, channel],
    );
    return found.map(({ code }) => code);
  }

  /** True when the form with this token was taken already. */
  async taken(tx: Tx, letterIds: number[], channel: DeliveryChannel, token: string): Promise<boolean> {
    const found = await one(
      tx,
      'select 1 from letter_delivery where letter_id = any($1) and channel = $2 and batch_token = $3 limit 1',
      [letterIds, channel, token],
    );
    return found !== undefined;
  }

  contacts(tx: Tx, letterIds: number[]): Promise<Contact[]> {
    return rows(
      tx,
      `select l.id as "letterId", c.email, c.phone from letter l join case_record c on c.id = l.case_id
       where l.id = any($1)`,
      [letterIds],
    );
  }
}
