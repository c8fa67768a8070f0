import type { FastifyMultipartBaseOptions, MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { XLSX } from '../documents/sheet-cell';
import { fileNameOf } from '../ingest/upload';
import { AppError } from '../platform/errors';

const MEBIBYTE = 1024 * 1024;
/** A scanned decision of some pages stays well below it. */
export const EVIDENCE_LIMIT_MB = 10;
const OPTIONS: FastifyMultipartBaseOptions = {
  // As many fields as items may be picked together.
  limits: { fileSize: EVIDENCE_LIMIT_MB * MEBIBYTE, files: 1, fields: 5_100, parts: 5_200 },
  // What is too large is read on and thrown away, so that the form can say so.
  throwFileSizeLimit: false,
};

/** A file is what its first bytes say; its name must say the same, since that is how it will be opened. */
const KINDS = [
  { names: /\.pdf$/i, mark: Buffer.from('%PDF-', 'latin1'), type: 'application/pdf' },
  { names: /\.png$/i, mark: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), type: 'image/png' },
  { names: /\.jpe?g$/i, mark: Buffer.from([0xff, 0xd8, 0xff]), type: 'image/jpeg' },
  { names: /\.xlsx$/i, mark: Buffer.from('PK\x03\x04', 'latin1'), type: XLSX },
];
/** Findings and letters. */
const PICKED = new Set(['muc', 'thu']);
const WORKBOOK_PART = Buffer.from('xl/workbook.xml', 'latin1');

export const mediaTypeOf = (fileName: string): string =>
  KINDS.find(({ names }) => names.test(fileName))?.type ?? 'application/octet-stream';

export interface EvidenceFile {
  name: string;
  content: Buffer;
  fault: 'EVIDENCE_FILE_TOO_LARGE' | 'EVIDENCE_FILE_KIND' | null;
}

export interface SentForm {
  /** The last value of a field wins, except for the picked items, which may be there many times. */
  fields: Record<string, string>;
  picked: string[];
  /** Null when no file was chosen. */
  file: EvidenceFile | null;
}

/** Reads a form with at most one file. @throws AppError REQUEST_UNREADABLE when it is no such form */
export async function readSentForm(request: FastifyRequest): Promise<SentForm> {
  if (!request.isMultipart()) throw new AppError('REQUEST_UNREADABLE');
  const sent: SentForm = { fields: {}, picked: [], file: null };
  for await (const part of request.parts(OPTIONS)) {
    if (part.type === 'file') sent.file = (await readFile(part)) ?? sent.file;
    else if (PICKED.has(part.fieldname)) sent.picked.push(String(part.value));
    else sent.fields[part.fieldname] = String(part.value);
  }
  return sent;
}

/** A form without a chosen file sends a part without a name. */
async function readFile(part: MultipartFile): Promise<EvidenceFile | null> {
  const content = await part.toBuffer();
  const name = part.filename ? fileNameOf(part.filename) : '';
  if (name === '' && content.length === 0) return null;
  if (part.file.truncated) return { name, content: Buffer.alloc(0), fault: 'EVIDENCE_FILE_TOO_LARGE' };
  return { name, content, fault: isOfKind(name, content) ? null : 'EVIDENCE_FILE_KIND' };
}

function isOfKind(name: string, content: Buffer): boolean {
  const kind = KINDS.find(({ names }) => names.test(name));
  if (!kind || !content.subarray(0, kind.mark.length).equals(kind.mark)) return false;
  return kind.type !== XLSX || content.includes(WORKBOOK_PART);
}
