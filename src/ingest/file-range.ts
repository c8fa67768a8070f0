import type { FileHandle } from 'node:fs/promises';

const PIECE = 64 * 1024;

/** Bytes [start, end) of an open file, piece by piece; the file stays open. */
export async function* fileRange(file: FileHandle, start = 0, end = Infinity): AsyncGenerator<Buffer> {
  for (let at = start; at < end;) {
    const buffer = Buffer.allocUnsafe(Math.min(PIECE, end - at));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
