import { FileRefused } from './file-refused';

/** Told of each element as it passes; `attributes` is the text between the name and the closing bracket. */
export interface XmlHandler {
  open(name: string, attributes: string): void;
  text(text: string): void;
  close(name: string): void;
}

/** An element or a comment this long is an attack or rubbish. */
export const MAX_MARKUP = 4 * 1024 * 1024;
const SLASH = 47;
const CLOSE = 62;
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * Reads XML that arrives in pieces: elements, text, CDATA; comments and instructions are passed over. A document type
 * is refused, and with it every entity but the five of XML: a workbook has none, and each known trap begins with one.
 */
export class XmlScanner {
  private rest = '';

  constructor(private readonly handler: XmlHandler) {}

  push(piece: string): void {
    const text = this.rest + piece;
    let at = 0;
    while (at < text.length) {
      const end = text.charCodeAt(at) === 60 ? this.markup(text, at) : this.textRun(text, at);
      if (end < 0) break;
      at = end;
    }
    this.rest = text.slice(at);
    if (this.rest.length > MAX_MARKUP) throw new FileRefused('DAMAGED');
  }

  end(): void {
    if (this.rest.includes('<')) throw new FileRefused('DAMAGED');
  }

  /** Text up to the next bracket; what stands at the end of a piece waits for the next, since an entity may be cut. */
  private textRun(text: string, at: number): number {
    const end = text.indexOf('<', at);
    if (end >= 0) this.handler.text(withoutEntities(text.slice(at, end)));
    return end;
  }

  /** One tag; answers where it ends, -1 when it is not all there yet. */
  private markup(text: string, at: number): number {
    const second = text.charCodeAt(at + 1);
    if (second === 33 || second === 63) return this.special(text, at);
    const nameEnd = endOfName(text, second === SLASH ? at + 2 : at + 1);
    const end = tagEnd(text, nameEnd);
    if (end < 0) return -1;
    if (second === SLASH) this.handler.close(localName(text.slice(at + 2, nameEnd)));
    else this.element(text, at + 1, nameEnd, end);
    return end + 1;
  }

  private element(text: string, start: number, nameEnd: number, end: number): void {
    const name = localName(text.slice(start, nameEnd));
    this.handler.open(name, text.slice(nameEnd, end));
    if (text.charCodeAt(end - 1) === SLASH) this.handler.close(name);
  }

  private special(text: string, at: number): number {
    if (text.startsWith('<!--', at)) return behind(text, '-->', at + 4);
    if (text.startsWith('<?', at)) return behind(text, '?>', at + 2);
    if (text.startsWith('<![CDATA[', at)) {
      const end = behind(text, ']]>', at + 9);
      if (end >= 0) this.handler.text(text.slice(at + 9, end - 3));
      return end;
    }
    if (text.length - at < 9) return -1;
    throw new FileRefused('XML_ENTITIES');
  }
}

function behind(text: string, mark: string, from: number): number {
  const place = text.indexOf(mark, from);
  return place < 0 ? -1 : place + mark.length;
}

/** The first blank, slash or bracket. */
function endOfName(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code > 32 && code !== SLASH && code !== CLOSE;)
    code = text.charCodeAt(++at);
  return at;
}

/** The bracket that closes the tag; one inside quotation marks does not. -1 when it is still to come. */
function tagEnd(text: string, from: number): number {
  let open = 0;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (open !== 0) open = code === open ? 0 : open;
    else if (code === CLOSE) return at;
    else if (code === 34 || code === 39) open = code;
  }
  return -1;
}

/** Element name without its prefix: some programs write `<x:row>`. */
function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** The value of one attribute; `name` with its prefix. */
export function attribute(attributes: string, name: string): string | undefined {
  const start = attributes.indexOf(` ${name}="`);
  if (start < 0) return oddAttribute(attributes, name);
  const from = start + name.length + 3;
  return withoutEntities(attributes.slice(from, attributes.indexOf('"', from)));
}

/** Written with other blanks or other marks than every program does. */
function oddAttribute(attributes: string, name: string): string | undefined {
  if (!/\s=|=\s|'|[\t\r\n]/.test(attributes)) return undefined;
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(attributes);
  return found ? withoutEntities(found[1] ?? found[2] ?? '') : undefined;
}

function withoutEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w+));/gi, (whole, decimal, hex, name: string) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = decimal !== undefined ? Number(decimal) : parseInt(hex as string, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
