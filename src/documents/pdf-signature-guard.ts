import { inflateSync } from 'node:zlib';

/** A signed letter unpacks to some megabytes with its fonts. */
const MOST = 100 * 1024 * 1024;

/** Whether the packed parts of a PDF would fill the memory: some kilobytes can unpack to gigabytes. */
export function unpacksTooFar(file: Buffer): boolean {
  let left = MOST;
  for (let at = file.indexOf('stream'); at >= 0; at = file.indexOf('stream', at + 6)) {
    if (file.toString('latin1', at - 3, at) === 'end') continue;
    const end = file.indexOf('endstream', at);
    if (end < 0) return false;
    left -= unpackedLength(file.subarray(file[at + 6] === 0x0d ? at + 8 : at + 7, end), left);
    if (left <= 0) return true;
    at = end;
  }
  return false;
}

/** Bytes, or the limit when there are more; nothing for what is not packed that way. */
function unpackedLength(packed: Buffer, limit: number): number {
  try {
    return inflateSync(packed, { maxOutputLength: limit }).length;
  } catch (e) {
    return (e as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? limit : 0;
  }
}
