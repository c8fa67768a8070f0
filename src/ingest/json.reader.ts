import type { ObjectRow } from './cell';
import { FileRefused } from './file-refused';

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
export async function* readJson(text: AsyncIterable<string>): AsyncGenerator<ObjectRow> {
  const splitter = new JsonSplitter();
  for await (const piece of text) yield* splitter.push(piece);
  splitter.end();
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
    try {
      const object = JSON.parse(this.record) as Record<string, unknown>;
      this.told = Math.max(this.told + 1, this.recordLine);
      return { line: this.told, object };
    } catch {
      throw new FileRefused('JSON_BROKEN', { line: this.recordLine });
    } finally {
      this.record = '';
      this.place = 'list';
      this.needsComma = true;
      this.mayClose = true;
    }
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
      this.place = 'list';
      this.listFound = true;
    }
    this.envelope += text;
    if (this.inString) this.inText(char);
    else if (char === Char.Quote) this.inString = true;
    else if (char === Char.OpenObject || char === Char.OpenList) this.envelopeDepth += 1;
    else if (char === Char.CloseObject || char === Char.CloseList) this.envelopeDepth -= 1;
  }

  private beginsList(): boolean {
    return !this.listFound && /^\s*$|"data"\s*:\s*$/i.test(this.envelope);
  }
}
