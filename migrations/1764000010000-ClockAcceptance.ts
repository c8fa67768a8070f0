import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ClockAcceptance1764000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}

const UP = `
-- Working hours within which an online submission must be accepted or answered.
insert into dated_setting (key, valid_from, value, document, confirmed)
values ('acceptance.hours', date '2000-01-01', '8', 'Theo yêu cầu về hồ sơ quá hạn tiếp nhận trực tuyến; chưa xác nhận số văn bản', false)
on conflict do nothing;

-- Reception as the source last told it: a correction made here stands until the source says something new.
alter table case_record add said_received_at timestamptz;
update case_record set said_received_at = received_at;
`;

const DOWN = `
alter table case_record drop column said_received_at;
delete from dated_setting where key = 'acceptance.hours';
`;
