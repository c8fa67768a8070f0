import { isUtf8 } from 'node:buffer';
import { FileRefused } from './file-refused';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1258';

const NEWLINE = 0x0a;
const UTF16_MARKS: [Encoding, number[]][] = [
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** The Unicode encoding of a text by its first bytes: its mark, or every second byte mostly zero. */
export function unicodeOf(head: Buffer): Encoding {
  for (const [encoding, mark] of UTF16_MARKS)
    if (head[0] === mark[0] && head[1] === mark[1] && head.length > 1) return encoding;
  const zeros = [0, 0];
  for (let i = 0; i < head.length; i++) if (head[i] === 0) zeros[i & 1] = (zeros[i & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  // Vietnamese has letters beyond Latin-1 in every second word: not every high byte is zero.
  const most = head.length / 2;
  if (Math.max(even, odd) < most * 0.4 || Math.min(even, odd) > most * 0.1) return 'utf-8';
  return odd > even ? 'utf-16le' : 'utf-16be';
}

/** The first bytes as text; a letter cut off at their end is left out. Null: they are not in this encoding. */
export function headText(head: Buffer, encoding: Encoding): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
  } catch {
    return null;
  }
}

/** Bytes -> text, in this encoding and nothing else; a byte-order mark is dropped. @throws FileRefused NOT_UTF8, NOT_UTF16 */
export const strictText = (bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> =>
  encoding === 'utf-8' ? utf8Text(bytes) : decodedText(bytes, encoding);

async function* decodedText(bytes: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
    yield decoder.decode();
  } catch (e) {
    const isInvalid = (e as NodeJS.ErrnoException).code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
    throw isInvalid ? new FileRefused('NOT_UTF16') : e;
  }
}

/** Checked and decoded by whole pieces, several times as fast as a decoder that keeps a state. */
async function* utf8Text(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let carried: Buffer = Buffer.alloc(0);
  let line = 1;
  let first = true;
  for await (const piece of bytes) {
    const joined = carried.length === 0 ? piece : Buffer.concat([carried, piece]);
    // By whole lines where there are any: whoever cuts the text into rows then has nothing to join.
    const whole = joined.subarray(0, joined.lastIndexOf(NEWLINE) + 1 || completeLength(joined));
    if (!isUtf8(whole)) throw new FileRefused('NOT_UTF8', { line: line + linesBeforeFault(whole) });
    carried = Buffer.from(joined.subarray(whole.length));
    line += newlinesIn(whole);
    yield withoutMark(whole.toString('utf8'), first);
    first = false;
  }
  if (!isUtf8(carried)) throw new FileRefused('NOT_UTF8', { line });
  if (carried.length > 0) yield withoutMark(carried.toString('utf8'), first);
}

const withoutMark = (text: string, first: boolean): string =>
  first && text.startsWith('\ufeff') ? text.slice(1) : text;

/** Length without a letter of which only the first bytes are there. */
function completeLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return bytes.length;
    if (byte < 0xc0) continue;
    const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
    return back < length ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function newlinesIn(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
}

/** Lines of the piece that decode by themselves before the first that does not. */
function linesBeforeFault(piece: Buffer): number {
  let count = 0;
  for (let start = 0; start < piece.length; count++) {
    const newline = piece.indexOf(NEWLINE, start);
    const end = newline < 0 ? piece.length : newline;
    if (!isUtf8(piece.subarray(start, end))) return count;
    start = end + 1;
  }
  return count;
}
