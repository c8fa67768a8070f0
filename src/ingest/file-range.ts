import type { FileHandle } from 'node:fs/promises';

const PIECE = 64 * 1024;

/** How much of what must be read has been read. */
export class Progress {
  private done = 0;
  private total = 0;

  expect(bytes: number): void {
    this.total += bytes;
  }

  add(bytes: number): void {
    this.done += bytes;
  }

  /** 0 to 1 */
  get share(): number {
    return this.total === 0 ? 0 : Math.min(1, this.done / this.total);
  }
}

/** Bytes [start, end) of an open file, piece by piece; the file stays open. */
export async function* fileRange(
  file: FileHandle,
  start = 0,
  end = Infinity,
  progress?: Progress,
): AsyncGenerator<Buffer> {
  for (let at = start; at < end;) {
    const buffer = Buffer.allocUnsafeSlow(Math.min(PIECE, end - at));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    progress?.add(bytesRead);
    yield buffer.subarray(0, bytesRead);
  }
}
