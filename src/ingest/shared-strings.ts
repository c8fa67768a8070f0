import { FileRefused } from './file-refused';
import { MAX_MARKUP, XmlScanner, type XmlHandler } from './xml-scanner';
import type { ZipArchive } from './zip-archive';

/** Excel's own limit of a cell. */
export const MAX_CELL_TEXT = 32_767;
const FIRST = 4_096;
/** What a list of a million cases stays below; kept in memory, unlike the rows. */
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * The texts of a workbook, each stored once. They lie packed in one block of bytes: as strings they would take three
 * times the room.
 */
export class SharedStrings {
  private bytes = Buffer.allocUnsafeSlow(64 * 1024);
  private size = 0;
  private ends = new Uint32Array(1_024);
  private count = 0;
  /** Texts that many cells share come early. */
  private readonly first: (string | undefined)[] = new Array<string | undefined>(FIRST);

  add(text: string): void {
    const most = this.size + text.length * 3;
    if (most > MAX_BYTES) throw new FileRefused('TOO_MUCH_MEMORY');
    if (most > this.bytes.length) this.grow(most);
    this.size += this.bytes.write(text, this.size);
    if (this.count === this.ends.length) {
      const larger = new Uint32Array(this.count * 2);
      larger.set(this.ends);
      this.ends = larger;
    }
    this.ends[this.count++] = this.size;
  }

  at(index: number): string | null {
    const known = this.first[index];
    if (known !== undefined) return known;
    const end = this.ends[index];
    if (end === undefined || index >= this.count) return null;
    const text = this.bytes.toString('utf8', index === 0 ? 0 : this.ends[index - 1], end);
    if (index < FIRST) this.first[index] = text;
    return text;
  }

  private grow(least: number): void {
    const larger = Buffer.allocUnsafeSlow(Math.max(least, Math.ceil(this.bytes.length * 1.5)));
    this.bytes.copy(larger, 0, 0, this.size);
    this.bytes = larger;
  }
}

/** Texts of `<si>`; rich text is joined, phonetic readings are left out. @throws FileRefused DAMAGED */
export async function readSharedStrings(zip: ZipArchive, part: string): Promise<SharedStrings> {
  const handler = new StringsHandler();
  await scanPart(zip, part, handler);
  if (!handler.complete) throw new FileRefused('DAMAGED');
  return handler.strings;
}

class StringsHandler implements XmlHandler {
  readonly strings = new SharedStrings();
  /** The end was really written: a list that breaks off must not pass for a shorter one. */
  complete = false;
  private value = '';
  private inText = false;
  private phonetic = false;

  open(name: string): void {
    if (name === 'si') this.value = '';
    else if (name === 'rPh') this.phonetic = true;
    else if (name === 't') this.inText = !this.phonetic;
  }

  text(text: string): void {
    if (this.inText && this.value.length < MAX_CELL_TEXT) this.value += text;
  }

  close(name: string): void {
    if (name === 't') this.inText = false;
    else if (name === 'si') this.strings.add(unescaped(this.value));
    else if (name === 'rPh') this.phonetic = false;
    else if (name === 'sst') this.complete = true;
  }
}

/** Excel writes control characters as _x000D_. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text;

/** Shows one part of the archive to the handler. */
export async function scanPart(zip: ZipArchive, part: string, handler: XmlHandler): Promise<void> {
  const scanner = new XmlScanner(handler);
  for await (const piece of decoded(zip.bytes(part))) scanner.push(piece);
  scanner.end();
}

const CLOSE = 62;

/** Bytes of XML -> text, by whole tags: neither a letter nor a tag is cut, and the scanner has nothing to join. */
export async function* decoded(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let carried: Buffer[] = [];
  let size = 0;
  for await (const piece of bytes) {
    const end = piece.lastIndexOf(CLOSE) + 1;
    if (end > 0) {
      yield Buffer.concat([...carried, piece.subarray(0, end)]).toString('utf8');
      carried = [];
      size = 0;
    }
    if (end < piece.length) carried.push(Buffer.from(piece.subarray(end)));
    size += piece.length - end;
    if (size > MAX_MARKUP) throw new FileRefused('DAMAGED');
  }
  yield Buffer.concat(carried).toString('utf8');
}
