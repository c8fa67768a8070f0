import { fontAdvances } from './font-file';
import type { PaperStyle } from './paper-styles';

/** Width of a line in points. Word has no measuring of its own, so what depends on a width is reckoned here. */
export function textWidth(text: string, s: PaperStyle): number {
  const advances = fontAdvances(s.bold ? '700Bold' : '400Regular');
  const shown = s.upper ? text.toLocaleUpperCase('vi') : text;
  let ems = 0;
  for (const c of shown) ems += advances.get(c.codePointAt(0) ?? 0) ?? 1;
  return ems * s.size;
}

/** The narrowest width that needs no more lines than the full one: two lines of a name come out even. */
export function evenWidth(text: string, s: PaperStyle, width: number): number {
  const words = text.split(' ').map((word) => textWidth(word, s));
  const space = textWidth(' ', s);
  const total = words.reduce((sum, w) => sum + w, 0) + space * (words.length - 1);
  if (total <= width) return total;
  const lines = linesIn(words, space, width);
  let [low, high] = [Math.min(width, Math.max(...words)), width];
  for (let i = 0; i < 10; i++) {
    const middle = (low + high) / 2;
    if (linesIn(words, space, middle) > lines) low = middle;
    else high = middle;
  }
  return high;
}

function linesIn(words: number[], space: number, width: number): number {
  let lines = 1;
  let used = -space;
  for (const word of words) {
    if (used + space + word > width && used > 0) {
      lines += 1;
      used = -space;
    }
    used += space + word;
  }
  return lines;
}
