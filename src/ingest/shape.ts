import type { FileHandle } from 'node:fs/promises';
import { fileRange } from './file-range';
import { FileRefused } from './file-refused';
import { headText, unicodeOf, type Encoding } from './strict-text';

/** What a file is, by its content; its name says nothing. A workbook of either kind is 'xlsx'. */
export type FileShape = 'xlsx' | 'csv' | 'json';

export type FileForm =
  | { form: 'xlsx' }
  | { form: 'xls' }
  /** `head` is the beginning of the text; null when its bytes are not of the encoding. */
  | { form: 'text'; encoding: Encoding; head: string | null };

const HEAD = 64 * 1024;
const ZIP = Buffer.from('PK\x03\x04', 'latin1');
const EMPTY_ZIP = Buffer.from('PK\x05\x06', 'latin1');
const OLE = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
/** Beginnings of files that people take for lists: PDF, RTF, RAR, 7z, pictures. */
const FOREIGN = ['%PDF', '{\\rtf', 'Rar!', '7z\xbc\xaf', '\xff\xd8\xff', '\x89PNG'].map((m) =>
  Buffer.from(m, 'latin1'),
);
/** Names of streams in an OLE container: a workbook with a password, a workbook. */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');
const BOOKS = ['Workbook', 'Book'].map((name) => Buffer.from(name, 'utf16le'));

const startsWith = (bytes: Buffer, mark: Buffer): boolean => bytes.subarray(0, mark.length).equals(mark);

/** The first bytes of the file, enough to know its shape and to find the headings. */
export async function readHead(file: FileHandle, at = 0): Promise<Buffer> {
  const buffer = Buffer.alloc(HEAD);
  const { bytesRead } = await file.read(buffer, 0, HEAD, at);
  return buffer.subarray(0, bytesRead);
}

/** @throws FileRefused with the reason when the file is none of them */
export async function formOf(file: FileHandle, head: Buffer): Promise<FileForm> {
  if (head.length === 0) throw new FileRefused('EMPTY');
  if (startsWith(head, ZIP)) return { form: 'xlsx' };
  if (startsWith(head, EMPTY_ZIP)) throw new FileRefused('NOT_A_WORKBOOK');
  if (startsWith(head, OLE)) return oleForm(file);
  const encoding = unicodeOf(head);
  if (FOREIGN.some((mark) => startsWith(head, mark)) || (encoding === 'utf-8' && isBinary(head)))
    throw new FileRefused('NOT_A_SOURCE');
  const text = await firstText(file, head, encoding);
  const begin = (text ?? head.toString('latin1')).trimStart();
  if (begin === '') throw new FileRefused('EMPTY');
  if (begin.startsWith('<') || /^mime-version:/i.test(begin)) throw new FileRefused('HTML');
  return { form: 'text', encoding, head: text };
}

/** The first piece of the file that holds more than blanks. */
async function firstText(file: FileHandle, head: Buffer, encoding: Encoding): Promise<string | null> {
  let text = headText(head, encoding);
  for (let at = head.length; text?.trimStart() === ''; at += HEAD) {
    const next = await readHead(file, at);
    if (next.length === 0) break;
    text = headText(next, encoding);
  }
  return text;
}

export const looksLikeJson = (head: string): boolean => /^\s*(\[\s*([{\]]|$)|\{\s*(["}]|$))/.test(head);

/** Control characters that no text has. */
function isBinary(head: Buffer): boolean {
  let strange = 0;
  for (const byte of head)
    if (byte < 32 && ![9, 10, 12, 13, 27].includes(byte)) strange += byte === 0 ? 5 : 1;
  return strange > Math.max(4, head.length / 100);
}

async function oleForm(file: FileHandle): Promise<FileForm> {
  let isBook = false;
  for await (const piece of fileRange(file)) {
    if (piece.includes(ENCRYPTED)) throw new FileRefused('PASSWORD');
    isBook ||= BOOKS.some((name) => piece.includes(name));
  }
  if (!isBook) throw new FileRefused('NOT_A_SOURCE');
  return { form: 'xls' };
}
