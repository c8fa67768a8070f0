import * as path from 'node:path/posix';
import { FileRefused } from './file-refused';
import { SharedStrings, readSharedStrings, scanPart } from './shared-strings';
import { attribute, type XmlHandler } from './xml-scanner';
import type { ZipArchive } from './zip-archive';

export interface Sheet {
  name: string;
  /** Path of its part inside the archive. */
  part: string;
}

export interface Workbook {
  /** In the order of the tabs; hidden ones last. */
  sheets: Sheet[];
  sharedStrings: SharedStrings;
  /** For each cell style: whether it shows a number as a date. */
  dateStyles: boolean[];
  /** Days to add to date serials: workbooks made on old Macs count from 1904. */
  serialShift: number;
}

export const SHIFT_OF_1904 = 1_462;

/** Reads the parts of a workbook that the rows refer to. @throws FileRefused NOT_A_WORKBOOK */
export async function openWorkbook(zip: ZipArchive): Promise<Workbook> {
  if (!zip.has('_rels/.rels')) throw new FileRefused('NOT_A_WORKBOOK');
  const main = (await relations(zip, '')).find((r) => r.type.endsWith('/officeDocument'));
  if (!main || !zip.has(main.target)) throw new FileRefused('NOT_A_WORKBOOK');
  const related = await relations(zip, main.target);
  const partOf = (kind: string): string | null => {
    const part = related.find((r) => r.type.endsWith(`/${kind}`))?.target;
    return part !== undefined && zip.has(part) ? part : null;
  };
  const outline = await readOutline(zip, main.target);
  const strings = partOf('sharedStrings');
  const styles = partOf('styles');
  const sheets = outline.sheets
    .sort((a, b) => Number(a.hidden) - Number(b.hidden))
    .map(({ name, id }) => ({ name, part: related.find((r) => r.id === id)?.target ?? '' }))
    .filter((sheet) => zip.has(sheet.part));
  for (const part of [strings, sheets[0]?.part]) if (part) zip.expect(part);
  return {
    sheets,
    sharedStrings: strings === null ? new SharedStrings() : await readSharedStrings(zip, strings),
    dateStyles: styles === null ? [] : await readDateStyles(zip, styles),
    serialShift: outline.from1904 ? SHIFT_OF_1904 : 0,
  };
}

interface Relation {
  id: string;
  type: string;
  target: string;
}

const onOpen = (open: XmlHandler['open']): XmlHandler => ({
  open,
  text: () => undefined,
  close: () => undefined,
});

async function relations(zip: ZipArchive, part: string): Promise<Relation[]> {
  const folder = path.dirname(part);
  const file = path.join(folder, '_rels', `${path.basename(part)}.rels`);
  if (!zip.has(file)) return [];
  const found: Relation[] = [];
  const open = (name: string, attributes: string) => {
    if (name !== 'Relationship') return;
    const target = attribute(attributes, 'Target') ?? '';
    found.push({
      id: attribute(attributes, 'Id') ?? '',
      type: attribute(attributes, 'Type') ?? '',
      target: target.startsWith('/') ? target.slice(1) : path.join(folder, target),
    });
  };
  await scanPart(zip, file, onOpen(open));
  return found;
}

interface Outline {
  sheets: { name: string; id: string; hidden: boolean }[];
  from1904: boolean;
}

async function readOutline(zip: ZipArchive, part: string): Promise<Outline> {
  const outline: Outline = { sheets: [], from1904: false };
  const open = (name: string, attributes: string) => {
    if (name === 'workbookPr') outline.from1904 = /^(1|true)$/.test(attribute(attributes, 'date1904') ?? '');
    if (name !== 'sheet') return;
    outline.sheets.push({
      name: attribute(attributes, 'name') ?? '',
      id: /\s\w+:id\s*=\s*["']([^"']*)/.exec(attributes)?.[1] ?? '',
      hidden: (attribute(attributes, 'state') ?? 'visible') !== 'visible',
    });
  };
  await scanPart(zip, part, onOpen(open));
  return outline;
}

/** Numbers of the formats that Excel knows without being told: 14 to 22 and 45 to 47 are dates and times. */
const isBuiltInDate = (format: number): boolean =>
  (format >= 14 && format <= 22) || (format >= 27 && format <= 36) || (format >= 45 && format <= 47);

async function readDateStyles(zip: ZipArchive, part: string): Promise<boolean[]> {
  const own = new Set<number>();
  const styles: boolean[] = [];
  let inCells = false;
  await scanPart(zip, part, {
    open(name, attributes) {
      if (name === 'cellXfs') inCells = true;
      if (name === 'numFmt' && showsDate(attribute(attributes, 'formatCode') ?? ''))
        own.add(Number(attribute(attributes, 'numFmtId')));
      if (name !== 'xf' || !inCells) return;
      const format = Number(attribute(attributes, 'numFmtId') ?? 0);
      styles.push(isBuiltInDate(format) || own.has(format));
    },
    text: () => undefined,
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles;
}

/** Days, months, years or hours outside quoted words and brackets. */
export const showsDate = (format: string): boolean =>
  /[dmyh]/i.test(format.replace(/"[^"]*"|\[[^\]]*\]|\\./g, ''));
