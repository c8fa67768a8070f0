import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { FolderRuns } from '../../src/ingest/folder-runs.service';
import { ImportFolder } from '../../src/ingest/import-folder.service';
import { IngestService } from '../../src/ingest/ingest.service';
import { WatchedFolder } from '../../src/ingest/watched-folder';
import { caseRow, csv, grid } from '../fixtures/ingest/files';
import { startTestApp, type TestApp } from '../support/app';

const TODAY = '2026-01-12';
const GOOD = csv(grid(caseRow(1), caseRow(2)));

describe('the watched folder', () => {
  let t: TestApp;
  const folder = mkdtempSync(path.join(tmpdir(), 'dung-hen-folder-'));

  beforeAll(async () => {
    const env = { ROLE: 'web', IMPORT_FOLDER: folder };
    t = await startTestApp({ now: new Date(`${TODAY}T09:00:00+07:00`), env });
  });
  beforeEach(async () => {
    await t.db.query(
      'truncate dropped_file, case_event, case_record, case_source, ingest_change, ingest_fault, ingest_run cascade',
    );
    for (const name of readdirSync(folder)) rmSync(path.join(folder, name), { recursive: true });
  });
  afterAll(async () => {
    await t.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const drop = (name: string, content: Buffer | string = GOOD): void => {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  };
  const look = () => t.app.get(ImportFolder).look();
  const runs = () =>
    t.db.query<
      { id: number; state: string; source: string; name: string; created: number; channel: string }[]
    >(`select id, state, source, file_name as name, created, channel from ingest_run order by id`);
  /** What the queue does behind a look. */
  const work = async () => {
    for (const { id } of await runs()) await t.app.get(IngestService).advance(id);
  };
  const through = async () => {
    for (let i = 0; i < 2; i++) await look();
    await work();
    await look();
  };
  const there = (below = ''): string[] =>
    readdirSync(path.join(folder, below), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
      .sort();

  it('takes in a file and moves it to the day it was taken in', async () => {
    drop('ds.csv');
    await through();
    expect(await runs()).toMatchObject([
      { state: 'done', source: 'mot-cua', name: 'ds.csv', created: 2, channel: 'folder' },
    ]);
    expect(there()).toEqual([`da-nhap/${TODAY}/ds.csv`]);
    expect(await look()).toBe(0);
  });

  it('waits while a file grows', async () => {
    drop('ds.csv', GOOD.slice(0, 300));
    await look();
    drop('ds.csv', GOOD);
    expect(await look()).toBe(0);
    expect(await look()).toBe(1);
    await work();
    await look();
    expect(await runs()).toMatchObject([{ state: 'done', created: 2 }]);
  });

  it.each(['~$ds.xlsx', '.ds.csv', 'ds.csv.part', 'ds.xlsx.crdownload', 'ds.tmp'])(
    'leaves %s alone, it is not finished',
    async (name) => {
      drop(name);
      await through();
      expect([await runs(), there()]).toEqual([[], [name]]);
    },
  );

  it('learns the system from the folder in it, and looks no deeper', async () => {
    drop('bo-nganh/ds.csv');
    drop('Hệ thống đất đai/ds.csv', csv(grid(caseRow(3))));
    drop('bo-nganh/cu/ds.csv');
    await through();
    expect((await runs()).map((r) => r.source).sort()).toEqual(['bo-nganh', 'he-thong-dat-dai']);
    expect(there()).toContain('bo-nganh/cu/ds.csv');
    expect(there()).toContain(`da-nhap/${TODAY}/bo-nganh/ds.csv`);
  });

  it('puts a file that is refused aside, with the reason in words', async () => {
    drop('anh.csv', Buffer.from('\u0000\u0001\u0002PNG rubbish', 'latin1'));
    await through();
    expect(there()).toEqual(['loi/anh.csv', 'loi/anh.csv.loi.txt']);
    const why = readFileSync(path.join(folder, 'loi/anh.csv.loi.txt'), 'utf8');
    expect(why).toMatch(/^Tệp anh\.csv chưa được nhập\.\r\n\S/);
    expect(why.split('\r\n')).toHaveLength(4);
  });

  it('puts the rows that stayed out beside the file, to be corrected and dropped again', async () => {
    drop('ds.csv', csv(grid(caseRow(1), caseRow(2, { 'Ngày tiếp nhận': '31/02/2026' }))));
    await through();
    expect(there()).toEqual([`da-nhap/${TODAY}/ds.csv`, `da-nhap/${TODAY}/ds.csv.dong-loi.xlsx`]);
  });

  it('keeps files of one name apart, and finds nothing new in the same content', async () => {
    drop('ds.csv');
    await through();
    drop('ds.csv');
    await through();
    expect(there()).toEqual([`da-nhap/${TODAY}/ds (2).csv`, `da-nhap/${TODAY}/ds.csv`]);
    expect((await runs()).map((r) => r.created)).toEqual([2, 0]);
  });

  it('takes a file once when two processes look at the same time', async () => {
    for (let i = 0; i < 5; i++) drop(`ds-${i}.csv`, csv(grid(caseRow(i + 1))));
    await look();
    const begun = await Promise.all([look(), look(), look()]);
    expect(begun.reduce((sum, n) => sum + n, 0)).toBe(5);
    expect(await runs()).toHaveLength(5);
  });

  it('begins nothing when it is cut off while it takes a file, and takes it once at the next look', async () => {
    drop('ds.csv');
    await look();
    const open = jest.spyOn(t.app.get(FolderRuns), 'open');
    open.mockImplementationOnce(async (...args) => {
      await FolderRuns.prototype.open.apply(t.app.get(FolderRuns), args);
      throw new Error('killed');
    });
    await expect(look()).rejects.toThrow('killed');
    expect([await runs(), there()]).toEqual([[], ['ds.csv']]);
    expect(await look()).toBe(1);
    expect(await runs()).toHaveLength(1);
  });

  it('finishes the move that a look began: nothing is taken in twice', async () => {
    drop('ds.csv');
    await look();
    await look();
    await work();
    // Cut off behind the move, before it was noted.
    const move = jest.spyOn(WatchedFolder.prototype, 'keep');
    move.mockImplementationOnce(async function (this: WatchedFolder, ...args) {
      await this.keep(...args);
      throw new Error('killed');
    });
    await expect(look()).rejects.toThrow('killed');
    move.mockRestore();
    await through();
    expect(await runs()).toHaveLength(1);
    expect(there()).toEqual([`da-nhap/${TODAY}/ds.csv`]);
  });

  it('takes a new file of the name for what it is, while the old one is under way', async () => {
    drop('ds.csv');
    await look();
    await look();
    drop('ds.csv', csv(grid(caseRow(3))));
    utimesSync(path.join(folder, 'ds.csv'), new Date(), new Date(Date.now() + 5_000));
    await work();
    await through();
    expect((await runs()).map((r) => [r.state, r.created])).toEqual([
      ['done', 2],
      ['done', 1],
    ]);
  });

  it('says what is wrong with the folder, and goes on when it is put right', async () => {
    rmSync(folder, { recursive: true });
    expect(await look()).toBe(0);
    expect(await t.app.get(ImportFolder).complaint()).toMatch(/không có\. Tạo thư mục/);
    mkdirSync(folder);
    chmodSync(folder, 0o777);
    expect(await t.app.get(ImportFolder).complaint()).toBeNull();
    drop('ds.csv');
    await through();
    expect(existsSync(path.join(folder, 'da-nhap'))).toBe(true);
  });
});
