/** Target 9: a day off is declared, and every open case of several communes gets its new deadline. */
import { CalendarService } from '../../src/calendars/calendar.service';
import { CalendarRepository } from '../../src/calendars/calendar.repository';
import type { CalendarRows } from '../../src/calendars/calendar-rows';
import { DeadlineRepository, type MoveReason } from '../../src/cases/deadline.repository';
import { DeadlineService } from '../../src/cases/deadline.service';
import { ProcedureService } from '../../src/cases/procedure.service';
import { rows } from '../../src/database/transaction';
import { dayOfInstant, isoDay, type EpochDay } from '../../src/domain/local-date';
import type { WorkingCalendar } from '../../src/domain/working-calendar';
import { importProcedures } from '../support/case-files';
import { median } from './interleave';
import { figure, measured, type Bench } from './report';
import { withThrowawayService, type ThrowawayService } from './throwaway-service';

const CASES = 50_000;
const COMMUNES = 5;
const ROUNDS = 5;

interface Timed {
  seconds: number;
  moved: number;
}

/**
 * Reception days on which a limit still runs tomorrow, so that a day off tomorrow moves every one of the cases; one
 * row for each procedure and day.
 */
function runningReceptions(
  calendar: WorkingCalendar,
  today: EpochDay,
  limits: { id: number; amount: number }[],
) {
  return limits.flatMap(({ id, amount }) =>
    Array.from({ length: amount - 1 }, (_, i) => ({
      procedure: id,
      day: isoDay(calendar.addWorkingDays(today, -i)),
    })),
  );
}

/** Open cases with their ledgers; one in ten waited for a supplement, four in five carry a promise. */
async function makeCases({ app, db, clock }: ThrowawayService): Promise<void> {
  await importProcedures(db, app.get(ProcedureService));
  const limits = await rows<{ id: number; amount: number }>(
    db.manager,
    `select procedure_id as id, amount::int from processing_limit where unit = 'working-days'`,
  );
  const { calendar } = await app.get(CalendarService).of(null);
  const receptions = runningReceptions(calendar, dayOfInstant(clock.now()), limits);
  await db.query(
    `insert into unit (parent_id, kind, code, name, settings)
     select c.parent_id, 'commune', 'BENCH-' || g, 'Xã số ' || g, c.settings
     from generate_series(2, ${COMMUNES}) g, (select * from unit where kind = 'commune' limit 1) c`,
  );
  await db.query(
    `with commune as (select id, row_number() over (order by id) - 1 as k from unit where kind = 'commune'),
       reception as (select procedure, day, row_number() over () - 1 as k
         from jsonb_to_recordset($1) as r(procedure int, day date)),
       made as (
         insert into case_record (unit_id, code, procedure_id, applicant_name, channel, status, received_at, source,
           created_at, updated_at)
         select c.id, 'H00.00-' || g, r.procedure, 'Người thứ ' || g, 'direct', 4,
           (r.day + time '07:35' + g % 200 * interval '1 minute') at time zone 'Asia/Ho_Chi_Minh', 'import:1', $2, $2
         from generate_series(1, ${CASES}) g
         join commune c on c.k = g % ${COMMUNES}
         join reception r on r.k = g % (select count(*) from reception)
         returning id, received_at),
       received as (
         insert into case_event (case_id, kind, at, recorded_at, source)
         select id, 'received', received_at, $2, 'import:1' from made)
     insert into case_event (case_id, kind, at, recorded_at, source, data)
     select id, kind, received_at + after, $2, 'import:1', '{"ground": "bản sao giấy tờ"}'
     from made, (values ('supplement-requested', interval '5 minutes'), ('supplement-received', '1 hour')) s(kind, after)
     where id % 10 = 0`,
    [JSON.stringify(receptions), clock.now()],
  );
}

async function declare(
  { app, db }: ThrowawayService,
  known: CalendarRows,
  off: EpochDay | null,
): Promise<number> {
  const calendars = app.get(CalendarRepository);
  const createdAt = new Date();
  const extra = { kind: 'off' as const, name: 'Nghỉ thêm', document: null, hours: null, inExchangeFor: null };
  return db.transaction(async (tx) => {
    const id = await calendars.insertVersion(tx, {
      unitId: null,
      createdAt,
      createdBy: 'bench',
      reason: 'bench',
      document: null,
    });
    const days = off === null ? known.days : [...known.days, { day: isoDay(off), ...extra }];
    await calendars.insertRows(tx, id, { ...known, days });
    return id;
  });
}

async function timed(work: () => Promise<number>): Promise<Timed> {
  const start = process.hrtime.bigint();
  const moved = await work();
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9, moved };
}

const WHY: MoveReason = {
  because: 'calendar',
  reason: 'Nghỉ thêm',
  document: null,
  by: 'bench',
  source: 'bench',
};

/** What confirming the day off does: dues, the reason on every case, reminders, and the commit. */
const redate = ({ app, db, clock }: ThrowawayService, day: EpochDay): Promise<Timed> =>
  timed(async () => {
    const unitIds = (await app.get(CalendarService).book()).unitsWithin(null);
    const scope = { unitIds, firstDay: isoDay(day), lastDay: isoDay(day) };
    return db.transaction(async (tx) => {
      const { moved } = await app.get(DeadlineService).recompute(tx, scope, WHY);
      await app.get(DeadlineRepository).rearm(tx, scope, clock.now());
      return moved;
    });
  });

/** The first time, before there is anything to move. */
const computeAll = ({ app, db }: ThrowawayService): Promise<unknown> =>
  db.transaction((tx) => app.get(DeadlineService).recompute(tx, 'all'));

/**
 * What no program could do without, by two statements that know the answer beforehand: the same rows get other dues, and
 * their ledgers a line each.
 */
const floor = ({ db, clock }: ThrowawayService): Promise<Timed> =>
  timed(() =>
    db.transaction(async (tx) => {
      await tx.query(
        `update case_record c set computed_due_at = computed_due_at + interval '1 day',
           deadline_at = coalesce(promised_at, computed_due_at + interval '1 day'),
           deadline_day = deadline_day + (promised_at is null)::int,
           next_alert_at = case when promised_at is null then $1 else next_alert_at end`,
        [clock.now()],
      );
      const moved = await rows(
        tx,
        `with told as (
           insert into case_event (case_id, kind, at, recorded_at, source, data)
           select id, 'deadline-moved', $1, $1, 'bench', jsonb_build_object('due', computed_due_at) from case_record
           returning 1)
         select count(*)::int as count from told`,
        [clock.now()],
      );
      return (moved[0] as { count: number }).count;
    }),
  );

/** Nothing left behind by one measurement is paid for by the next. */
const settle = async ({ db }: ThrowawayService): Promise<void> => {
  await db.query(`delete from case_event where kind = 'deadline-moved'`);
  await db.query('vacuum analyze case_record');
  await db.query('vacuum analyze case_event');
  await db.query('checkpoint');
};

async function rounds(service: ThrowawayService, days: { few: EpochDay; all: EpochDay }) {
  const { rows: known } = await service.app.get(CalendarService).ownRows(null);
  const figures = { few: [] as Timed[], all: [] as Timed[], floor: [] as Timed[] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const which of ['few', 'all'] as const)
      for (const off of [days[which], null]) {
        await settle(service);
        await declare(service, known, off);
        figures[which].push(await redate(service, days[which]));
        service.clock.moveTo(new Date(service.clock.now().getTime() + 1_000));
      }
    await settle(service);
    figures.floor.push(await floor(service));
    await computeAll(service);
  }
  return figures;
}

const medianOf = (figures: Timed[]): Timed => ({
  seconds: median(figures.map((f) => f.seconds)),
  moved: median(figures.map((f) => f.moved)),
});

export const reDating: Bench = (say) =>
  withThrowawayService(async (service) => {
    say(`  ${figure(CASES)} hồ sơ đang giải quyết của ${COMMUNES} xã trong một PostgreSQL tạm`);
    await makeCases(service);
    await computeAll(service);
    await service.db.query(
      'update case_record set promised_at = computed_due_at, promised_first_at = computed_due_at where id % 5 <> 0',
    );
    await computeAll(service);
    const { calendar } = await service.app.get(CalendarService).of(null);
    const today = dayOfInstant(service.clock.now());
    say(`  khai báo thêm một ngày nghỉ, tính lại hạn, ${ROUNDS} vòng`);
    const found = await rounds(service, {
      few: calendar.addWorkingDays(today, 20),
      all: calendar.nextWorkingDay(today),
    });
    const [few, all, bare] = [medianOf(found.few), medianOf(found.all), medianOf(found.floor)];
    const against =
      `UPDATE và INSERT thuần ${figure(bare.moved)} dòng: ${figure(bare.seconds)} giây, ` +
      `gấp ${figure(all.seconds / bare.seconds)} lần`;
    const target = { below: 1 };
    const what = (moved: number): string =>
      `Thêm một ngày nghỉ: tính lại ${figure(CASES)} hồ sơ, ${figure(moved)} đổi hạn`;
    return [
      { id: 'calendar.day-off-few', what: what(few.moved), value: few.seconds, unit: 'giây', target },
      {
        id: 'calendar.day-off-all',
        what: what(all.moved),
        value: all.seconds,
        unit: 'giây',
        target,
        against,
      },
    ].map(measured);
  });
