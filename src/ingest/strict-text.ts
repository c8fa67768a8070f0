import { FileRefused } from './file-refused';

const NEWLINE = 0x0a;

/** Bytes -> text, UTF-8 and nothing else; a byte-order mark is dropped. @throws FileRefused NOT_UTF8 */
export async function* strictText(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  let last: Buffer = Buffer.alloc(0);
  try {
    for await (const piece of bytes) {
      last = piece;
      const text = decoder.decode(piece, { stream: true });
      line += newlinesIn(piece);
      if (text !== '') yield text;
    }
    yield decoder.decode();
  } catch (e) {
    if (!(e instanceof TypeError)) throw e;
    throw new FileRefused('NOT_UTF8', { line: line + linesBeforeFault(last) });
  }
}

function newlinesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}

/** Lines of the piece that decode by themselves before the first that does not. */
function linesBeforeFault(piece: Buffer): number {
  let count = 0;
  for (let start = piece.indexOf(NEWLINE) + 1; start > 0; count++) {
    const end = piece.indexOf(NEWLINE, start);
    const line = piece.subarray(start, end < 0 ? piece.length : end);
    if (count === 0 && !isUtf8(piece.subarray(0, start))) return 0;
    if (!isUtf8(line)) return count + 1;
    start = end < 0 ? 0 : end + 1;
  }
  return 0;
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
