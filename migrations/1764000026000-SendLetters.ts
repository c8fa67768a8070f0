import type { MigrationInterface, QueryRunner } from 'typeorm';

export class SendLetters1764000026000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
-- whether a gateway may write to citizens too, not only to staff
alter table webhook add for_citizens boolean not null default false;

-- A message the program sends may fail and be asked for again at the same instant; what people record may not repeat.
alter table letter_delivery drop constraint letter_delivery_letter_id_channel_at_key;
create unique index uq_letter_delivery_recorded on letter_delivery (letter_id, channel, at)
  where message_id is null;
-- two clerks at once, or a double click: one message on its way
create unique index uq_letter_delivery_waiting on letter_delivery (letter_id, channel) where result = 'waiting';
create unique index uq_letter_delivery_once on letter_delivery (letter_id, channel, batch_token)
  where batch_token is not null;
create index ix_letter_delivery_letter on letter_delivery (letter_id);
create index ix_letter_delivery_batch on letter_delivery (batch_token) where batch_token is not null;
`;

const DOWN = `
drop index ix_letter_delivery_batch;
drop index ix_letter_delivery_letter;
drop index uq_letter_delivery_once;
drop index uq_letter_delivery_waiting;
drop index uq_letter_delivery_recorded;
delete from letter_delivery d using letter_delivery e
  where e.letter_id = d.letter_id and e.channel = d.channel and e.at = d.at and e.id < d.id;
alter table letter_delivery add unique (letter_id, channel, at);
alter table webhook drop for_citizens;
`;
