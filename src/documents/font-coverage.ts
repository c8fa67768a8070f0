import * as fs from 'node:fs';
import * as path from 'node:path';

const FACES = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'];

/** Folders with the four faces of Tinos (metrics of Times New Roman, SIL Open Font License). */
export const fontFolders = (): string[] => {
  const home = path.dirname(require.resolve('@expo-google-fonts/tinos/package.json'));
  return FACES.map((face) => path.join(home, face));
};

let covered: Set<number> | undefined;

/**
 * True when Tinos has a glyph for the character. PDF/A forbids text without one, and another font of the machine
 * must not step in: the same letter has to look the same everywhere.
 */
export function isPrintable(character: string): boolean {
  covered ??= codePointsOf(fs.readFileSync(path.join(fontFolders()[0] ?? '', 'Tinos_400Regular.ttf')));
  return covered.has(character.codePointAt(0) ?? 0);
}

/** Controls, and marks without a shape that could hide or reorder words (bidirectional overrides, zero widths). */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}]/gu;
const NO_GLYPH = '□';

/** What nearly all letters consist of; the specification asks the font for every one of them. */
export const ORDINARY = /^[ -~À-ÿĂăĐđĨĩŨũƠơƯưẠ-ỹ–“”‘’…]*$/;

/** NFC, without invisible characters; what the font cannot show becomes □. */
export function printable(text: string): string {
  if (ORDINARY.test(text)) return text;
  return Array.from(
    text
      .replace(/[\t\r\n\u2028\u2029]+/g, ' ')
      .normalize('NFC')
      .replace(INVISIBLE, ''),
    (c) => (isPrintable(c) ? c : NO_GLYPH),
  ).join('');
}

/** The first character of a text that would be printed as □, for the message to whoever typed it. */
export const firstUnprintable = (text: string): string | undefined =>
  Array.from(text.normalize('NFC').replace(INVISIBLE, '')).find((c) => !isPrintable(c));

/** OpenType 'cmap', format 4 (Basic Multilingual Plane), which is what all four faces have. */
function codePointsOf(font: Buffer): Set<number> {
  const table = format4(font);
  const segments = font.readUInt16BE(table + 6) / 2;
  const ends = table + 14;
  const starts = ends + segments * 2 + 2;
  const points = new Set<number>();
  for (let i = 0; i < segments; i++) {
    const end = font.readUInt16BE(ends + i * 2);
    for (let c = font.readUInt16BE(starts + i * 2); c <= end && c !== 0xffff; c++)
      if (glyphOf(font, { starts, segments, i }, c) !== 0) points.add(c);
  }
  return points;
}

function glyphOf(font: Buffer, at: { starts: number; segments: number; i: number }, c: number): number {
  const deltas = at.starts + at.segments * 2;
  const offsets = deltas + at.segments * 2;
  const delta = font.readInt16BE(deltas + at.i * 2);
  const offset = font.readUInt16BE(offsets + at.i * 2);
  if (offset === 0) return (c + delta) & 0xffff;
  const start = font.readUInt16BE(at.starts + at.i * 2);
  const glyph = font.readUInt16BE(offsets + at.i * 2 + offset + (c - start) * 2);
  return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
}

function format4(font: Buffer): number {
  const tables = font.readUInt16BE(4);
  for (let i = 0; i < tables; i++) {
    const record = 12 + i * 16;
    if (font.toString('latin1', record, record + 4) !== 'cmap') continue;
    const cmap = font.readUInt32BE(record + 8);
    const subtable = cmap + font.readUInt32BE(cmap + 8);
    if (font.readUInt16BE(subtable) === 4) return subtable;
  }
  throw new Error('no character map of format 4 in the font');
}
