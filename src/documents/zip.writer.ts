import { PassThrough, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';

export interface ZipEntry {
  /** path inside the file, ASCII */
  name: string;
  /** PDFs and pictures are compressed already */
  compress: boolean;
  /** Called when its turn comes: one entry is open at a time. */
  open: () => Readable;
}

/** A ZIP file as a stream; the same entries and the same time give the same bytes. */
export function zipOf(entries: ZipEntry[], mtime: Date): Readable {
  const zip = new ZipFile();
  const out = new PassThrough();
  const broken = (error: Error): void => void out.destroy(error);
  zip.on('error', broken);
  for (const { name, compress, open } of entries)
    zip.addReadStreamLazy(name, { mtime, mode: 0o100644, compress }, (ready) => {
      const source = open();
      source.on('error', broken);
      ready(null, source);
    });
  zip.end();
  (zip.outputStream as Readable).on('error', broken).pipe(out);
  return out;
}

/** "Biên nhận số 5.JPG" -> "Bien-nhan-so-5.JPG": a name every program can unpack. */
export const asciiName = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/gu, 'd')
    .replace(/Đ/gu, 'D')
    .replace(/[^A-Za-z0-9._-]+/gu, '-')
    .replace(/^[-.]+|-+(?=\.|$)/gu, '')
    .slice(-80) || 'tep';

const END = 0x06054b50;
const CENTRAL_BYTES = 46;
/** 1/1/1980 00:00, the first moment a ZIP file can tell. */
const FIRST_MOMENT = 0x00210000;

/** A ZIP file (a workbook is one) whose entries tell no time: the same content gives the same bytes. */
export function timeless(file: Buffer): Buffer {
  const zip = Buffer.from(file);
  let end = zip.length - 22;
  while (end > 0 && zip.readUInt32LE(end) !== END) end -= 1;
  let at = zip.readUInt32LE(end + 16);
  for (let entry = zip.readUInt16LE(end + 10); entry > 0; entry -= 1) {
    zip.writeUInt32LE(FIRST_MOMENT, at + 12);
    zip.writeUInt32LE(FIRST_MOMENT, zip.readUInt32LE(at + 42) + 10);
    at += CENTRAL_BYTES + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return zip;
}
