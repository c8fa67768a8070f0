import type { DataSource } from 'typeorm';
import { CalendarBootstrap } from '../../src/calendars/calendar-bootstrap';
import { definitionOf, firstCalendar } from '../../src/calendars/calendar-rows';
import { CalendarRepository } from '../../src/calendars/calendar.repository';
import { CalendarService } from '../../src/calendars/calendar.service';
import { Database, one, rows } from '../../src/database/transaction';
import { isoDay, parseIsoDay } from '../../src/domain/local-date';
import { WorkingCalendar } from '../../src/domain/working-calendar';
import { Clock } from '../../src/platform/clock';
import { connect, createTestDatabase, type TestDatabase } from '../support/database';

describe('the stored calendar', () => {
  const repository = new CalendarRepository();
  let testDatabase: TestDatabase;
  let db: DataSource;
  let database: Database;
  let bootstrap: CalendarBootstrap;

  beforeEach(async () => {
    testDatabase = await createTestDatabase();
    db = await connect(testDatabase.url);
    database = new Database(db);
    bootstrap = new CalendarBootstrap(database, repository, new Clock());
  });

  afterEach(async () => {
    await db?.destroy();
    await testDatabase?.drop();
  });

  const versions = async () =>
    (await one<{ n: number }>(db.manager, 'select count(*) as n from calendar_version'))!.n;

  it('is made at the first start and left alone at every later one', async () => {
    expect(await bootstrap.run()).toEqual({ created: true });
    expect(await bootstrap.run()).toEqual({ created: false });
    expect(await versions()).toBe(1);
  });

  it('is made once by processes that start together', async () => {
    const results = await Promise.all(Array.from({ length: 4 }, () => bootstrap.run()));
    expect(results.filter((r) => r.created)).toHaveLength(1);
    expect(await versions()).toBe(1);
  });

  it('comes back from the database as it went in', async () => {
    await bootstrap.run();
    const stored = await repository.rowsOf(db.manager, (await repository.latestVersionId(db.manager, null))!);
    const first = firstCalendar();
    expect(stored.years).toEqual(first.years);
    expect(stored.days).toEqual([...first.days].sort((a, b) => (a.day < b.day ? -1 : 1)));
    const [kept, built] = [WorkingCalendar.of(definitionOf(stored)), WorkingCalendar.of(definitionOf(first))];
    for (let day = parseIsoDay('2024-01-01'); day < parseIsoDay('2029-01-01'); day++) {
      expect(kept.describe(day)).toEqual(built.describe(day));
      expect(kept.intervalsOf(day)).toEqual(built.intervalsOf(day));
    }
  });

  it('is built once and read anew when another version is stored', async () => {
    await bootstrap.run();
    const service = new CalendarService(database, repository);
    const before = await service.of(null);
    expect((await service.of(null)).calendar).toBe(before.calendar);
    await database.transaction(async (tx) => {
      const reason = 'Nghỉ hoán đổi 23/11 theo văn bản mới';
      const id = await repository.insertVersion(tx, {
        unitId: null,
        document: 'X',
        createdAt: new Date(),
        createdBy: 'Lò Thị Mai',
        reason,
      });
      const stored = await repository.rowsOf(tx, before.versionId);
      const swapped = {
        day: '2026-11-23',
        kind: 'off',
        name: 'Nghỉ hoán đổi',
        document: 'X',
        hours: null,
        inExchangeFor: null,
      } as const;
      const half = {
        ...swapped,
        day: '2026-11-28',
        kind: 'worked',
        hours: [['08:00', '11:00']] as [string, string][],
      } as const;
      await repository.insertRows(tx, id, {
        ...stored,
        days: [...stored.days, swapped, { ...half, hours: [...half.hours], inExchangeFor: '2026-11-23' }],
      });
    });
    const after = await service.of(null);
    expect(after.versionId).toBeGreaterThan(before.versionId);
    expect(isoDay(before.calendar.addWorkingDays(parseIsoDay('2026-11-20'), 1))).toBe('2026-11-23');
    expect(isoDay(after.calendar.addWorkingDays(parseIsoDay('2026-11-20'), 1))).toBe('2026-11-25');
    expect(after.calendar.intervalsOf(parseIsoDay('2026-11-28'))).toEqual([{ opens: 480, closes: 660 }]);
    expect((await service.versions(null)).map((v) => v.reason)).toEqual([
      'Nghỉ hoán đổi 23/11 theo văn bản mới',
      expect.stringContaining('Lịch ban đầu'),
    ]);
  });

  it('a calendar of one unit does not become the national one', async () => {
    await bootstrap.run();
    const [unit] = await rows<{ id: number }>(
      db.manager,
      `insert into unit (kind, code, name) values ('commune', 'X', 'Xã') returning id`,
    );
    await db.query(
      `insert into calendar_version (unit_id, created_at, created_by, reason) values ($1, now(), 'x', 'x')`,
      [unit!.id],
    );
    const national = await one<{ id: number }>(db.manager, 'select min(id) as id from calendar_version');
    expect(await repository.latestVersionId(db.manager, null)).toBe(national!.id);
  });

  it('without any calendar the service says what to do', async () => {
    await expect(new CalendarService(database, repository).of(null)).rejects.toThrow(
      'Chưa có lịch làm việc nào.',
    );
  });

  it('only a make-up day may be worked in exchange', async () => {
    await bootstrap.run();
    const update = `update calendar_day set in_exchange_for = '2026-08-22' where day = '2026-08-31'`;
    await expect(db.query(update)).rejects.toThrow(/calendar_day_check/);
  });
});
