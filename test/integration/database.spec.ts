import { DataSource } from 'typeorm';
import { migrate, revertAll } from '../../src/database/migrator';
import { one, rows } from '../../src/database/transaction';
import { connect, createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/database';

const SCHEMA = `
  select table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable as line
    from information_schema.columns where table_schema = 'public' and table_name <> 'schema_migration'
  union all select indexdef from pg_indexes where schemaname = 'public' and tablename <> 'schema_migration'
  union all select conrelid::regclass || ' ' || pg_get_constraintdef(oid) from pg_constraint
    where connamespace = 'public'::regnamespace and conrelid <> 0 and conrelid <> 'schema_migration'::regclass
  order by 1`;

async function schemaOf(url: string): Promise<string[]> {
  const source = await connect(url);
  try {
    return (await rows<{ line: string }>(source.manager, SCHEMA)).map((r) => r.line);
  } finally {
    await source.destroy();
  }
}

describe('migrations', () => {
  let empty: TestDatabase;
  beforeEach(async () => {
    empty = await createEmptyDatabase();
  });
  afterEach(() => empty.drop());

  it('run up, down and up again to the same schema, and leave nothing behind when taken back', async () => {
    const ran = await migrate(empty.url);
    const first = await schemaOf(empty.url);
    expect(first.length).toBeGreaterThan(100);

    expect(await revertAll(empty.url)).toBe(ran.length);
    expect(await schemaOf(empty.url)).toEqual([]);

    await migrate(empty.url);
    expect(await schemaOf(empty.url)).toEqual(first);
  });

  it('run once when two processes start at the same time', async () => {
    const [a, b] = await Promise.all([migrate(empty.url), migrate(empty.url)]);
    expect([a.length, b.length].sort((x, y) => x - y)[0]).toBe(0);
    expect(await migrate(empty.url)).toEqual([]);
  });
});

describe('the connection', () => {
  let database: TestDatabase;
  let source: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase();
    source = await connect(database.url);
  });
  afterAll(async () => {
    await source.destroy();
    await database.drop();
  });

  it('reads a date as the day written, whatever the time zone of the process', async () => {
    expect(await one(source.manager, `select date '2026-02-28' as day`)).toEqual({ day: '2026-02-28' });
  });

  it('reads a bigint as a number', async () => {
    expect(await one(source.manager, 'select 2141::bigint as count')).toEqual({ count: 2141 });
  });

  it('hands back the rows of an update … returning', async () => {
    const sql = `insert into unit (kind, code, name) values ('commune', 'X', 'xã Thử') returning id, code`;
    expect(await one(source.manager, sql)).toMatchObject({ code: 'X' });
    const changed = await rows(
      source.manager,
      `update unit set name = 'xã Khác' where code = 'X' returning name`,
    );
    expect(changed).toEqual([{ name: 'xã Khác' }]);
  });

  it('finds a name with Đ when it is searched without marks', async () => {
    expect(await one(source.manager, `select search_key('Đặng Thị ÁNH') as key`)).toEqual({
      key: 'dang thi anh',
    });
  });
});
