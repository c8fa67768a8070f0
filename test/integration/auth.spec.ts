import type { DataSource } from 'typeorm';
import { AuditRepository } from '../../src/audit/audit.repository';
import { AuditService } from '../../src/audit/audit.service';
import { ApiKeyRepository } from '../../src/auth/api-key.repository';
import { ApiKeyService } from '../../src/auth/api-key.service';
import { FirstAccount } from '../../src/auth/first-account';
import { OwnAccountService } from '../../src/auth/own-account.service';
import { hashPassword, passwordFault } from '../../src/auth/password';
import { ReaderService } from '../../src/auth/reader.service';
import { SessionProcessor } from '../../src/auth/session.processor';
import { SessionRepository } from '../../src/auth/session.repository';
import { SessionService } from '../../src/auth/session.service';
import { SignInService } from '../../src/auth/sign-in.service';
import { UserRepository, type User } from '../../src/auth/user.repository';
import { UserService } from '../../src/auth/user.service';
import { Database } from '../../src/database/transaction';
import { UnitBootstrap } from '../../src/units/unit-bootstrap';
import { UnitEditor } from '../../src/units/unit-editor.service';
import { UnitRepository } from '../../src/units/unit.repository';
import { UnitService } from '../../src/units/unit.service';
import type { Role } from '../../src/web/reader';
import { DEFAULT_NOW, FixedClock } from '../support/app';
import { connect, createTestDatabase, type TestDatabase } from '../support/database';
import { NoQueue } from '../support/no-queue';

const BY = { actor: 'Ngô Minh Trí', userId: null };
const PASSWORD = 'mưa rừng tháng bảy';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('sign-in, sessions, accounts and keys', () => {
  let scratch: TestDatabase;
  let source: DataSource;
  let database: Database;
  let clock: FixedClock;
  let audit: AuditService;
  let users: UserService;
  let accounts: UserRepository;
  let units: UnitService;
  let editor: UnitEditor;
  let bootstrap: UnitBootstrap;
  let sessions: SessionService;
  let signIns: SignInService;
  let keys: ApiKeyService;
  let readers: ReaderService;
  let passwordHash: string;

  beforeAll(async () => {
    passwordHash = await hashPassword(PASSWORD);
    scratch = await createTestDatabase();
    source = await connect(scratch.url);
    database = new Database(source);
    clock = new FixedClock(DEFAULT_NOW);
    const unitRows = new UnitRepository();
    accounts = new UserRepository();
    audit = new AuditService(new AuditRepository(), clock);
    units = new UnitService(database, unitRows);
    editor = new UnitEditor(database, unitRows, audit, new NoQueue());
    bootstrap = new UnitBootstrap(database, unitRows);
    sessions = new SessionService(database, new SessionRepository(), clock);
    users = new UserService(database, accounts, sessions, audit);
    signIns = new SignInService(database, accounts, sessions, audit, clock);
    keys = new ApiKeyService(database, new ApiKeyRepository(), units, audit, clock);
    readers = new ReaderService(sessions, keys, units);
    await signIns.onModuleInit();
  });

  beforeEach(async () => {
    clock.moveTo(DEFAULT_NOW);
    await database.transaction(async (tx) => {
      await tx.query('set local session_replication_role = replica');
      await tx.query('truncate audit_entry, session, api_key, user_account, unit restart identity cascade');
    });
    await bootstrap.run();
  });

  afterAll(async () => {
    await source.destroy();
    await scratch.drop();
  });

  const pass = (ms: number): void => clock.moveTo(new Date(clock.now().getTime() + ms));

  /** Without hashing each time: that is most of the time of this file. */
  const account = async (username: string, role: Role = 'officer', unitId?: number): Promise<User> => {
    const at = unitId ?? (await units.commune()).id;
    const id = await accounts.insert(database.pool, {
      ...{
        username,
        role,
        unitId: at,
        fullName: `Người dùng ${username}`,
        title: null,
        email: null,
        phone: null,
      },
      ...{ passwordHash, mustChangePassword: false },
    });
    return (await accounts.byId(database.pool, id))!;
  };
  const enter = (username: string, password = PASSWORD, oldToken?: string): Promise<string | null> =>
    signIns.signIn({ username, password, address: '10.0.0.7', oldToken });
  const fail = async (username: string, times: number): Promise<void> => {
    for (let n = 0; n < times; n += 1) expect(await enter(username, 'sai mật khẩu')).toBeNull();
  };
  const open = async (username: string): Promise<string> => (await enter(username))!;
  const actions = async (): Promise<string[]> =>
    (await audit.latest(database.pool, null, 100)).map((entry) => entry.action).reverse();

  describe('session', () => {
    it('names the person, and the database does not hold its token', async () => {
      await account('diem');
      const token = await open('diem');
      expect(token).toMatch(/^[\w-]{43}$/);
      expect(await sessions.accountOf(token)).toMatchObject({ fullName: 'Người dùng diem', role: 'officer' });
      const [row] = await source.query<{ text: string }[]>(`select session::text as text from session`);
      expect(row?.text).not.toContain(token);
    });

    it('ends after eight idle hours, not before', async () => {
      await account('diem');
      const token = await open('diem');
      pass(8 * HOUR - MINUTE);
      expect(await sessions.accountOf(token)).toBeDefined();
      pass(8 * HOUR - MINUTE);
      expect(await sessions.accountOf(token)).toBeDefined();
      pass(8 * HOUR);
      expect(await sessions.accountOf(token)).toBeUndefined();
    });

    it('ends after 24 hours even when it is used all the time', async () => {
      await account('diem');
      const token = await open('diem');
      for (let hour = 1; hour < 24; hour += 1) {
        pass(HOUR);
        expect(await sessions.accountOf(token)).toBeDefined();
      }
      pass(HOUR);
      expect(await sessions.accountOf(token)).toBeUndefined();
    });

    it('ends after 8 idle hours though the open page keeps asking for its counts', async () => {
      await account('diem');
      const token = await open('diem');
      for (let hour = 1; hour < 8; hour += 1) {
        pass(HOUR);
        expect(await sessions.accountOf(token, false)).toBeDefined();
      }
      pass(HOUR);
      expect(await sessions.accountOf(token, false)).toBeUndefined();
    });

    it('is written to at most once a minute', async () => {
      await account('diem');
      const token = await open('diem');
      const seen = async (): Promise<Date | undefined> => (await sessions.accountOf(token))?.lastSeenAt;
      pass(59_000);
      await seen();
      expect(await seen()).toEqual(DEFAULT_NOW);
      pass(1_000);
      await seen();
      expect(await seen()).toEqual(new Date(DEFAULT_NOW.getTime() + MINUTE));
    });

    it('is new at every sign-in, and the one the browser had before ends', async () => {
      await account('diem');
      const first = await open('diem');
      const second = await enter('diem', PASSWORD, first);
      expect(second).not.toBe(first);
      expect(await sessions.accountOf(first)).toBeUndefined();
      expect(await sessions.accountOf(second!)).toBeDefined();
    });

    it('ends at sign-out', async () => {
      const { id } = await account('diem');
      const token = await open('diem');
      await signIns.signOut({ name: 'Người dùng diem', userId: id }, token);
      expect(await sessions.accountOf(token)).toBeUndefined();
    });

    it('ended ones are removed by the nightly job, live ones stay', async () => {
      await account('diem');
      await open('diem');
      pass(7 * HOUR);
      const token = await open('diem');
      pass(2 * HOUR);
      await new SessionProcessor(sessions).prune();
      const [{ count }] = await source.query<[{ count: number }]>('select count(*) as count from session');
      expect(count).toBe(1);
      expect(await sessions.accountOf(token)).toBeDefined();
    });

    it.each(['', 'x', 'A'.repeat(43), "' or 1=1 --"])(
      'the made-up token "%s" opens nothing',
      async (token) => {
        await account('diem');
        await open('diem');
        expect(await sessions.accountOf(token)).toBeUndefined();
      },
    );
  });

  describe('lock-out', () => {
    it('the fifth failure locks the account for 15 minutes, for the right password too', async () => {
      await account('diem');
      await fail('diem', 5);
      expect(await enter('diem')).toBeNull();
      pass(15 * MINUTE - 1_000);
      expect(await enter('diem')).toBeNull();
      pass(1_000);
      expect(await enter('diem')).not.toBeNull();
    });

    it('four failures do not lock, and a success starts the count again', async () => {
      await account('diem');
      await fail('diem', 4);
      expect(await enter('diem')).not.toBeNull();
      await fail('diem', 4);
      expect(await enter('diem')).not.toBeNull();
    });

    it('failures while locked do not lengthen the lock; after it five more are allowed', async () => {
      await account('diem');
      await fail('diem', 8);
      pass(15 * MINUTE);
      await fail('diem', 4);
      expect(await enter('diem')).not.toBeNull();
    });

    it('guesses sent all at once count one by one', async () => {
      await account('diem');
      await Promise.all(Array.from({ length: 12 }, () => enter('diem', 'sai mật khẩu')));
      expect(await enter('diem')).toBeNull();
      expect((await actions()).filter((action) => action === 'user.locked')).toHaveLength(1);
    });

    it('unknown name, wrong password, locked and closed account get the same answer', async () => {
      await account('quan', 'administrator');
      const closed = await account('cu');
      await users.setActive(BY, closed, false);
      await account('khoa');
      await fail('khoa', 5);
      for (const name of ['khong-co', 'khoa', 'cu']) expect(await enter(name)).toBeNull();
      expect(await enter('quan', 'sai mật khẩu')).toBeNull();
    });

    it('what was typed as an unknown name is not kept: it may be a password', async () => {
      await enter('mật-khẩu-gõ-nhầm');
      const [entry] = await audit.latest(database.pool, null, 1);
      expect(entry).toMatchObject({ action: 'session.refused', subject: 'user:unknown' });
      expect(JSON.stringify(entry)).not.toContain('gõ-nhầm');
    });

    it('the name may be typed in any case', async () => {
      await account('diem');
      expect(await enter('Diem')).not.toBeNull();
    });
  });

  describe('own password', () => {
    const own = (): OwnAccountService => new OwnAccountService(database, accounts, sessions, audit);

    it('a change ends every other session and needs the current password', async () => {
      const { id } = await account('diem');
      const elsewhere = await open('diem');
      await expect(own().changePassword(id, 'sai mật khẩu', 'nắng sớm bản Hon')).rejects.toMatchObject({
        code: 'PASSWORD_WRONG',
      });
      const token = await own().changePassword(id, PASSWORD, 'nắng sớm bản Hon');
      expect(await sessions.accountOf(elsewhere)).toBeUndefined();
      expect(await sessions.accountOf(token)).toMatchObject({ mustChangePassword: false });
      expect(await enter('diem')).toBeNull();
      expect(await enter('diem', 'nắng sớm bản Hon')).not.toBeNull();
    });

    it.each([
      ['ngắn', 'PASSWORD_TOO_SHORT'],
      ['1234567890', 'PASSWORD_TOO_EASY'],
      [PASSWORD, 'PASSWORD_UNCHANGED'],
    ])('"%s" is refused: %s', async (next, code) => {
      const { id } = await account('diem');
      await expect(own().changePassword(id, PASSWORD, next)).rejects.toMatchObject({ code });
    });
  });

  describe('accounts', () => {
    it('a generated password has to be changed, a given one not', async () => {
      const unitId = (await units.commune()).id;
      const made = await users.create(BY, { username: 'moi', fullName: 'Mới', role: 'clerk', unitId });
      expect(passwordFault(made.password, 'moi')).toBeNull();
      expect((await accounts.byId(database.pool, made.id))?.mustChangePassword).toBe(true);
      const given = await users.create(BY, {
        username: 'diem',
        fullName: 'x',
        role: 'clerk',
        unitId,
        password: PASSWORD,
      });
      expect((await accounts.byId(database.pool, given.id))?.mustChangePassword).toBe(false);
    });

    it('a name is taken in any case', async () => {
      const { unitId } = await account('diem');
      const again = { username: 'DIEM', fullName: 'Diễm', role: 'clerk' as const, unitId };
      await expect(users.create(BY, again)).rejects.toMatchObject({ code: 'USERNAME_TAKEN' });
    });

    it('a reset ends the sessions and the lock, and gives a temporary password', async () => {
      const user = await account('diem');
      const token = await open('diem');
      await fail('diem', 5);
      const password = await users.resetPassword(BY, user);
      expect(await sessions.accountOf(token)).toBeUndefined();
      const fresh = await enter('diem', password);
      expect(await sessions.accountOf(fresh!)).toMatchObject({ mustChangePassword: true });
    });

    it('closing an account ends its sessions; reopening lets the person in again', async () => {
      await account('quan', 'administrator');
      const user = await account('diem');
      const token = await open('diem');
      await users.setActive(BY, user, false);
      expect(await sessions.accountOf(token)).toBeUndefined();
      await users.setActive(BY, user, true);
      expect(await enter('diem')).not.toBeNull();
    });

    it('the last administrator can be neither closed nor given another role', async () => {
      const last = await account('quan', 'administrator');
      await expect(users.setActive(BY, last, false)).rejects.toMatchObject({ code: 'LAST_ADMINISTRATOR' });
      await expect(users.update(BY, last, { ...last, role: 'clerk' })).rejects.toMatchObject({
        code: 'LAST_ADMINISTRATOR',
      });
      await account('quan2', 'administrator');
      await users.setActive(BY, last, false);
      expect((await accounts.byId(database.pool, last.id))?.active).toBe(false);
    });

    it('two administrators cannot remove each other at the same moment', async () => {
      const pair = [await account('quan', 'administrator'), await account('quan2', 'administrator')];
      const results = await Promise.allSettled(pair.map((user) => users.setActive(BY, user, false)));
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    });

    it('an administrator sees the accounts of the own commune only', async () => {
      const commune = await units.commune();
      const other = await editor.add(BY, { parentId: null, kind: 'commune', name: 'Xã Khun Há', code: 'KH' });
      await account('diem', 'officer', (await units.departments(commune.id))[0]!.id);
      await account('la', 'officer', other.id);
      const seen = await accounts.inReach(database.pool, [commune.id], commune.id);
      expect(seen.map((user) => user.username)).toEqual(['diem']);
      const foreign = accounts.byUsernameInReach(database.pool, [commune.id], commune.id, 'la');
      expect(await foreign).toBeUndefined();
    });

    it('every act is in the audit log, without any password', async () => {
      const unitId = (await units.commune()).id;
      const person = {
        username: 'diem',
        fullName: 'Diễm',
        role: 'officer' as const,
        unitId,
        password: PASSWORD,
      };
      const user = (await accounts.byId(database.pool, (await users.create(BY, person)).id))!;
      await users.update(BY, user, { ...user, fullName: 'Vàng Thị Diễm', role: 'clerk' });
      const password = await users.resetPassword(BY, user);
      const token = await enter('diem', password);
      await signIns.signOut({ name: 'Vàng Thị Diễm', userId: user.id }, token!);
      expect(await actions()).toEqual([
        'user.created',
        'user.updated',
        'user.password-reset',
        'session.opened',
        'session.closed',
      ]);
      const entries = JSON.stringify(await audit.latest(database.pool, null, 100));
      for (const secret of [PASSWORD, password, token!]) expect(entries).not.toContain(secret);
      expect(await audit.verifyChain(database.pool)).toMatchObject({ intact: true });
    });
  });

  describe('first account', () => {
    const first = (): FirstAccount => new FirstAccount(database, accounts, users, units);

    it('is an administrator with a temporary password, made when there is no account', async () => {
      const made = await first().run();
      expect(made?.username).toBe('quantri');
      const token = await enter('quantri', made!.password);
      expect(await sessions.accountOf(token!)).toMatchObject({
        role: 'administrator',
        mustChangePassword: true,
      });
      expect(await first().run()).toBeNull();
    });

    it('is made once by processes that start together', async () => {
      const made = await Promise.all([first().run(), first().run(), first().run()]);
      expect(made.filter((credentials) => credentials !== null)).toHaveLength(1);
    });
  });

  describe('API keys', () => {
    it('a key names a reader of its role and unit; only its hash is stored', async () => {
      const { key, unitCode } = await keys.create('Cổng tỉnh', 'administrator');
      expect(key).toMatch(/^dh_[\w-]{43}$/);
      expect(unitCode).toBe('XA');
      const { id } = await units.commune();
      expect((await readers.ofKey(key))?.reader).toMatchObject({
        kind: 'api-key',
        name: 'Cổng tỉnh',
        role: 'administrator',
        communeIds: [id],
        departmentId: null,
        sessionId: '',
      });
      const [row] = await source.query<{ text: string }[]>(`select api_key::text as text from api_key`);
      expect(row?.text).not.toContain(key.slice(10));
    });

    it('a key of an unknown unit is refused', async () => {
      await expect(keys.create('x', 'officer', 'KHONG-CO')).rejects.toMatchObject({ code: 'UNIT_NOT_FOUND' });
    });

    it('its last use is written at most once a minute', async () => {
      const { key } = await keys.create('Cổng tỉnh', 'officer');
      const lastUse = async (): Promise<Date | null> => {
        const [row] = await source.query<{ at: Date | null }[]>('select last_used_at as at from api_key');
        return row!.at;
      };
      expect(await lastUse()).toBeNull();
      await keys.find(key);
      pass(59_000);
      await keys.find(key);
      expect(await lastUse()).toEqual(DEFAULT_NOW);
      pass(1_000);
      await keys.find(key);
      expect(await lastUse()).toEqual(new Date(DEFAULT_NOW.getTime() + MINUTE));
    });

    it('a revoked key opens nothing', async () => {
      const { key } = await keys.create('Cổng tỉnh', 'officer');
      await keys.revoke(BY, (await keys.find(key))!);
      expect(await keys.find(key)).toBeUndefined();
      expect(await actions()).toEqual(['api-key.created', 'api-key.revoked']);
    });

    it.each(['', 'dh_', 'dh_x', 'x'.repeat(46)])('the made-up key "%s" opens nothing', async (key) => {
      await keys.create('Cổng tỉnh', 'officer');
      expect(await keys.find(key)).toBeUndefined();
    });
  });

  describe('reader', () => {
    it('of a department knows the department and its commune', async () => {
      const commune = await units.commune();
      const [centre] = await units.departments(commune.id);
      await account('diem', 'officer', centre!.id);
      const identity = await readers.ofSession(await open('diem'));
      expect(identity?.reader).toMatchObject({
        kind: 'user',
        departmentId: centre!.id,
        communeIds: [commune.id],
        role: 'officer',
        letterKeys: true,
      });
    });

    it('of a province reaches all of its communes', async () => {
      const province = await editor.add(BY, {
        parentId: null,
        kind: 'province',
        name: 'Tỉnh Lai Châu',
        code: 'H35',
      });
      const below = { parentId: province.id, kind: 'commune' as const };
      const a = await editor.add(BY, { ...below, name: 'Xã Bình Lư', code: 'A' });
      const b = await editor.add(BY, { ...below, name: 'Xã Khun Há', code: 'B' });
      await account('so', 'supervisor', province.id);
      const identity = await readers.ofSession(await open('so'));
      expect(identity?.reader).toMatchObject({
        departmentId: null,
        communeIds: [a.id, b.id],
        unitName: 'Tỉnh Lai Châu',
      });
    });
  });
});
