import { fontAdvances } from './font-file';

/**
 * True when Tinos has a glyph for the character. PDF/A forbids text without one, and another font of the machine
 * must not step in: the same letter has to look the same everywhere.
 */
export const isPrintable = (character: string): boolean =>
  fontAdvances('400Regular').has(character.codePointAt(0) ?? 0);

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
