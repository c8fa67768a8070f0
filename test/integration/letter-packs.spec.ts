import { execFileSync, fork } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { EvidencePackFiles } from '../../src/letters/evidence-pack-files.service';
import type { Manifest } from '../../src/letters/evidence-pack-zip.writer';
import { LetterDraftService } from '../../src/letters/letter-draft.service';
import { LetterFileBatches } from '../../src/letters/letter-file-batches.service';
import { LetterFileMaker } from '../../src/letters/letter-file-maker.service';
import { Form06aService } from '../../src/reports/form-06a.service';
import { FileStore } from '../../src/platform/file-store';
import type { Reader } from '../../src/web/reader';
import { startTestApp, type TestApp } from '../support/app';
import { pagesOf, poppler } from '../support/poppler';
import { confirmLetters, addCases, clerkOf } from './letters-fixture';

const NOW = new Date('2026-08-26T09:42:00+07:00');
const PERIOD = { from: '2025-01-01', to: '2025-12-31' };
const CHILD = path.join(__dirname, '..', 'support', 'make-letter-file.ts');
const COMPILER = path.join(__dirname, '..', 'support', 'compile-typescript.cjs');
/** The smallest picture: one white dot. */
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg==',
  'base64',
);

let t: TestApp;
let clerk: Reader;
let store: FileStore;
let folder: string;
beforeAll(async () => {
  t = await startTestApp({ now: NOW, env: { ROLE: 'web' } });
  clerk = await clerkOf(t);
  store = t.app.get(FileStore);
  folder = mkdtempSync(path.join(tmpdir(), 'dung-hen-pack-'));
});
afterAll(async () => {
  await t?.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  t.clock.moveTo(NOW);
  await t.db.query(
    `truncate letter_batch, letter_delivery, letter_version, letter, letter_series, overdue_settlement, case_event,
       case_record, procedure cascade`,
  );
});

/** So many letters for cases settled late in 2025, all sent but the last. */
async function sentLetters(n: number): Promise<void> {
  const codes = Array.from({ length: n }, (_, i) => `P-${String(i + 1).padStart(2, '0')}`);
  await addCases(
    t,
    codes.map((code) => ({
      code,
      promised: '2025-03-10T17:00:00+07:00',
      received: '2025-03-03T08:00:00+07:00',
      finished: '2025-03-12T10:00:00+07:00',
    })),
  );
  await t.app.get(LetterDraftService).draftOwed();
  await confirmLetters(t, codes, { reason: 'Khối lượng hồ sơ tăng đột biến' });
  await t.db.query(
    `update letter set state = 'sent', sent_at = '2026-08-26T10:00:00+07:00' where number < $1`,
    [n],
  );
  await t.db.query(
    `insert into letter_delivery (letter_id, channel, at, recipient, evidence, recorded_at)
     select id, 'post', sent_at, 'Vàng Thị Pàng', 'Phiếu gửi ' || number, now() from letter where state = 'sent'`,
  );
}

async function proof(number: number, content: Buffer, name: string): Promise<string> {
  const { sha256 } = await store.put(content);
  await t.db.query(
    `update letter_delivery d set evidence_sha256 = $2, evidence_name = $3 from letter l
     where l.id = d.letter_id and l.number = $1`,
    [number, sha256, name],
  );
  return sha256;
}

async function made(kind: 'pack-zip' | 'pack-pdf' | 'pdf', request?: { letterIds: number[] }) {
  const batches = t.app.get(LetterFileBatches);
  const id = await batches.ask(clerk, kind, request ?? { ...PERIOD, unitId: clerk.communeIds[0]! });
  await t.app.get(LetterFileMaker).make(id);
  return batches.find(clerk, id);
}

const sha = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

function unzipped(zip: Buffer): { names: string[]; read: (name: string) => Buffer } {
  const file = path.join(folder, `${randomUUID()}.zip`);
  writeFileSync(file, zip);
  execFileSync('python3', [
    '-c',
    `import zipfile,sys; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])`,
    file,
    `${file}.d`,
  ]);
  const names = execFileSync(
    'python3',
    ['-c', `import zipfile,sys; print('\\n'.join(zipfile.ZipFile(sys.argv[1]).namelist()))`, file],
    { encoding: 'utf8' },
  );
  return { names: names.trim().split('\n'), read: (name) => readFileSync(path.join(`${file}.d`, name)) };
}

describe('the evidence pack as a ZIP', () => {
  it('has every letter, every proof and a manifest that tells the truth about each byte', async () => {
    await sentLetters(3);
    await proof(1, DOT, 'Biên nhận số 5.png');
    const batch = await made('pack-zip');
    expect(batch).toMatchObject({
      state: 'done',
      total: 4,
      done: 4,
      fileName: 'ho-so-minh-chung-2025-01-01-2025-12-31.zip',
    });
    const { names, read } = unzipped(await store.read(batch.fileSha256!));
    expect(names).toEqual([
      '00-bia.pdf',
      '01-phu-luc.pdf',
      '01-phu-luc.xlsx',
      '02-bieu-ii-06a.pdf',
      '02-bieu-ii-06a.xlsx',
      '03-loi-ghi-gui-thu.txt',
      'thu/2026-0001-P-01.pdf',
      'minh-chung/2026-0001-P-01-1-post-Bien-nhan-so-5.png',
      'thu/2026-0002-P-02.pdf',
      'thu/2026-0003-P-03.pdf',
      'MANIFEST.txt',
      'manifest.json',
    ]);
    const manifest = JSON.parse(read('manifest.json').toString()) as Manifest;
    expect(manifest).toMatchObject({
      ...PERIOD,
      missing: [],
      figures: { owed: 3, sent: 2, late: 2, none: 1 },
    });
    expect(manifest.files.map((f) => f.name)).toEqual(names.slice(0, -2));
    for (const file of manifest.files) expect(sha(read(file.name))).toBe(file.sha256);
    expect(read('MANIFEST.txt').toString()).toBe(
      `${manifest.files.map((f) => `${f.sha256}  ${f.name}`).join('\n')}\n`,
    );
    const [letter] = await t.db.query<[{ sha: string }]>(
      `select file_sha256 as sha from letter where number = 2`,
    );
    expect(sha(read('thu/2026-0002-P-02.pdf'))).toBe(letter.sha);
    const cover = pagesOf(read('00-bia.pdf')).join(' ');
    expect(cover).toContain('Số lần trễ hẹn phải xin lỗi 3');
    expect(cover).toContain('Tỷ lệ đã có thư xin lỗi 66,67%');
    expect(pagesOf(read('01-phu-luc.pdf')).join(' ')).toMatch(/Bưu chính, .*10:00 26\/8\/2026/);
    expect(read('03-loi-ghi-gui-thu.txt').toString()).toContain(
      '01/XL-TTPVHCC\tP-01\tBưu chính, 10:00 26/8/2026',
    );
    if (process.env.KEEP)
      for (const n of ['00-bia.pdf', '01-phu-luc.pdf', '02-bieu-ii-06a.pdf'])
        writeFileSync(path.join(process.env.KEEP, n), read(n));
  });

  it('the same facts at the same time give the same bytes', async () => {
    await sentLetters(2);
    const first = await made('pack-zip');
    const second = await made('pack-zip');
    expect(second.id).not.toBe(first.id);
    expect(second.fileSha256).toBe(first.fileSha256);
  });

  it('names what is missing, and makes a letter again whose file is gone', async () => {
    await sentLetters(2);
    const gone = await proof(1, Buffer.from('quét'), 'quet.pdf');
    rmSync(store.path(gone));
    const [letter] = await t.db.query<[{ sha: string }]>(
      `select file_sha256 as sha from letter where number = 2`,
    );
    rmSync(store.path(letter.sha));
    const { read } = unzipped(await store.read((await made('pack-zip')).fileSha256!));
    const manifest = JSON.parse(read('manifest.json').toString()) as Manifest;
    expect(manifest.missing).toEqual([
      expect.objectContaining({ name: 'minh-chung/2026-0001-P-01-1-post-quet.pdf', expected: gone }),
    ]);
    expect(read('MANIFEST.txt').toString()).toContain('# THIẾU: minh-chung/2026-0001-P-01-1-post-quet.pdf');
    expect(pagesOf(read('00-bia.pdf')).join(' ')).toContain('Còn thiếu 1 tệp');
    expect(sha(read('thu/2026-0002-P-02.pdf'))).toBe(letter.sha);
  });

  it('the signed copy stands for the letter; one that is gone is missing, not replaced', async () => {
    await sentLetters(2);
    const { sha256 } = await store.put(Buffer.from('%PDF-1.7 signed'));
    await t.db.query(`update letter set signed_sha256 = $1 where number = 1`, [sha256]);
    const first = unzipped(await store.read((await made('pack-zip')).fileSha256!));
    expect(first.read('thu/2026-0001-P-01-ky-so.pdf').toString()).toBe('%PDF-1.7 signed');
    rmSync(store.path(sha256));
    const second = unzipped(await store.read((await made('pack-zip')).fileSha256!));
    expect((JSON.parse(second.read('manifest.json').toString()) as Manifest).missing).toHaveLength(1);
  });

  it('a case excused by a proven error is listed with what proves it, and owes nothing', async () => {
    await sentLetters(2);
    const { sha256 } = await store.put(Buffer.from('công văn'));
    await t.db.query(
      `insert into overdue_settlement (case_id, cause, deadline_at, verdict, note, evidence, file_sha256, file_name, settled_at)
       select id, 'status-not-updated', deadline_at, 'system-error', 'x', 'Công văn 5', $1, 'cv5.pdf', now()
       from case_record where code = 'P-01'`,
      [sha256],
    );
    const { read, names } = unzipped(await store.read((await made('pack-zip')).fileSha256!));
    expect(names).toContain('loi-he-thong/P-01-minh-chung-1-cv5.pdf');
    const manifest = JSON.parse(read('manifest.json').toString()) as Manifest;
    expect(manifest.figures).toMatchObject({ owed: 1, excused: 1 });
  });
});

describe('the evidence pack as one PDF', () => {
  it('has cover, contents, appendix, form, letters with their proofs, all pages numbered', async () => {
    await sentLetters(3);
    await proof(1, DOT, 'bien-nhan.png');
    await proof(2, Buffer.from('no pdf at all'), 'hong.pdf');
    const batch = await made('pack-pdf');
    expect(batch).toMatchObject({ state: 'done', error: null });
    const pdf = await store.read(batch.fileSha256!);
    if (process.env.KEEP) writeFileSync(path.join(process.env.KEEP, 'pack.pdf'), pdf);
    const pages = pagesOf(pdf);
    expect(pages).toHaveLength(8);
    expect(pages[0]).toContain('HỒ SƠ MINH CHỨNG');
    expect(pages[1]).toContain('MỤC LỤC');
    expect(pages[1]).toContain('hong.pdf (không in được vào tệp PDF, xem bản ZIP)');
    const [, toc] = /Thư xin lỗi số 02\/XL-TTPVHCC, hồ sơ P-02 (\d+)/.exec(pages[1]!)!;
    expect(pages[Number(toc) - 1]).toContain('Số: 02/XL-TTPVHCC');
    pages.forEach((page, i) => expect(page).toContain(`${i + 1}/8`));
    expect(poppler('pdfinfo', pdf)).toContain('Title:           Hồ sơ minh chứng xin lỗi khi trễ hẹn');
  });
});

describe('a large file made in the background', () => {
  const ids = async () =>
    (await t.db.query<{ id: number }[]>('select id from letter order by number')).map((l) => Number(l.id));

  it('prints letters in the order asked, and a double click asks once', async () => {
    await sentLetters(3);
    const batches = t.app.get(LetterFileBatches);
    const request = { letterIds: (await ids()).reverse() };
    const first = await batches.ask(clerk, 'pdf', request);
    expect(await batches.ask(clerk, 'pdf', request)).toBe(first);
    await t.app.get(LetterFileMaker).make(first);
    const { sha256, name } = await batches.made(clerk, first);
    expect(name).toBe('thu-xin-loi-3.pdf');
    expect(pagesOf(await store.read(sha256)).map((p) => /Số: (\d+)/.exec(p)?.[1])).toEqual([
      '03',
      '02',
      '01',
    ]);
  });

  it('is made by one process, and taken over only when that one is silent', async () => {
    await sentLetters(1);
    const batches = t.app.get(LetterFileBatches);
    const id = await batches.ask(clerk, 'pdf', { letterIds: await ids() });
    await t.db.query(
      `update letter_batch set state = 'running', worker = gen_random_uuid(), beat_at = now(), attempts = 1`,
    );
    await t.app.get(LetterFileMaker).make(id);
    expect(await batches.find(clerk, id)).toMatchObject({ state: 'running' });
    expect(await batches.tend()).toBe(0);
    await t.db.query(`update letter_batch set beat_at = now() - interval '31 seconds'`);
    expect(await batches.tend()).toBe(1);
    await t.app.get(LetterFileMaker).make(id);
    expect(await batches.find(clerk, id)).toMatchObject({ state: 'done', attempts: 2 });
  });

  it('goes on in another process when its own is killed at work', async () => {
    await sentLetters(80);
    // made again one by one, so that there is work for a while
    for (const { sha } of await t.db.query<{ sha: string }[]>('select file_sha256 as sha from letter'))
      rmSync(store.path(sha), { force: true });
    const batches = t.app.get(LetterFileBatches);
    const id = await batches.ask(clerk, 'pack-zip', { ...PERIOD, unitId: clerk.communeIds[0]! });
    const { databaseUrl, dataDir } = t.runtime;
    const child = fork(CHILD, [databaseUrl, dataDir, id], {
      execArgv: ['--require', COMPILER],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const ended = new Promise<NodeJS.Signals | null>((resolve) =>
      child.once('exit', (_, signal) => resolve(signal)),
    );
    await Promise.race([new Promise((resolve) => child.once('message', resolve)), ended]);
    while ((await batches.find(clerk, id)).state === 'waiting') await setImmediate();
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    expect((await batches.find(clerk, id)).state).toBe('running');

    await t.db.query(`update letter_batch set beat_at = beat_at - interval '31 seconds'`);
    expect(await batches.tend()).toBe(1);
    await t.app.get(LetterFileMaker).make(id);
    const done = await batches.find(clerk, id);
    expect(done).toMatchObject({ state: 'done', attempts: 2, total: 80, done: 80 });
    const { read } = unzipped(await store.read(done.fileSha256!));
    const manifest = JSON.parse(read('manifest.json').toString()) as Manifest;
    expect(manifest.files.filter((f) => f.name.startsWith('thu/'))).toHaveLength(80);
    expect(manifest.missing).toEqual([]);
  }, 120_000);

  it('that ended its process again and again is given up in words, and can be asked for once more', async () => {
    await sentLetters(1);
    const batches = t.app.get(LetterFileBatches);
    const id = await batches.ask(clerk, 'pdf', { letterIds: await ids() });
    await t.db.query(
      `update letter_batch set state = 'running', beat_at = now() - interval '1 hour', attempts = 3`,
    );
    await t.app.get(LetterFileMaker).make(id);
    const failed = await batches.find(clerk, id);
    expect(failed.state).toBe('failed');
    expect(failed.error).toContain('Chọn kỳ ngắn hơn');
    await batches.again(clerk, id);
    await t.app.get(LetterFileMaker).make(id);
    expect((await batches.find(clerk, id)).state).toBe('done');
  });

  it('that cannot be made says why', async () => {
    await sentLetters(1);
    const batches = t.app.get(LetterFileBatches);
    const id = await batches.ask(clerk, 'pdf', { letterIds: await ids() });
    await t.db.query('truncate letter_delivery; delete from letter');
    await t.app.get(LetterFileMaker).make(id);
    expect(await batches.find(clerk, id)).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('Chưa chọn thư nào'),
    });
    await expect(batches.made(clerk, id)).rejects.toThrow('chưa làm xong');
  });

  it('of another office is not found, nor asked for', async () => {
    await sentLetters(1);
    const batches = t.app.get(LetterFileBatches);
    const request = { letterIds: await ids() };
    const id = await batches.ask(clerk, 'pdf', request);
    const stranger = { ...clerk, communeIds: [-1] };
    await expect(batches.find(stranger, id)).rejects.toThrow('Không có tệp này');
    await expect(batches.ask(stranger, 'pdf', request)).rejects.toThrow('Chưa chọn thư nào');
    await expect(
      batches.ask(stranger, 'pack-zip', { ...PERIOD, unitId: clerk.communeIds[0]! }),
    ).rejects.toThrow();
  });
});

describe('form II.06a', () => {
  it('counts every case by date, and tells why it does not balance', async () => {
    const c = (code: string, more: object) => ({
      code,
      received: '2025-03-03T08:00:00+07:00',
      promised: '2025-03-10T17:00:00+07:00',
      ...more,
    });
    await addCases(t, [
      c('EARLY', { finished: '2025-03-07T10:00:00+07:00' }),
      c('ON-TIME', { finished: '2025-03-10T20:00:00+07:00' }),
      c('LATE', { finished: '2025-03-11T08:00:00+07:00' }),
      c('WITHDRAWN', { status: 7, finished: '2025-03-20T08:00:00+07:00' }),
      c('STOPPED-UNKNOWN', { status: 8 }),
      c('REFUSED', { status: 3 }),
      c('OPEN-OVERDUE', {}),
      c('OPEN-PAUSED', { status: 5 }),
      c('LATER-SETTLED', { promised: '2026-02-02T17:00:00+07:00', finished: '2026-01-20T08:00:00+07:00' }),
      c('CARRIED', { received: '2024-12-20T08:00:00+07:00', finished: '2025-03-07T08:00:00+07:00' }),
      c('BEFORE', {
        received: '2024-12-01T08:00:00+07:00',
        promised: '2024-12-10T17:00:00+07:00',
        finished: '2024-12-09T08:00:00+07:00',
      }),
      c('AFTER', { received: '2026-01-02T08:00:00+07:00', promised: '2026-01-10T17:00:00+07:00' }),
    ]);
    const { total } = await t.app.get(Form06aService).figures(clerk.communeIds, PERIOD);
    expect(total).toMatchObject({
      direct: 8,
      online: 0,
      carried: 1,
      received: 9,
      early: 2,
      onTime: 2,
      late: 1,
      pendingInTime: 2,
      pendingLate: 1,
      gap: 1,
      endUnknown: 1,
    });
    const pdf = await t.app
      .get(Form06aService)
      .pdf({ unitId: clerk.communeIds[0]!, period: PERIOD, madeBy: 'A', at: NOW });
    const page = pagesOf(pdf).join(' ');
    expect(page).toContain('Biểu số II.06a/VPCP/KSTT');
    expect(page).toContain('Chưa cân đối: (3) hơn (7) + (11) là 1 hồ sơ.');
  });
});

it('an order of nobody makes nothing', async () => {
  const files = t.app.get(EvidencePackFiles);
  const progress = { total: 0, done: 0, startedAt: NOW, signal: new AbortController().signal };
  const order = { unitId: clerk.communeIds[0]!, ...PERIOD, madeBy: 'A' };
  const { sha256 } = await files.make('pack-zip', order, progress);
  const manifest = JSON.parse(
    unzipped(await store.read(sha256))
      .read('manifest.json')
      .toString(),
  ) as Manifest;
  expect(manifest.figures).toMatchObject({ owed: 0, percent: null });
  expect(manifest.files).toHaveLength(6);
});
