// Letters made by the built program in a process of its own, so that processor time and peak of memory are its own and
// no compiler of tests is counted. Arguments: work, count; stdin: the letters to repeat. Tells LettersTold as JSON.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';

const built = createRequire(new URL('../../dist/src/documents/', import.meta.url));
const { DocumentRenderer } = built('./document-renderer.js');
const { docxOf } = built('./docx.writer.js');
const { PdfRenderer } = built('./pdf-renderer.js');

const WARM = 200;
const LOOK_MS = 5;
const about = { title: 'Thư xin lỗi', author: 'Xã Bình Lư', createdAt: new Date(0) };
const documents = new DocumentRenderer();
const { usual, long } = JSON.parse(readFileSync(0, 'utf8'));

const FAMILIES = ['Lò', 'Vàng', 'Giàng', 'Nguyễn', 'Phàn', 'Hoàng', 'Tẩn'];
const MIDDLES = ['Thị', 'Văn', 'A', 'Mẩy', 'Thu', 'Quốc'];
const GIVEN = ['Hà', 'Sử', 'Phượng', 'Chiến', 'Lựa', 'Ngơn', 'Dua', 'Trang', 'Hặc', 'Inh', 'Thưởng'];
const REASONS = [
  'hồ sơ lưu trữ',
  'ý kiến của cơ quan phối hợp',
  'mốc giới thửa đất',
  'giấy tờ gốc',
  'nơi cư trú',
];
const DAY = 86_400_000;

/** As in life: each has its own person, place, days, procedure and reason; one in fifty wraps to a second page. */
function* letters(count) {
  for (let i = 0; i < count; i++) {
    const model = i % 50 === 0 ? long : usual;
    const name = [FAMILIES, MIDDLES, GIVEN]
      .map((names, at) => names[(i * (at + 1)) % names.length])
      .join(' ');
    yield documents.html('letters/late-apology', {
      ...model,
      number: i + 1,
      code: `H35.50.12-260121-${i}`,
      procedure: `${model.procedure} (trường hợp ${i % 37})`,
      addressee: {
        ...model.addressee,
        name,
        address: `số nhà ${i}, bản Nà ${GIVEN[i % GIVEN.length]}, xã Bình Lư`,
      },
      receivedAt: new Date(Date.parse(model.receivedAt) - (i % 60) * DAY).toISOString(),
      deadlineAt: new Date(Date.parse(model.deadlineAt) - (i % 60) * DAY).toISOString(),
      reasonLines: [
        `Phải xác minh thêm ${REASONS[i % REASONS.length]} của ${name}`,
        ...model.reasonLines.slice(1),
      ],
    });
  }
}

/** Milliseconds of each letter after the first fifty. */
async function warm(renderer) {
  const times = [];
  for (const html of letters(WARM)) {
    const start = performance.now();
    await renderer.pdf(html, { ...about, archive: true });
    times.push(performance.now() - start);
  }
  return times.slice(WARM / 4);
}

const works = {
  warm,
  batch: async (renderer, count) => {
    await renderer.batch(letters(count), about);
  },
  word: async (_, count) => {
    await docxOf([...letters(count)], about);
  },
};

const [work, count] = process.argv.slice(2);
const renderer = new PdfRenderer();
let [last, longestSilence] = [performance.now(), 0];
const looking = setInterval(() => {
  longestSilence = Math.max(longestSilence, performance.now() - last - LOOK_MS);
  last = performance.now();
}, LOOK_MS);
const [cpu, start] = [process.cpuUsage(), performance.now()];
const each = (await works[work](renderer, Number(count))) ?? [];
const { user, system } = process.cpuUsage(cpu);
clearInterval(looking);
const seconds = (performance.now() - start) / 1000;
const peakMb = process.resourceUsage().maxRSS / 1024;
await renderer.onModuleDestroy();
process.stdout.write(
  JSON.stringify({ each, cpuSeconds: (user + system) / 1e6, seconds, peakMb, longestSilence }),
);
