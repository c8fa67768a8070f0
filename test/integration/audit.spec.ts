import type { DataSource } from 'typeorm';
import { AuditRepository } from '../../src/audit/audit.repository';
import { AuditService } from '../../src/audit/audit.service';
import { Database } from '../../src/database/transaction';
import { FixedClock, DEFAULT_NOW } from '../support/app';
import { connect, createTestDatabase, type TestDatabase } from '../support/database';

describe('audit log', () => {
  let scratch: TestDatabase;
  let source: DataSource;
  let database: Database;
  let audit: AuditService;

  beforeEach(async () => {
    scratch = await createTestDatabase();
    source = await connect(scratch.url);
    database = new Database(source);
    audit = new AuditService(new AuditRepository(), new FixedClock(DEFAULT_NOW));
  });

  afterEach(async () => {
    await source.destroy();
    await scratch.drop();
  });

  const write = (subject: string, detail: object = {}): Promise<void> =>
    database.transaction((tx) =>
      audit.record(tx, { actor: 'Lò Văn Pao', userId: null, action: 'test.done', subject, detail }),
    );

  /** As somebody with full rights on the server would. */
  const tamper = async (sql: string): Promise<void> => {
    await database.transaction(async (tx) => {
      await tx.query('set local session_replication_role = replica');
      await tx.query(sql);
    });
  };

  it('a chain as it was written is intact', async () => {
    await write('a:1', {
      z: 1,
      a: { y: [1.5, null, 'ạ'], b: true },
      at: new Date(0),
      big: 1e21,
      small: 1e-7,
    });
    await write('a:2', { nul: 'x\u0000y', half: '\ud800' });
    await write('a:3');
    expect(await audit.verifyChain(database.pool)).toEqual({ intact: true, entries: 3 });
  });

  it('an empty chain is intact', async () => {
    expect(await audit.verifyChain(database.pool)).toEqual({ intact: true, entries: 0 });
  });

  it.each([
    [
      'the detail of an entry was changed',
      `update audit_entry set detail = '{"n": 9}' where subject = 'a:2'`,
      2,
    ],
    ['the actor was changed', `update audit_entry set actor = 'x' where subject = 'a:3'`, 3],
    ['the time was changed', `update audit_entry set at = at + interval '1 ms' where subject = 'a:1'`, 1],
    ['an entry in the middle was removed', `delete from audit_entry where subject = 'a:2'`, 3],
    ['the first entry was removed', `delete from audit_entry where subject = 'a:1'`, 2],
    [
      'an entry was put in between',
      `insert into audit_entry (at, actor, action, subject, previous_hash, hash)
       select at, actor, action, 'a:9', hash, sha256('x') from audit_entry where subject = 'a:4'`,
      5,
    ],
    [
      'two entries changed places',
      `update audit_entry e set subject = o.subject, detail = o.detail, hash = o.hash, previous_hash = o.previous_hash
       from audit_entry o where e.id in (2, 3) and o.id in (2, 3) and e.id <> o.id`,
      2,
    ],
  ])('the break is found when %s', async (_, sql, brokenAt) => {
    for (const n of [1, 2, 3, 4]) await write(`a:${n}`, { n });
    await tamper(sql);
    expect(await audit.verifyChain(database.pool)).toMatchObject({ intact: false, brokenAt });
  });

  it("entries can be neither changed nor removed through the service's own connection", async () => {
    await write('a:1');
    for (const sql of [
      `update audit_entry set actor = 'x'`,
      'delete from audit_entry',
      'truncate audit_entry',
    ])
      await expect(source.query(sql)).rejects.toThrow('audit_entry is append-only');
  });

  it('writers at the same time form one chain', async () => {
    await Promise.all(Array.from({ length: 40 }, (_, n) => write(`a:${n}`)));
    expect(await audit.verifyChain(database.pool)).toEqual({ intact: true, entries: 40 });
  });

  it('an entry of a transaction that is rolled back leaves no gap in the chain', async () => {
    await write('a:1');
    const failing = database.transaction(async (tx) => {
      await audit.record(tx, { actor: 'x', userId: null, action: 'test.done', subject: 'a:2' });
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    await write('a:3');
    expect(await audit.verifyChain(database.pool)).toEqual({ intact: true, entries: 2 });
  });

  it('the newest entries come first', async () => {
    for (const n of [1, 2, 3]) await write(`a:${n}`);
    const [newest, second] = await audit.latest(database.pool, null, 2);
    expect([newest?.subject, second?.subject]).toEqual(['a:3', 'a:2']);
    expect((await audit.latest(database.pool, second!.id, 2)).map((entry) => entry.subject)).toEqual(['a:1']);
  });
});
