import type { ObjectRow } from './cell';
import { FileRefused } from './file-refused';
import { MAX_DEPTH, depthOf, repeatedKey } from '../web/repeated-key';

/** A case with all its attachments stays far below. */
const MAX_RECORD = 2_000_000;
const MAX_ENVELOPE = 100_000;

const enum Char {
  Newline = 10,
  Quote = 34,
  Comma = 44,
  Colon = 58,
  OpenList = 91,
  Backslash = 92,
  CloseList = 93,
  OpenObject = 123,
  CloseObject = 125,
}

/**
 * Objects of the one list a JSON text holds: a bare list, or the list `data` of an envelope such as DongBoHoSoMC.
 * Only one object at a time is in memory. `line` is where the object begins; when several begin on one line, as in a
 * text without line breaks, they are counted on from there. @throws FileRefused JSON_CUT, JSON_BROKEN, JSON_UNKNOWN
 */
export async function* readJson(text: AsyncIterable<string>): AsyncGenerator<ObjectRow[]> {
  const splitter = new JsonSplitter();
  for await (const piece of text) yield splitter.push(piece);
  splitter.end();
}

/** Whether the text is a list of objects, one on each line, and not an envelope on one line. */
export function isJsonLines(head: string): boolean {
  const line = head.trimStart().split('\n', 1)[0] ?? '';
  try {
    const first: unknown = JSON.parse(line);
    if (typeof first !== 'object' || first === null || Array.isArray(first)) return false;
    return !Object.entries(first).some(([key, value]) => /^data$/i.test(key) && Array.isArray(value));
  } catch {
    return false;
  }
}

/** Objects of a text that holds one on each line. @throws FileRefused JSON_CUT, JSON_BROKEN, JSON_DEEP */
export async function* readJsonLines(text: AsyncIterable<string>): AsyncGenerator<ObjectRow[]> {
  let rest = '';
  let line = 0;
  for await (const piece of text) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_RECORD) throw new FileRefused('JSON_BROKEN', { line: line + lines.length + 1 });
    const rows: ObjectRow[] = [];
    for (const record of lines) addLine(rows, record, (line += 1));
    yield rows;
  }
  const last: ObjectRow[] = [];
  try {
    addLine(last, rest, line + 1);
  } catch (e) {
    // What a broken download leaves behind: the beginning of an object.
    if (e instanceof FileRefused && e.code === 'JSON_BROKEN' && rest.trimStart().startsWith('{'))
      throw new FileRefused('JSON_CUT', { line: line + 1 });
    throw e;
  }
  yield last;
}

function addLine(rows: ObjectRow[], record: string, line: number): void {
  if (record.trim() !== '') rows.push(objectRow(record, line, line));
}

/** @throws FileRefused JSON_BROKEN, JSON_DEEP with the line where the object begins */
function objectRow(record: string, told: number, line: number): ObjectRow {
  let object: unknown;
  try {
    object = JSON.parse(record);
  } catch {
    throw new FileRefused('JSON_BROKEN', { line });
  }
  if (typeof object !== 'object' || object === null || Array.isArray(object))
    throw new FileRefused('JSON_BROKEN', { line });
  if (depthOf(object) > MAX_DEPTH) throw new FileRefused('JSON_DEEP', { line, limit: MAX_DEPTH });
  const row: ObjectRow = { line: told, object: object as Record<string, unknown> };
  const repeated = repeatedKey(record, object);
  if (repeated !== null) row.repeated = repeated;
  return row;
}

type Place = 'envelope' | 'list' | 'record';

/** Cuts JSON text that arrives in pieces into the objects of its list. */
export class JsonSplitter {
  private place: Place = 'envelope';
  private line = 1;
  /** The text around the list, with an empty list in its place; must be valid JSON by itself. */
  private envelope = '';
  private envelopeDepth = 0;
  private listFound = false;
  private needsComma = false;
  private mayClose = true;
  private record = '';
  private recordLine = 1;
  private told = 0;
  private depth = 0;
  private inString = false;
  private escaped = false;

  push(piece: string): ObjectRow[] {
    const rows: ObjectRow[] = [];
    let recordStart = 0;
    for (let at = 0; at < piece.length; at++) {
      const char = piece.charCodeAt(at);
      if (char === Char.Newline) this.line += 1;
      if (this.place === 'record') {
        if (!this.endsRecord(char)) continue;
        this.keep(piece.slice(recordStart, at + 1));
        rows.push(this.parseRecord());
      } else if (this.place === 'list') {
        if (this.startsRecord(char)) recordStart = at;
      } else this.addToEnvelope(piece[at] as string, char);
    }
    if (this.place === 'record') this.keep(piece.slice(recordStart));
    return rows;
  }

  end(): void {
    const line = this.line;
    if (this.place !== 'envelope' || this.inString || this.envelopeDepth > 0)
      throw new FileRefused('JSON_CUT', { line });
    try {
      JSON.parse(this.envelope);
    } catch {
      throw new FileRefused('JSON_BROKEN', { line });
    }
    if (!this.listFound) throw new FileRefused('JSON_UNKNOWN');
  }

  private keep(text: string): void {
    this.record += text;
    if (this.depth > MAX_DEPTH)
      throw new FileRefused('JSON_DEEP', { line: this.recordLine, limit: MAX_DEPTH });
    if (this.record.length > MAX_RECORD) throw new FileRefused('JSON_BROKEN', { line: this.recordLine });
  }

  /** Follows strings and braces; true at the brace that closes the record. */
  private endsRecord(char: number): boolean {
    if (this.inString) this.inText(char);
    else if (char === Char.Quote) this.inString = true;
    else if (char === Char.OpenObject || char === Char.OpenList) this.depth += 1;
    else if (char === Char.CloseObject || char === Char.CloseList) this.depth -= 1;
    return this.depth === 0;
  }

  private inText(char: number): void {
    if (this.escaped) this.escaped = false;
    else if (char === Char.Backslash) this.escaped = true;
    else if (char === Char.Quote) this.inString = false;
  }

  private parseRecord(): ObjectRow {
    this.told = Math.max(this.told + 1, this.recordLine);
    const row = objectRow(this.record, this.told, this.recordLine);
    this.record = '';
    this.place = 'list';
    this.needsComma = true;
    this.mayClose = true;
    return row;
  }

  /** Between two records only a comma, or the end of the list, may stand. */
  private startsRecord(char: number): boolean {
    if (char <= 32) return false;
    if (char === Char.CloseList && this.mayClose) {
      this.place = 'envelope';
      this.envelope += ']';
      this.envelopeDepth -= 1;
      return false;
    }
    if (char === Char.Comma && this.needsComma) {
      this.needsComma = false;
      this.mayClose = false;
      return false;
    }
    if (char !== Char.OpenObject || this.needsComma)
      throw new FileRefused('JSON_BROKEN', { line: this.line });
    this.place = 'record';
    this.recordLine = this.line;
    this.depth = 1;
    return true;
  }

  private addToEnvelope(text: string, char: number): void {
    if (this.envelope.length > MAX_ENVELOPE) throw new FileRefused('JSON_UNKNOWN');
    if (!this.inString && char === Char.OpenList && this.beginsList()) {
      if (this.listFound) throw new FileRefused('JSON_TWICE', { line: this.line });
      this.place = 'list';
      this.listFound = true;
    }
    if (this.envelopeDepth > MAX_DEPTH)
      throw new FileRefused('JSON_DEEP', { line: this.line, limit: MAX_DEPTH });
    this.envelope += text;
    if (this.inString) this.inText(char);
    else if (char === Char.Quote) this.inString = true;
    else if (char === Char.OpenObject || char === Char.OpenList) this.envelopeDepth += 1;
    else if (char === Char.CloseObject || char === Char.CloseList) this.envelopeDepth -= 1;
  }

  private beginsList(): boolean {
    return /^\s*$|"data"\s*:\s*$/i.test(this.envelope);
  }
}
