import * as path from 'node:path/posix';
import { Parser } from 'htmlparser2';
import { FileRefused } from './file-refused';
import type { ZipArchive } from './zip-archive';

export interface Sheet {
  name: string;
  /** Path of its part inside the archive. */
  part: string;
}

export interface Workbook {
  /** In the order of the tabs; hidden ones last. */
  sheets: Sheet[];
  sharedStrings: string[];
  /** Days to add to date serials: workbooks made on old Macs count from 1904. */
  serialShift: number;
}

const SHIFT_OF_1904 = 1_462;
const MAX_CELL_TEXT = 32_767;

/** Element name without its prefix: some programs write `<x:row>`. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Reads the parts of a workbook that the rows refer to. @throws FileRefused NOT_A_WORKBOOK */
export async function openWorkbook(zip: ZipArchive): Promise<Workbook> {
  if (!zip.has('_rels/.rels')) throw new FileRefused('NOT_A_WORKBOOK');
  const main = (await relations(zip, '')).find((r) => r.type.endsWith('/officeDocument'));
  if (!main || !zip.has(main.target)) throw new FileRefused('NOT_A_WORKBOOK');
  const related = await relations(zip, main.target);
  const outline = parseOutline(await zip.text(main.target));
  const sheets = outline.sheets
    .sort((a, b) => Number(a.hidden) - Number(b.hidden))
    .map(({ name, id }) => ({ name, part: related.find((r) => r.id === id)?.target ?? '' }))
    .filter((sheet) => zip.has(sheet.part));
  const strings = related.find((r) => r.type.endsWith('/sharedStrings'));
  return {
    sheets,
    sharedStrings: strings && zip.has(strings.target) ? await readSharedStrings(zip, strings.target) : [],
    serialShift: outline.from1904 ? SHIFT_OF_1904 : 0,
  };
}

interface Relation {
  id: string;
  type: string;
  target: string;
}

async function relations(zip: ZipArchive, part: string): Promise<Relation[]> {
  const folder = path.dirname(part);
  const file = path.join(folder, '_rels', `${path.basename(part)}.rels`);
  if (!zip.has(file)) return [];
  const found: Relation[] = [];
  parseXml(await zip.text(file), (name, attributes) => {
    if (name !== 'Relationship') return;
    const { Id: id = '', Type: type = '', Target: target = '' } = attributes;
    found.push({ id, type, target: target.startsWith('/') ? target.slice(1) : path.join(folder, target) });
  });
  return found;
}

interface Outline {
  sheets: { name: string; id: string; hidden: boolean }[];
  from1904: boolean;
}

function parseOutline(xml: string): Outline {
  const outline: Outline = { sheets: [], from1904: false };
  parseXml(xml, (name, attributes) => {
    if (name === 'workbookPr') outline.from1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
    if (name !== 'sheet') return;
    const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
    outline.sheets.push({
      name: attributes.name ?? '',
      id,
      hidden: (attributes.state ?? 'visible') !== 'visible',
    });
  });
  return outline;
}

function parseXml(xml: string, onElement: (name: string, attributes: Record<string, string>) => void): void {
  const parser = new Parser(
    { onopentag: (name, attributes) => onElement(localName(name), attributes) },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(xml);
}

/** Texts of `<si>`; rich text is joined, phonetic readings are left out. */
async function readSharedStrings(zip: ZipArchive, part: string): Promise<string[]> {
  const strings: string[] = [];
  let text = '';
  let inText = false;
  let inPhonetic = false;
  let complete = false;
  const parser = new Parser(
    {
      onopentagname(name) {
        const tag = localName(name);
        if (tag === 'si') text = '';
        else if (tag === 'rPh') inPhonetic = true;
        else if (tag === 't') inText = !inPhonetic;
      },
      ontext(piece) {
        if (inText && text.length < MAX_CELL_TEXT) text += piece;
      },
      onclosetag(name, implied) {
        const tag = localName(name);
        if (tag === 'sst' && !implied) complete = true;
        else if (tag === 'si') strings.push(unescaped(text));
        else if (tag === 'rPh') inPhonetic = false;
        else if (tag === 't') inText = false;
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  for await (const piece of decoded(zip.bytes(part))) parser.write(piece);
  parser.end();
  if (!complete) throw new FileRefused('DAMAGED');
  return strings;
}

/** Excel writes control characters as _x000D_. */
export const unescaped = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text;

/** Bytes -> text; a letter cut between two pieces is joined. */
export async function* decoded(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8');
  for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}
