/** Target 10: one letter warm, a thousand merged, and what five thousand take of memory. */
import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { DocumentRenderer } from '../../src/documents/document-renderer';
import { openBrowser } from '../browser/browser';
import { lateLetter, longLetter } from '../fixtures/letter-models';
import { median } from './interleave';
import { figure, measured, type Bench } from './report';

interface LettersTold {
  /** milliseconds of each letter, for 'warm' */
  each: number[];
  cpuSeconds: number;
  seconds: number;
  peakMb: number;
  /** longest time in which the main thread answered nobody, milliseconds */
  longestSilence: number;
}

const ROUNDS = 3;
const BROWSER_LETTERS = 20;

function once(work: 'warm' | 'batch' | 'word', count: number): LettersTold {
  const script = path.join(__dirname, 'letters-process.mjs');
  const input = JSON.stringify({ usual: lateLetter, long: longLetter });
  const { stdout, stderr } = spawnSync(process.execPath, [script, work, String(count)], {
    encoding: 'utf8',
    input,
  });
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout) as LettersTold;
}

/** The same letter by the browser that is already running: milliseconds. */
async function browserPrints(): Promise<number> {
  const html = new DocumentRenderer().html('letters/late-apology', lateLetter);
  const browser = await openBrowser();
  try {
    const page = await browser.newPage();
    const times: number[] = [];
    for (let i = 0; i < BROWSER_LETTERS; i++) {
      const start = performance.now();
      await page.setContent(`<!doctype html><meta charset="utf-8">${html}`);
      await page.pdf({ format: 'A4' });
      times.push(performance.now() - start);
    }
    return median(times.slice(5));
  } finally {
    await browser.close();
  }
}

export const bench: Bench = async (say) => {
  const [singles, browsers, thousands]: [number[], number[], LettersTold[]] = [[], [], []];
  for (let round = 1; round <= ROUNDS; round++) {
    say(`   vòng ${round}/${ROUNDS}: từng thư, trình duyệt, 1.000 thư`);
    singles.push(median(once('warm', 0).each));
    browsers.push(await browserPrints());
    thousands.push(once('batch', 1_000));
  }
  say('   5.000 thư; 1.000 thư Word');
  const [many, word] = [once('batch', 5_000), once('word', 1_000)];
  const of = (pick: (told: LettersTold) => number): number => median(thousands.map(pick));
  const times = median(singles.map((ours, i) => browsers[i]! / ours));
  const against = `trình duyệt không giao diện ${figure(median(browsers))} ms`;
  const mb = (id: string, what: string, value: number, target?: { atMost: number }) =>
    measured({ id, what, value, unit: 'MB', ...(target ? { target } : {}) });
  return [
    measured({
      ...{ id: 'letters.single', what: 'Một thư PDF/A-2a khi đã chạy (trung vị)', value: median(singles) },
      ...{ unit: 'ms', target: { atMost: 15 }, against },
    }),
    measured({
      ...{ id: 'letters.browser', what: 'Một thư so với in bằng trình duyệt', value: times, unit: '×' },
      against,
    }),
    measured({
      ...{ id: 'letters.thousand', what: '1.000 thư thành một tệp in', value: of((t) => t.cpuSeconds) },
      ...{ unit: 'giây CPU', target: { atMost: 5 }, against: `${figure(of((t) => t.seconds))} giây đồng hồ` },
    }),
    mb(
      'letters.thousand.memory',
      '1.000 thư: bộ nhớ cao nhất',
      of((t) => t.peakMb),
      { atMost: 350 },
    ),
    measured({
      ...{ id: 'letters.silence', what: '1.000 thư: lâu nhất máy chủ không trả lời ai', unit: 'ms' },
      value: of((t) => t.longestSilence),
    }),
    mb('letters.many.memory', '5.000 thư: bộ nhớ cao nhất', many.peakMb, { atMost: 350 }),
    measured({
      ...{ id: 'letters.many', what: '5.000 thư thành một tệp in', value: many.cpuSeconds, unit: 'giây CPU' },
      against: `${figure(many.seconds)} giây đồng hồ`,
    }),
    measured({
      ...{ id: 'letters.word', what: '1.000 thư thành một tệp Word', value: word.seconds, unit: 'giây' },
      against: `${figure(word.peakMb)} MB`,
    }),
  ];
};
