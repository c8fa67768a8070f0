import { DocumentRenderer } from '../../src/documents/document-renderer';
import { PdfRenderer } from '../../src/documents/pdf-renderer';
import type { LetterModel } from '../../src/letters/letter-model';
import { lateLetter, longLetter, pastLetter } from '../fixtures/letter-models';
import { pagesOf, poppler, wordsOf } from '../support/poppler';

const documents = new DocumentRenderer();
const renderer = new PdfRenderer();
const options = {
  title: 'Thư xin lỗi số 05',
  author: 'Xã Bình Lư',
  createdAt: new Date('2026-02-05T02:00:00Z'),
};

const letter = (model: LetterModel, form = 'late-apology'): Promise<Buffer> =>
  renderer.pdf(documents.html(`letters/${form}`, model), { ...options, archive: true });

const MM = 72 / 25.4;
const PAGE = { left: 30 * MM, right: (210 - 15) * MM, top: 20 * MM, bottom: (297 - 20) * MM };

afterAll(() => renderer.onModuleDestroy());

describe('one letter', () => {
  let pdf: Buffer;
  beforeAll(async () => {
    pdf = await letter(lateLetter);
  });

  it('is one A4 page with Vietnamese that can be searched', () => {
    expect(poppler('pdfinfo', pdf)).toMatch(/Pages: +1\n[^]*595\.\d+ x 841\.\d+ pts \(A4\)/);
    const [text] = pagesOf(pdf);
    expect(text).toContain('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM');
    expect(text).toContain('Độc lập - Tự do - Hạnh phúc');
    expect(text).toContain(
      'mã hồ sơ H35.50.12-260121-0015. Thời hạn giải quyết theo quy định: 05 ngày làm việc',
    );
    expect(text).toContain('17 giờ 30 phút, ngày 03 tháng 9 năm 2026');
    expect(text).toContain('Rất mong nhận được sự thông cảm của Ông/Bà./.');
  });

  it('has Tinos embedded and no other font', () => {
    const fonts = poppler('pdffonts', pdf).trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThanOrEqual(3);
    for (const line of fonts) expect(line).toMatch(/^[A-Z]{6}\+Tinos-\w+ .* yes yes yes /);
  });

  it('is PDF/A-2a: marked, tagged, with its language and title', () => {
    const raw = pdf.toString('latin1');
    expect(raw).toMatch(/<pdfaid:part>2<\/pdfaid:part>/);
    expect(raw).toMatch(/<pdfaid:conformance>A<\/pdfaid:conformance>/);
    expect(raw).toContain('/OutputIntents');
    expect(raw).toContain('/Lang');
    expect(poppler('pdfinfo', pdf)).toMatch(/Title: +Thư xin lỗi số 05\n[^]*Tagged: +yes/);
    expect(poppler('pdfinfo', pdf, '-struct')).toContain('H1');
  });

  it('is the same file when it is made again', async () => {
    expect((await letter(lateLetter)).equals(pdf)).toBe(true);
  });

  it('is the same file from a compiler that has made other letters and one that has made none', async () => {
    await letter(longLetter);
    await letter({ ...pastLetter, number: 6 }, 'past-apology');
    const after = await letter(lateLetter);
    const other = new PdfRenderer();
    const html = documents.html('letters/late-apology', lateLetter);
    const first = await other.pdf(html, { ...options, archive: true });
    await other.onModuleDestroy();
    expect(after.equals(first)).toBe(true);
  });

  it('keeps the margins of Decree 30: 20, 20, 30 and 15 mm', () => {
    const words = wordsOf(pdf);
    expect(Math.min(...words.map((w) => w.xMin))).toBeCloseTo(PAGE.left, 0);
    expect(Math.max(...words.map((w) => w.xMax))).toBeLessThanOrEqual(PAGE.right + 0.5);
    expect(Math.min(...words.map((w) => w.yMin))).toBeGreaterThanOrEqual(PAGE.top - 3);
    expect(Math.max(...words.map((w) => w.yMax))).toBeLessThanOrEqual(PAGE.bottom + 3);
  });

  it('sets number and date on one line, and indents paragraphs by 12.7 mm', () => {
    const words = wordsOf(pdf);
    const at = (text: string) => words.find((w) => w.text === text)!;
    expect(at('Số:').yMin).toBeCloseTo(at('Lư,').yMin, 0);
    expect(at('Rất').xMin).toBeCloseTo(PAGE.left + 12.7 * MM, 0);
  });

  it('a long name of a place breaks before the date, never within', async () => {
    const words = wordsOf(
      await letter({ ...lateLetter, place: 'Xuân Trường - Đà Lạt', letterDate: '2026-12-22' }),
    );
    const place = words.findIndex((w) => w.text === 'Lạt,');
    const lines = words.slice(place, place + 7).map((w) => w.yMin);
    expect(words.slice(place + 1, place + 7).map((w) => w.text)).toEqual(
      'ngày 22 tháng 12 năm 2026'.split(' '),
    );
    expect(lines[1]! - lines[0]!).toBeGreaterThan(10);
    expect(new Set(lines.slice(1)).size).toBe(1);
  });

  it('breaks the name of the office into even lines', () => {
    const words = wordsOf(pdf);
    const at = (text: string) => words.find((w) => w.text === text)!;
    expect(at('HÀNH').yMin).toBeGreaterThan(at('VỤ').yMin);
    expect(at('CÔNG').yMin).toBeCloseTo(at('HÀNH').yMin, 0);
  });
});

describe('a long letter', () => {
  it('numbers the second page on top in the middle, never the first, and keeps words with the signature', async () => {
    const pdf = await letter(longLetter);
    const [first, second, ...more] = pagesOf(pdf);
    expect(more).toEqual([]);
    expect(first).not.toMatch(/^1 /);
    expect(second).toMatch(/^2 /);
    expect(second).toContain('Rất mong nhận được sự thông cảm của Ông/Bà./.');
    expect(second).toContain('KT. CHỦ TỊCH');
    const number = wordsOf(pdf).find((w) => w.page === 2 && w.text === '2')!;
    expect((number.xMin + number.xMax) / 2).toBeCloseTo((PAGE.left + PAGE.right) / 2, 0);
    expect(number.yMax).toBeLessThan(PAGE.top);
  });

  it.each([7, 8, 9, 10, 11])(
    'with %d lines of reasons the signature is not alone on a page',
    async (lines) => {
      const pdf = await letter({ ...longLetter, reasonLines: longLetter.reasonLines.slice(0, lines) });
      const last = pagesOf(pdf).find((page) => page.includes('PHÓ CHỦ TỊCH'));
      expect(last).toContain('Rất mong nhận được');
      expect(last).toContain('Phạm Quang Huy');
    },
  );
});

describe('hostile data', () => {
  const printed = async (reason: string): Promise<string> => {
    const pdf = await letter({ ...lateLetter, reasonLines: [reason] });
    expect(Math.max(...wordsOf(pdf).map((w) => w.xMax))).toBeLessThanOrEqual(PAGE.right + 0.5);
    return pagesOf(pdf).join(' ');
  };

  it.each([
    ['<script>alert(1)</script>'],
    ['{{agency}} {{{code}}} {{> letterhead}}'],
    ['#set page(fill: red) #pagebreak() #include "x"'],
    ['$x^2$ @ref <label> *b* _i_ `code` // comment'],
    ['\\ \\u{1F600} ]]> &amp; &#60; %PDF ~ "quoted" \'single\''],
    ['= Tiêu đề - mục + số / thuật ngữ: nghĩa'],
  ])('%s is printed as it is', async (reason) => {
    expect(await printed(reason)).toContain(`Lý do: ${reason}`);
  });

  it('what the font lacks becomes a box, what hides words goes', async () => {
    expect(await printed('tốt 👍 \u202ekhông\u200b đảo')).toContain('Lý do: tốt □ không đảo.');
  });

  it('decomposed letters are printed composed', async () => {
    expect(await printed('hồ sơ lịch sử thiếu'.normalize('NFD'))).toContain('Lý do: hồ sơ lịch sử thiếu.');
  });

  it('a word longer than the line is broken, nothing of it is lost', async () => {
    const word = 'abcdefghij'.repeat(30);
    expect((await printed(word)).replace(/ /g, '')).toContain(word);
  });
});

it('a row of a report stands whole on one page', async () => {
  const row = (i: number) =>
    `<tr><td>đầu${i}</td><td>${'Thủ tục có tên dài '.repeat(5 + (i % 4))}<br>cuối${i}</td></tr>`;
  const rows = Array.from({ length: 60 }, (_, i) => row(i)).join('');
  const head = '<thead><tr><th class="w-60">Số</th><th class="w-10">Tên</th></tr></thead>';
  const html = `<article><table class="small">${head}<tbody>${rows}</tbody></table></article>`;
  const words = wordsOf(await renderer.pdf(html, { ...options, archive: true, landscape: true }));
  const pageOf = (text: string) => words.find((w) => w.text === text)?.page;
  const pages = Array.from({ length: 60 }, (_, i) => [pageOf(`đầu${i}`), pageOf(`cuối${i}`)]);
  for (const [first, last] of pages) expect(last).toBe(first);
  expect(pages.at(-1)![0]).toBeGreaterThan(3);
});

describe('a print batch', () => {
  it('counts pages per letter and never claims PDF/A', async () => {
    const models = [lateLetter, longLetter, pastLetter];
    const forms = ['late-apology', 'late-apology', 'past-apology'];
    const pdf = await renderer.batch(
      models.map((model, i) => documents.html(`letters/${forms[i]}`, model)),
      options,
    );
    const pages = pagesOf(pdf);
    expect(pages).toHaveLength(4);
    expect(pages.map((page) => /^\d+ /.exec(page)?.[0].trim() ?? null)).toEqual([null, null, '2', null]);
    expect(pdf.toString('latin1')).not.toContain('pdfaid');
  });

  it('of more than one chunk is merged in order, with title and without a marker', async () => {
    const htmls = Array.from({ length: 205 }, (_, i) =>
      documents.html('letters/late-apology', { ...lateLetter, number: i + 1 }),
    );
    const pdf = await renderer.batch(htmls, { ...options, title: 'Thư 01 đến 205' });
    const pages = pagesOf(pdf);
    expect(pages.map((page) => Number(/Số: (\d+)\//.exec(page)?.[1]))).toEqual(
      Array.from({ length: 205 }, (_, i) => i + 1),
    );
    expect(pdf.toString('latin1')).not.toContain('pdfaid');
    expect(poppler('pdfinfo', pdf)).toMatch(/Title: +Thư 01 đến 205/);
  });

  it('of nothing is refused', async () => {
    await expect(renderer.batch([], options)).rejects.toThrow('no document');
  });
});

it('a document the compiler refuses fails by itself; the next one is made', async () => {
  const impossible = '<table><tbody><tr><td colspan="0">x</td></tr></tbody></table>';
  await expect(renderer.pdf(impossible, { ...options, archive: true })).rejects.toThrow('PDF');
  expect(pagesOf(await letter(lateLetter))).toHaveLength(1);
});

it('the server answers others while letters are made', async () => {
  let ticks = 0;
  const timer = setInterval(() => (ticks += 1), 5);
  await renderer.batch(
    Array.from({ length: 100 }, (_, i) =>
      documents.html('letters/late-apology', { ...lateLetter, number: i + 1 }),
    ),
    options,
  );
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(5);
});
