/** Target 8: what a sweep costs with nothing due and in a burst, and how fast messages leave. */
import * as net from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { AlertService } from '../../src/alerts/alert.service';
import { rows } from '../../src/database/transaction';
import { startCountingMailServer } from '../support/counting-smtp';
import { createOffice, useRules } from '../integration/alerts-fixture';
import { median } from './interleave';
import { figure, measured, type Bench, type Measurement } from './report';
import { withThrowawayService, type ThrowawayService } from './throwaway-service';

const CASES = 1_000_000;
/** One case in so many is open. */
const OPEN = 40;
const BURST = 50_000;
const READERS = 5_000;
const LOOKS = 3_000;
const REDIS = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379';
/** An office day on which nothing of the lists below is due yet, and one on which all of it is. */
const BEFORE = new Date('2026-11-23T09:00:00+07:00');
const DUE = new Date('2026-11-26T09:00:00+07:00');

const milliseconds = (since: bigint): number => Number(process.hrtime.bigint() - since) / 1e6;

/** Cases of one commune for so many people; the open ones are due on 25/11. */
export async function fill({ db }: ThrowawayService, count: number, openEvery: number): Promise<void> {
  const office = await createOffice(db.manager);
  await useRules(db.manager, ['overdue']);
  await db.query(`update alert_rule set recipients = '{officer}', climb_to = '{}'`);
  // Searching by name takes no part here, and its index most of the time to fill the table.
  await db.query('drop index ix_case_record_search');
  await db.query(
    `insert into user_account (unit_id, username, full_name, role, email, password_hash)
     select $1, 'u' || n, 'Người thứ ' || n, 'officer', 'u' || n || '@binhlu.example', 'none' from generate_series(1, $2::int) n`,
    [office.cultureId, READERS],
  );
  await db.query(
    `insert into case_record (unit_id, code, procedure_id, department_id, officer_id, applicant_name, channel, status,
       received_at, source, created_at, updated_at, due_state, deadline_at, settled_day, outcome, next_alert_at)
     select $1, 'C' || n, $2, $3, u.id, 'Sùng A Lềnh', 'direct', case when o.open then 4 else 9 end,
       '2026-11-02T08:00:00+07:00', 'bench', now(), now(), 'due', '2026-11-25T17:00:00+07:00',
       case when not o.open then '2026-11-20'::date end, case when not o.open then 'early' end,
       case when o.open then '2026-11-25T17:00:01+07:00'::timestamptz end
     from generate_series(1, $4::int) n cross join lateral (select n % $5::int = 0 as open) o
     join user_account u on u.username = 'u' || (n / $5::int % $6::int + 1)`,
    [office.communeId, office.procedureId, office.cultureId, count, openEvery, READERS],
  );
  await db.query('analyze case_record');
}

async function idle(service: ThrowawayService): Promise<Measurement[]> {
  const { app, db, clock } = service;
  await fill(service, CASES, OPEN);
  clock.moveTo(BEFORE);
  const alerts = app.get(AlertService);
  const times: number[] = [];
  for (let i = 0; i < LOOKS; i++) {
    const start = process.hrtime.bigint();
    await alerts.sweep();
    times.push(milliseconds(start));
  }
  const start = process.hrtime.bigint();
  await rows(db.manager, 'select count(*) from case_record where outcome is null and deadline_at < $1', [
    BEFORE,
  ]);
  const scan = milliseconds(start);
  return [
    measured({
      id: 'alerts.idle',
      what: `Quét nhắc việc khi không có gì đến hạn, ${figure(CASES)} hồ sơ (trung vị)`,
      value: median(times),
      unit: 'ms',
      target: { below: 1 },
      against: `tìm hồ sơ quá hạn trong cả bảng: ${figure(scan)} ms`,
    }),
  ];
}

async function burst(service: ThrowawayService): Promise<Measurement> {
  await fill(service, BURST, 1);
  service.clock.moveTo(DUE);
  const start = process.hrtime.bigint();
  const { raised } = await service.app.get(AlertService).sweep();
  const seconds = milliseconds(start) / 1000;
  return measured({
    id: 'alerts.claim',
    what: `Lập ${figure(raised)} lời nhắc cho ${figure(READERS)} người trong một đợt`,
    value: raised / seconds,
    unit: 'lời nhắc/s',
    against: `${figure(seconds)} giây`,
  });
}

/** From the end of the sweep until the last mail is marked as sent. */
async function delivery(kind: 'postgres' | 'redis'): Promise<Measurement> {
  const smtp = await startCountingMailServer(0);
  const redis: Record<string, string> = kind === 'redis' ? { REDIS_URL: REDIS } : {};
  try {
    return await withThrowawayService(
      async (service) => {
        await fill(service, BURST, 1);
        service.clock.moveTo(DUE);
        const start = process.hrtime.bigint();
        await service.app.get(AlertService).sweep();
        await sent(service);
        const seconds = milliseconds(start) / 1000;
        return measured({
          id: `alerts.delivery.${kind}`,
          what: `${figure(BURST)} lời nhắc thành ${figure(smtp.accepted.size)} thư, hàng đợi trên ${kind}`,
          value: smtp.accepted.size / seconds,
          unit: 'thư/s',
          against: `từ lúc quét đến thư cuối: ${figure(seconds)} giây`,
        });
      },
      { ROLE: 'worker', SMTP_URL: smtp.url, ...redis },
    );
  } finally {
    await smtp.close();
  }
}

async function sent({ db }: ThrowawayService): Promise<void> {
  for (;;) {
    const [left] = await rows<{ n: number }>(
      db.manager,
      `select count(*)::int as n from notification where state in ('pending', 'sending')`,
    );
    if (left!.n === 0) return;
    await after(50);
  }
}

const reachable = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const socket = net.connect(Number(port || 6379), hostname);
    socket.once('connect', () => resolve(Boolean(socket.destroy())));
    socket.once('error', () => resolve(false));
  });

export const bench: Bench = async (say) => {
  say(`  ${figure(CASES)} hồ sơ trong một PostgreSQL tạm`);
  const found = await withThrowawayService(idle);
  say(`  ${figure(BURST)} hồ sơ quá hạn cùng lúc`);
  found.push(await withThrowawayService(burst));
  say('  gửi thư, hàng đợi trên PostgreSQL');
  found.push(await delivery('postgres'));
  if (!(await reachable(REDIS))) say(`  không đo trên Redis: không kết nối được ${REDIS}`);
  else {
    say('  gửi thư, hàng đợi trên Redis');
    found.push(await delivery('redis'));
  }
  return found;
};
