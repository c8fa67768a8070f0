import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

/** Runs a program of poppler-utils on a PDF. @throws when poppler-utils is not installed */
export function poppler(
  program: 'pdftotext' | 'pdffonts' | 'pdfinfo' | 'pdfsig' | 'pdftohtml' | 'pdftocairo',
  pdf: Buffer,
  ...options: string[]
): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'pdf-'));
  const file = path.join(folder, 'a.pdf');
  writeFileSync(file, pdf);
  const toOutput = program === 'pdftotext' || program === 'pdftocairo';
  const output = toOutput ? [...options, file, '-'] : [...options, file];
  try {
    return execFileSync(program, output, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (e) {
    if ((e as { code?: string }).code === 'ENOENT')
      throw new Error(`${program} is missing: apt-get install poppler-utils`, { cause: e });
    throw e;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Text of each page, white space of the layout made one blank. */
export const pagesOf = (pdf: Buffer): string[] =>
  poppler('pdftotext', pdf)
    .split('\f')
    .slice(0, -1)
    .map((page) => page.replace(/\s+/g, ' ').trim());

export interface Word {
  text: string;
  page: number;
  xMin: number;
  xMax: number;
  yMin: number;
  yMax: number;
}

/** Words with their place on the paper, in points from the top left. */
export function wordsOf(pdf: Buffer): Word[] {
  const words: Word[] = [];
  let page = 0;
  for (const line of poppler('pdftotext', pdf, '-bbox').split('\n')) {
    if (line.includes('<page ')) page += 1;
    const m = /xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*)<\/word>/.exec(line);
    if (!m) continue;
    const [xMin, yMin, xMax, yMax] = m.slice(1, 5).map(Number) as [number, number, number, number];
    words.push({ text: m[5] ?? '', page, xMin, xMax, yMin, yMax });
  }
  return words;
}

/** Type size of a word in points, to the half point. */
export const sizeOf = (word: Word): number => Math.round(((word.yMax - word.yMin) / 0.9) * 2) / 2;

/** Lengths of the strokes of the first page in points, as they are drawn. */
export const strokesOf = (pdf: Buffer): number[] =>
  [
    ...poppler('pdftocairo', pdf, '-svg', '-l', '1').matchAll(
      /stroke-width:[^>]*d="M (-?[\d.]+) -?[\d.]+ L (-?[\d.]+) /g,
    ),
  ].map((m) => Number(m[2]) - Number(m[1]));

/** Pieces of text with their face: 'b', 'i', 'bi' or ''. */
export const facesOf = (pdf: Buffer): { text: string; face: string }[] =>
  [...poppler('pdftohtml', pdf, '-xml', '-i', '-stdout').matchAll(/<text [^>]*>(.*)<\/text>/g)].map((m) => ({
    text: (m[1] ?? '').replace(/<[^>]*>/g, '').trim(),
    face: ['b', 'i'].filter((tag) => m[1]?.includes(`<${tag}>`)).join(''),
  }));
