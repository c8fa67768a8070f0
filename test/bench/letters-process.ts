/** Letters made in a process of its own, so that processor time and peak of memory are its own; tells them as JSON. */
import { DocumentRenderer } from '../../src/documents/document-renderer';
import { docxOf } from '../../src/documents/docx.writer';
import { PdfRenderer } from '../../src/documents/pdf-renderer';
import { lateLetter, longLetter } from '../fixtures/letter-models';
import { median } from './interleave';

export interface LettersTold {
  /** milliseconds of one letter, warm, for 'warm'; 0 else */
  each: number;
  cpuSeconds: number;
  seconds: number;
  peakMb: number;
  bytes: number;
  /** longest time in which the main thread answered nobody, milliseconds */
  longestSilence: number;
}

const MEGABYTE = 1024 * 1024;
const WARM = 200;
const LOOK_MS = 5;
const about = { title: 'Thư xin lỗi', author: 'Xã Bình Lư', createdAt: new Date(0) };
const documents = new DocumentRenderer();

/** One in fifty wraps to a second page, as in life. */
function* letters(count: number): Generator<string> {
  for (let i = 0; i < count; i++) {
    const model = i % 50 === 0 ? longLetter : lateLetter;
    yield documents.html('letters/late-apology', { ...model, number: i + 1, code: `H35.50.12-260121-${i}` });
  }
}

async function warm(renderer: PdfRenderer): Promise<{ each: number; bytes: number }> {
  const times: number[] = [];
  let bytes = 0;
  for (const html of letters(WARM)) {
    const start = process.hrtime.bigint();
    bytes = (await renderer.pdf(html, { ...about, archive: true })).length;
    times.push(Number(process.hrtime.bigint() - start) / 1e6);
  }
  return { each: median(times.slice(WARM / 4)), bytes };
}

export const WORKS = {
  warm: (renderer: PdfRenderer) => warm(renderer),
  batch: async (renderer: PdfRenderer, count: number) => ({
    each: 0,
    bytes: (await renderer.batch(letters(count), about)).length,
  }),
  word: async (_: PdfRenderer, count: number) => ({
    each: 0,
    bytes: (await docxOf([...letters(count)], about)).length,
  }),
};

async function main(work: keyof typeof WORKS, count: number): Promise<void> {
  const renderer = new PdfRenderer();
  let [last, longestSilence] = [performance.now(), 0];
  const looking = setInterval(() => {
    longestSilence = Math.max(longestSilence, performance.now() - last - LOOK_MS);
    last = performance.now();
  }, LOOK_MS);
  const [cpu, start] = [process.cpuUsage(), process.hrtime.bigint()];
  const told = await WORKS[work](renderer, count);
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(looking);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const peakMb = (process.resourceUsage().maxRSS * 1024) / MEGABYTE;
  await renderer.onModuleDestroy();
  const answer: LettersTold = { ...told, cpuSeconds: (user + system) / 1e6, seconds, peakMb, longestSilence };
  process.stdout.write(JSON.stringify(answer));
}

if (require.main === module) void main(process.argv[2] as keyof typeof WORKS, Number(process.argv[3]));
