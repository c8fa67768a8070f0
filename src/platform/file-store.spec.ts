import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Readable } from 'node:stream';
import { FileStore } from './file-store';
import type { Runtime } from './runtime';

const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

describe('the file store', () => {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'files-'));
  const store = new FileStore({ dataDir } as Runtime);
  afterAll(() => fs.rmSync(dataDir, { recursive: true, force: true }));

  it('names a file by the SHA-256 of its content', async () => {
    expect(await store.put('abc')).toEqual({ sha256: ABC, size: 3 });
    expect((await store.read(ABC)).toString()).toBe('abc');
  });

  it('takes a stream, and keeps the same content once', async () => {
    expect(await store.put(Readable.from([Buffer.from('a'), Buffer.from('bc')]))).toEqual({
      sha256: ABC,
      size: 3,
    });
    const kept = fs.readdirSync(path.join(dataDir, 'files'), { recursive: true, withFileTypes: true });
    expect(kept.filter((entry) => entry.isFile())).toHaveLength(1);
  });

  it('leaves nothing behind when the source breaks off', async () => {
    const broken = new Readable({ read: () => undefined });
    const put = store.put(broken);
    broken.push('half');
    broken.destroy(new Error('line lost'));
    await expect(put).rejects.toThrow('line lost');
    expect(fs.readdirSync(path.join(dataDir, 'files')).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('accepts nothing but a hash as a name', () => {
    expect(() => store.path('../../etc/passwd')).toThrow(RangeError);
  });
});
