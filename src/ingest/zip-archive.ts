import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { fileRange, type Progress } from './file-range';
import { FileRefused } from './file-refused';

/**
 * More than any list of a province's year, and enough for a sheet that is formatted down to its last row. Rows are not
 * kept, so this bounds time, not memory.
 */
export const MAX_INFLATED = 1024 * 1024 * 1024;
const MAX_RATIO = 200;
/** Small repetitive parts compress extremely well without being bombs. */
const RATIO_MATTERS_FROM = 4 * 1024 * 1024;
const MAX_ENTRIES = 10_000;
const END_RECORD = 0x06054b50;
const CENTRAL_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const LOCAL_HEADER = 30;
const INFLATED_PIECE = 128 * 1024;
const STORED = 0;
const DEFLATED = 8;

interface ZipEntry {
  name: string;
  method: number;
  encrypted: boolean;
  compressed: number;
  declared: number;
  /** CRC-32 of the inflated bytes */
  checksum: number;
  offset: number;
  nameLength: number;
}

/**
 * A zip file read through its central directory. What the headers declare is checked when it is opened; what an
 * entry really inflates to is counted while it is read, since headers can lie.
 */
export class ZipArchive {
  private inflated = 0;

  private constructor(
    private readonly file: FileHandle,
    private readonly entries: Map<string, ZipEntry>,
    private readonly progress: Progress,
  ) {}

  /** @throws FileRefused DAMAGED, PASSWORD, INFLATES_TOO_MUCH */
  static async open(file: FileHandle, progress: Progress): Promise<ZipArchive> {
    const { size } = await file.stat();
    const { directory, offset } = await centralDirectory(file, size);
    const entries = parseDirectory(directory);
    if (shareBytes(entries, offset)) throw tooMuch();
    const total = entries.reduce((sum, e) => sum + e.declared, 0);
    if (total > MAX_INFLATED || entries.some((e) => isSuspicious(e.declared, e.compressed))) throw tooMuch();
    const byName = new Map(entries.map((e) => [e.name, e]));
    // Two parts of one name: programs differ in which of them they show.
    if (byName.size < entries.length) throw new FileRefused('DAMAGED');
    return new ZipArchive(file, byName, progress);
  }

  /** This part will be read to its end: it counts for the progress. */
  expect(name: string): void {
    this.progress.expect(this.entries.get(name)?.compressed ?? 0);
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** Inflated bytes of one entry, piece by piece. */
  async *bytes(name: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(name);
    if (!entry) throw new FileRefused('DAMAGED');
    if (entry.encrypted) throw new FileRefused('PASSWORD');
    if (entry.method !== STORED && entry.method !== DEFLATED) throw new FileRefused('DAMAGED');
    const start = await this.dataOffset(entry);
    const raw = fileRange(this.file, start, start + entry.compressed, this.progress);
    yield* this.counted(entry, entry.method === STORED ? raw : inflated(raw));
  }

  private async *counted(entry: ZipEntry, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let own = 0;
    let checksum = 0;
    for await (const piece of source) {
      own += piece.length;
      checksum = crc32(piece, checksum);
      this.inflated += piece.length;
      if (this.inflated > MAX_INFLATED || isSuspicious(own, entry.compressed)) throw tooMuch();
      yield piece;
    }
    // Changed bytes may well inflate, to other dates and names than the file was made with.
    if (checksum !== entry.checksum) throw new FileRefused('DAMAGED');
  }

  /** A small part as text. */
  async text(name: string): Promise<string> {
    const pieces: Buffer[] = [];
    for await (const piece of this.bytes(name)) pieces.push(piece);
    return Buffer.concat(pieces).toString('utf8');
  }

  private async dataOffset(entry: ZipEntry): Promise<number> {
    const header = await readAt(this.file, entry.offset, LOCAL_HEADER);
    if (header.length < LOCAL_HEADER || header.readUInt32LE(0) !== LOCAL_ENTRY)
      throw new FileRefused('DAMAGED');
    return entry.offset + LOCAL_HEADER + header.readUInt16LE(26) + header.readUInt16LE(28);
  }
}

const tooMuch = () => new FileRefused('INFLATES_TOO_MUCH', { limit: MAX_INFLATED / (1024 * 1024) });

const isSuspicious = (inflated: number, compressed: number): boolean =>
  inflated > RATIO_MATTERS_FROM && inflated > compressed * MAX_RATIO;

/**
 * True when two entries claim the same bytes of the file, or bytes of its directory: so a few kilobytes become
 * terabytes without any part being compressed extremely well.
 */
function shareBytes(entries: ZipEntry[], directoryOffset: number): boolean {
  const sorted = [...entries].sort((a, b) => a.offset - b.offset);
  return sorted.some((entry, i) => {
    const next = sorted[i + 1]?.offset ?? directoryOffset;
    return entry.offset + LOCAL_HEADER + entry.nameLength + entry.compressed > next;
  });
}

async function* inflated(raw: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: INFLATED_PIECE });
  const source = Readable.from(raw, { objectMode: false });
  source.on('error', (e) => inflate.destroy(e));
  try {
    yield* source.pipe(inflate) as AsyncIterable<Buffer>;
  } catch (e) {
    throw isZlibFault(e) ? new FileRefused('DAMAGED') : e;
  } finally {
    source.destroy();
    inflate.destroy();
  }
}

/** Z_DATA_ERROR and the like: the compressed bytes are not what a compressor wrote, or end too early. */
const isZlibFault = (e: unknown): boolean => /^Z_/.test((e as NodeJS.ErrnoException).code ?? '');

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

/** The end record stands in the last 64 KB, before a comment. */
async function centralDirectory(
  file: FileHandle,
  size: number,
): Promise<{ directory: Buffer; offset: number }> {
  const tailLength = Math.min(size, 65_557);
  const tail = await readAt(file, size - tailLength, tailLength);
  for (let at = tail.length - 22; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END_RECORD) continue;
    const length = tail.readUInt32LE(at + 12);
    const offset = tail.readUInt32LE(at + 16);
    if (offset + length > size) break;
    return { directory: await readAt(file, offset, length), offset };
  }
  throw new FileRefused('DAMAGED');
}

function parseDirectory(directory: Buffer): ZipEntry[] {
  const entries: ZipEntry[] = [];
  for (let at = 0; at + 46 <= directory.length;) {
    if (directory.readUInt32LE(at) !== CENTRAL_ENTRY || entries.length >= MAX_ENTRIES)
      throw new FileRefused('DAMAGED');
    const nameLength = directory.readUInt16LE(at + 28);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/'),
      encrypted: (directory.readUInt16LE(at + 8) & 1) === 1,
      method: directory.readUInt16LE(at + 10),
      checksum: directory.readUInt32LE(at + 16),
      compressed: directory.readUInt32LE(at + 20),
      declared: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
      nameLength,
    });
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  if (entries.length === 0) throw new FileRefused('DAMAGED');
  return entries;
}
