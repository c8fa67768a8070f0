import type { FastifyRequest } from 'fastify';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Readable } from 'node:stream';
import type { Clock } from '../platform/clock';
import type { Runtime } from '../platform/runtime';
import { Upload, UPLOAD_LIMIT_MB } from './upload';

const MIB = 1024 * 1024;

describe('an upload', () => {
  let dataDir: string;
  let upload: Upload;
  beforeEach(() => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'dung-hen-upload-'));
    upload = new Upload({ dataDir } as Runtime, { now: () => new Date(0) } as Clock);
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  /** A body of so many megabytes that lies nowhere, and how much of it was read. */
  function body(size: number) {
    const piece = Buffer.alloc(MIB);
    const told = { read: 0 };
    function* pieces() {
      for (; told.read < size; told.read++) yield piece;
    }
    const request = {
      isMultipart: () => false,
      body: Readable.from(pieces(), { objectMode: false }),
      query: { fileName: 'lon.xlsx' },
      headers: {},
    };
    return { told, request: request as unknown as FastifyRequest };
  }
  const sizes = () => readdirSync(path.join(dataDir, 'incoming'));

  it('within the limit is handed on as a file and removed afterwards', async () => {
    const seen = await upload.receive(body(3).request, ({ path: file, fileName }) =>
      Promise.resolve([sizes().length, path.dirname(file) === path.join(dataDir, 'incoming'), fileName]),
    );
    expect([seen, sizes()]).toEqual([[1, true, 'lon.xlsx'], []]);
  });

  it('of 300 MB is read to its end, so that its sender sees the answer, and refused; nothing stays behind', async () => {
    const { told, request } = body(300);
    const use = jest.fn();
    await expect(upload.receive(request, use)).rejects.toMatchObject({
      code: 'UPLOAD_TOO_LARGE',
      args: { limit: UPLOAD_LIMIT_MB },
    });
    expect([told.read, use.mock.calls.length, sizes()]).toEqual([300, 0, []]);
  });

  it('without end is cut off', async () => {
    const { told, request } = body(10_000);
    await expect(upload.receive(request, jest.fn())).rejects.toMatchObject({ code: 'UPLOAD_TOO_LARGE' });
    expect([told.read < 400, sizes()]).toEqual([true, []]);
  });
});
