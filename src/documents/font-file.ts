import * as fs from 'node:fs';
import * as path from 'node:path';

const FACES = ['400Regular', '400Regular_Italic', '700Bold', '700Bold_Italic'] as const;
export type FontFace = (typeof FACES)[number];

/** Folders with the four faces of Tinos (metrics of Times New Roman, SIL Open Font License). */
export const fontFolders = (): string[] => {
  const home = path.dirname(require.resolve('@expo-google-fonts/tinos/package.json'));
  return FACES.map((face) => path.join(home, face));
};

const known = new Map<FontFace, Map<number, number>>();

/** Characters of a face, each with its width in ems. */
export function fontAdvances(face: FontFace): Map<number, number> {
  const read = known.get(face);
  if (read) return read;
  const folder = fontFolders()[FACES.indexOf(face)] ?? '';
  const advances = advancesOf(fs.readFileSync(path.join(folder, `Tinos_${face}.ttf`)));
  known.set(face, advances);
  return advances;
}

/** OpenType 'cmap', format 4 (Basic Multilingual Plane), which is what all four faces have. */
function advancesOf(font: Buffer): Map<number, number> {
  const table = format4(font);
  const segments = font.readUInt16BE(table + 6) / 2;
  const ends = table + 14;
  const starts = ends + segments * 2 + 2;
  const width = widths(font);
  const advances = new Map<number, number>();
  for (let i = 0; i < segments; i++) {
    const end = font.readUInt16BE(ends + i * 2);
    for (let c = font.readUInt16BE(starts + i * 2); c <= end && c !== 0xffff; c++) {
      const glyph = glyphOf(font, { starts, segments, i }, c);
      if (glyph !== 0) advances.set(c, width(glyph));
    }
  }
  return advances;
}

/** Table 'hmtx': the last width stands for all glyphs after it. */
function widths(font: Buffer): (glyph: number) => number {
  const unitsPerEm = font.readUInt16BE(tableAt(font, 'head') + 18);
  const count = font.readUInt16BE(tableAt(font, 'hhea') + 34);
  const metrics = tableAt(font, 'hmtx');
  return (glyph) => font.readUInt16BE(metrics + Math.min(glyph, count - 1) * 4) / unitsPerEm;
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
  const cmap = tableAt(font, 'cmap');
  const subtable = cmap + font.readUInt32BE(cmap + 8);
  if (font.readUInt16BE(subtable) === 4) return subtable;
  throw new Error('no character map of format 4 in the font');
}

function tableAt(font: Buffer, tag: string): number {
  const tables = font.readUInt16BE(4);
  for (let i = 0; i < tables; i++) {
    const record = 12 + i * 16;
    if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8);
  }
  throw new Error(`no table ${tag} in the font`);
}
