import { PdfArray, PdfDict, PdfName, PdfNumber, PdfRef, PdfStream, PdfString } from '@libpdf/core';
import type { PDF, PdfObject } from '@libpdf/core';
import { createHash } from 'node:crypto';

/**
 * What an update may write into the catalogue without touching what people see: signatures, what proves them later,
 * and the order in which a signature is read aloud.
 */
const BESIDES = new Set(['AcroForm', 'DSS', 'Perms', 'Extensions', 'Version', 'Metadata', 'StructTreeRoot']);
/** And into a page. */
const BESIDES_OF_PAGE = new Set(['LastModified', 'Tabs']);
const NOTHING: ReadonlySet<string> = new Set();
const MOST_ADDED = 120;

export interface TextComparison {
  /** every word of the original is there, in its order */
  contained: boolean;
  /** words that the original has not, apart from the places left open for number and date */
  added: string[];
}

/** What a document shows, apart from the signatures, and what each signature shows. */
export interface DocumentPrint {
  content: string;
  signatures: string[];
}

/** Everything that can be seen or run from the catalogue on. Equal prints: the same document. */
export function documentPrint(pdf: PDF): DocumentPrint {
  const print = new ContentPrint(pdf);
  const content = print.of(pdf.getCatalog(), BESIDES);
  return { content, signatures: print.signatures };
}

/** Nothing changed from one to the other but that signatures came to it. */
export const onlySigned = (before: DocumentPrint, after: DocumentPrint): boolean =>
  before.content === after.content && before.signatures.every((one) => after.signatures.includes(one));

class ContentPrint {
  readonly signatures: string[] = [];
  private readonly known = new Map<string, string>();

  constructor(private readonly pdf: PDF) {}

  of(object: PdfObject | null | undefined, without?: ReadonlySet<string>): string {
    if (object instanceof PdfRef) return this.referred(object);
    if (object instanceof PdfDict) return this.dictionary(object, without);
    if (object instanceof PdfArray) return `[${[...object].map((one) => this.of(one)).join(' ')}]`;
    if (object instanceof PdfName) return `/${object.value}`;
    if (object instanceof PdfNumber) return String(object.value);
    if (object instanceof PdfString) return `(${Buffer.from(object.bytes).toString('hex')})`;
    return object && 'value' in object ? String(object.value) : 'null';
  }

  private referred(ref: PdfRef): string {
    const key = `${ref.objectNumber} ${ref.generation}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.known.set(key, `@${this.known.size}`);
    const print = sha256(this.of(this.pdf.getObject(ref)));
    this.known.set(key, print);
    return print;
  }

  private dictionary(dict: PdfDict, given?: ReadonlySet<string>): string {
    const without = given ?? (dict.getName('Type')?.value === 'Page' ? BESIDES_OF_PAGE : NOTHING);
    const names = [...dict.keys()].map((name) => name.value).filter((name) => !without.has(name));
    const entries = names.sort().map((name) => {
      const value = dict.get(name);
      return name === 'Annots' ? this.annotations(value) : `/${name} ${this.of(value)}`;
    });
    const data = dict instanceof PdfStream ? sha256(dict.data) : '';
    return sha256(`<<${entries.filter(Boolean).join(' ')}>>${data}`);
  }

  private annotations(value: PdfObject | undefined): string {
    const list = value instanceof PdfRef ? this.pdf.getObject(value) : value;
    if (!(list instanceof PdfArray)) return '';
    const others: string[] = [];
    for (const one of list) {
      if (isSignature(this.pdf, one)) this.signatures.push(this.shown(one));
      else others.push(this.of(one));
    }
    return others.length === 0 ? '' : `/Annots [${others.join(' ')}]`;
  }

  /** Where a signature stands on the page and what is drawn there, apart from what was met before. */
  private shown(object: PdfObject): string {
    const widget = object instanceof PdfRef ? this.pdf.getObject(object) : object;
    if (!(widget instanceof PdfDict)) return '';
    const print = new ContentPrint(this.pdf);
    return ['Rect', 'F', 'AP'].map((name) => print.of(widget.get(name))).join(' ');
  }
}

/** Notes and stamps laid over the pages: their words are in no page's text. */
export function overlays(pdf: PDF): number {
  const resolve = (ref: PdfRef) => pdf.getObject(ref);
  return pdf
    .getPages()
    .flatMap((page) => [...(page.dict.getArray('Annots', resolve) ?? [])])
    .filter((one) => !isSignature(pdf, one))
    .filter((one) => {
      const dict = one instanceof PdfRef ? pdf.getObject(one) : one;
      return dict instanceof PdfDict && dict.getName('Subtype')?.value !== 'Link';
    }).length;
}

function isSignature(pdf: PDF, object: PdfObject): boolean {
  const dict = object instanceof PdfRef ? pdf.getObject(object) : object;
  if (!(dict instanceof PdfDict)) return false;
  const resolve = (ref: PdfRef) => pdf.getObject(ref);
  const type = dict.getName('FT', resolve) ?? dict.getDict('Parent', resolve)?.getName('FT', resolve);
  return dict.getName('Subtype')?.value === 'Widget' && type?.value === 'Sig';
}

export const textOf = (pdf: PDF): string =>
  pdf
    .extractText()
    .map((page) => page.text)
    .join('\n');

const wordsOf = (text: string): string[] => text.normalize('NFC').match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** Whether a text holds another, word by word, and what it has besides. */
export function compareTexts(original: string, other: string): TextComparison {
  const wanted = wordsOf(original);
  const found = wordsOf(other);
  const added: string[] = [];
  let next = 0;
  for (const [at, word] of found.entries()) {
    if (word === wanted[next]) next += 1;
    else if (!isOpenPlace(word, found[at - 1], found[at + 1])) added.push(word);
  }
  // A file without words (a scan) would hold every other one without words.
  const contained = wanted.length > 0 && next === wanted.length && added.length <= MOST_ADDED;
  return { contained, added };
}

/** "Số: …/", "ngày … tháng … năm": the places that a document-management system fills. */
const isOpenPlace = (word: string, before = '', after = ''): boolean =>
  /^\d{1,4}$/.test(word) && (/^(số|ngày|tháng|năm)$/iu.test(before) || /^(tháng|năm)$/iu.test(after));

const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
