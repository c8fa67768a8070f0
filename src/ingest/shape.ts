import type { FileHandle } from 'node:fs/promises';
import { fileRange } from './file-range';
import { FileRefused } from './file-refused';

/** What a file is, by its content; its name says nothing. */
export type FileShape = 'xlsx' | 'csv' | 'json';

const HEAD = 64 * 1024;
const ZIP = Buffer.from('PK\x03\x04', 'latin1');
const EMPTY_ZIP = Buffer.from('PK\x05\x06', 'latin1');
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const PDF = Buffer.from('%PDF', 'latin1');
/** Name of the stream that holds a workbook with a password. */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

const startsWith = (bytes: Buffer, mark: Buffer): boolean => bytes.subarray(0, mark.length).equals(mark);

/** The first bytes of the file, enough to know its shape and to find the headings. */
export async function readHead(file: FileHandle): Promise<Buffer> {
  const buffer = Buffer.alloc(HEAD);
  const { bytesRead } = await file.read(buffer, 0, HEAD, 0);
  return buffer.subarray(0, bytesRead);
}

/** @throws FileRefused with the reason when the file is none of the three */
export async function shapeOf(file: FileHandle, head: Buffer): Promise<FileShape> {
  if (startsWith(head, ZIP)) return 'xlsx';
  if (startsWith(head, EMPTY_ZIP)) throw new FileRefused('NOT_A_WORKBOOK');
  if (startsWith(head, OLE)) throw new FileRefused((await hasPassword(file)) ? 'PASSWORD' : 'OLD_EXCEL');
  refuseForeign(head);
  const text = head
    .subarray(startsWith(head, UTF8_MARK) ? 3 : 0)
    .toString('latin1')
    .trimStart();
  if (text === '') throw new FileRefused('EMPTY');
  if (text.startsWith('<')) throw new FileRefused('HTML');
  return /^(\[\s*([{\]]|$)|\{\s*(["}]|$))/.test(text) ? 'json' : 'csv';
}

function refuseForeign(head: Buffer): void {
  if (startsWith(head, Buffer.from([0xff, 0xfe])) || startsWith(head, Buffer.from([0xfe, 0xff])))
    throw new FileRefused('UTF16');
  if (head.includes(0)) throw new FileRefused(looksLikeUtf16(head) ? 'UTF16' : 'NOT_A_SOURCE');
  const strange = head.filter((byte) => byte < 32 && ![9, 10, 12, 13, 27].includes(byte)).length;
  if (startsWith(head, PDF) || strange > head.length / 100) throw new FileRefused('NOT_A_SOURCE');
}

/** Vietnamese in UTF-16 without a mark: every second byte is mostly zero. */
function looksLikeUtf16(head: Buffer): boolean {
  const odd = head.filter((byte, i) => i % 2 === 1 && byte === 0).length;
  const even = head.filter((byte, i) => i % 2 === 0 && byte === 0).length;
  const half = head.length / 2;
  return Math.max(odd, even) > half * 0.4 && Math.min(odd, even) < half * 0.1;
}

async function hasPassword(file: FileHandle): Promise<boolean> {
  for await (const piece of fileRange(file)) if (piece.includes(ENCRYPTED)) return true;
  return false;
}
