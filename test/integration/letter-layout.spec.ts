import { DocumentRenderer } from '../../src/documents/document-renderer';
import { PdfRenderer } from '../../src/documents/pdf-renderer';
import type { PaperSize } from '../../src/documents/paper-styles';
import type { LetterModel } from '../../src/letters/letter-model';
import { hostileLetter, hugeLetter, lateLetter, longLetter, pastLetter } from '../fixtures/letter-models';
import { facesOf, pagesOf, poppler, sizeOf, strokesOf, wordsOf, type Word } from '../support/poppler';

/** Decree 30/2020/NĐ-CP, Appendix I, measured on the paper. */
const documents = new DocumentRenderer();
const renderer = new PdfRenderer();
const letter = (model: LetterModel, form = 'late-apology', paper: PaperSize = 'A4'): Promise<Buffer> =>
  renderer.pdf(documents.html(`letters/${form}`, model), {
    title: 'Thư xin lỗi',
    author: 'Xã Bình Lư',
    createdAt: new Date('2026-02-05T02:00:00Z'),
    archive: true,
    paper,
  });

const MM = 72 / 25.4;
const SIZES = {
  A4: { width: 210, height: 297, left: 30, right: 15, top: 20, bottom: 20 },
  A5: { width: 148, height: 210, left: 20, right: 12, top: 15, bottom: 12 },
};
const FORMS = ['extension-apology', 'late-apology', 'past-apology', 'apology-2018'];

/** The word that begins with these words on the paper. */
function at(words: Word[], text: string): Word {
  const [first = '', ...rest] = text.split(' ');
  const i = words.findIndex(
    (w, n) => w.text === first && rest.every((next, k) => words[n + 1 + k]?.text === next),
  );
  if (i < 0) throw new Error(`not on the paper: ${text}`);
  return words[i]!;
}

function extentOf(words: Word[], from: string, to: string): { left: number; right: number; width: number } {
  const [left, right] = [at(words, from).xMin, at(words, to).xMax];
  return { left, right, width: right - left };
}

afterAll(() => renderer.onModuleDestroy());

function expectInside(pdf: Buffer, paper: PaperSize): void {
  const p = SIZES[paper];
  const words = wordsOf(pdf);
  expect(words.length).toBeGreaterThan(100);
  expect(Math.min(...words.map((w) => w.xMin))).toBeGreaterThanOrEqual(p.left * MM - 0.5);
  expect(Math.max(...words.map((w) => w.xMax))).toBeLessThanOrEqual((p.width - p.right) * MM + 0.5);
  const text = words.filter((w) => !(w.page > 1 && w.yMax < p.top * MM));
  expect(Math.min(...text.map((w) => w.yMin))).toBeGreaterThanOrEqual(p.top * MM - 1);
  expect(Math.max(...text.map((w) => w.yMax))).toBeLessThanOrEqual((p.height - p.bottom) * MM + 1);
}

describe.each(['A4', 'A5'] as const)('on %s', (paper) => {
  it.each([
    ['a usual letter', lateLetter],
    ['a letter of two pages', longLetter],
    ['names of 120 letters and 20 paragraphs of reasons', hugeLetter],
    ['hostile words', hostileLetter],
  ])('%s stays inside the margins', async (_, model) => {
    expectInside(await letter(model, 'late-apology', paper), paper);
  });

  it('has the size of the paper, one page for a usual letter', async () => {
    const info = poppler('pdfinfo', await letter(lateLetter, 'late-apology', paper));
    const [, pages, width, height] = /Pages: +(\d+)\n[^]*Page size: +([\d.]+) x ([\d.]+)/.exec(info) ?? [];
    expect(pages).toBe('1');
    expect(Number(width)).toBeCloseTo(SIZES[paper].width * MM, 0);
    expect(Number(height)).toBeCloseTo(SIZES[paper].height * MM, 0);
  });

  it.each(FORMS)(
    '%s draws its rules: under the motto as long as it, under the agency a third to a half',
    async (form) => {
      const pdf = await letter({ ...pastLetter, newDueAt: lateLetter.newDueAt }, form, paper);
      const words = wordsOf(pdf);
      const lengths = strokesOf(pdf).sort((a, b) => b - a);
      const motto = extentOf(words, 'Độc lập', 'phúc');
      expect(lengths[0]).toBeCloseTo(motto.width, -0.3);
      const agency = Math.max(
        extentOf(words, 'TRUNG TÂM PHỤC VỤ', 'VỤ').width,
        extentOf(words, 'HÀNH CHÍNH CÔNG', 'CÔNG').width,
      );
      expect(lengths.at(-1)).toBeGreaterThanOrEqual(agency / 3);
      expect(lengths.at(-1)).toBeLessThanOrEqual(agency / 2);
    },
  );
});

describe('type', () => {
  let pdf: Buffer;
  let words: Word[];
  beforeAll(async () => {
    pdf = await letter(lateLetter);
    words = wordsOf(pdf);
  });

  it.each([
    ['CỘNG HÒA', 12, 13],
    ['Độc lập', 13, 14],
    ['ỦY BAN', 12, 13],
    ['TRUNG TÂM', 12, 13],
    ['Số: 05/XL-TTPVHCC', 13, 13],
    ['Bình Lư, ngày', 13, 14],
    ['THƯ XIN', 13, 14],
    ['Kính gửi:', 13, 14],
    ['Rất mong', 13, 14],
    ['Nơi nhận:', 12, 12],
    ['Như trên;', 11, 11],
    ['GIÁM ĐỐC', 13, 14],
    ['Phạm Quang', 13, 14],
  ])('“%s” has %d to %d points', (text, least, most) => {
    expect(sizeOf(at(words, text))).toBeGreaterThanOrEqual(least);
    expect(sizeOf(at(words, text))).toBeLessThanOrEqual(most);
  });

  it.each([
    ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'b'],
    ['Độc lập - Tự do - Hạnh phúc', 'b'],
    ['ỦY BAN NHÂN DÂN XÃ BÌNH LƯ', ''],
    ['TRUNG TÂM PHỤC VỤ', 'b'],
    ['Số: 05/XL-TTPVHCC', ''],
    ['Bình Lư, ngày 05 tháng 02 năm 2026', 'i'],
    ['THƯ XIN LỖI', 'b'],
    ['Nơi nhận:', 'bi'],
    ['- Như trên;', ''],
    ['GIÁM ĐỐC', 'b'],
    ['Phạm Quang Huy', 'b'],
  ])('“%s” has the face "%s"', (text, face) => {
    expect(facesOf(pdf)).toContainEqual({ text, face });
  });

  it('justifies the body, indents it by 12,7 mm, with lines of 1 to 1,5 and 6 points between paragraphs', () => {
    const right = (210 - 15) * MM;
    const baselines = [...new Set(words.filter((w) => sizeOf(w) === 14).map((w) => Math.round(w.yMin)))];
    expect(at(words, 'Ngày 21').xMin).toBeCloseTo((30 + 12.7) * MM, 0);
    const lines = ['Lư tiếp nhận', 'H35.50.12-260121-0015.'].map((text) => at(words, text));
    for (const line of lines) {
      const last = Math.max(...words.filter((w) => Math.abs(w.yMin - line.yMin) < 1).map((w) => w.xMax));
      expect(last).toBeCloseTo(right, 0);
    }
    const step = lines[1]!.yMin - lines[0]!.yMin;
    expect(step).toBeGreaterThanOrEqual(14 * 1.15);
    expect(step).toBeLessThanOrEqual(14 * 1.15 * 1.5);
    expect(at(words, 'Rất mong').yMin - at(words, 'thoại 0213').yMin - step).toBeGreaterThanOrEqual(5.9);
    expect(baselines.length).toBeGreaterThan(8);
  });

  it('sets number and date on one line, “Nơi nhận” level with the office of the signer', () => {
    expect(at(words, 'Số: 05/XL-TTPVHCC').yMax).toBeCloseTo(at(words, 'Bình Lư, ngày').yMax, 0);
    expect(Math.abs(at(words, 'Nơi nhận:').yMin - at(words, 'GIÁM ĐỐC').yMin)).toBeLessThan(2);
  });
});

it.each([
  ['2026-09-05', 'ngày 05 tháng 9 năm 2026'],
  ['2026-02-05', 'ngày 05 tháng 02 năm 2026'],
  ['2026-12-15', 'ngày 15 tháng 12 năm 2026'],
])('%s is printed as “%s”', async (letterDate, text) => {
  expect(pagesOf(await letter({ ...lateLetter, letterDate })).join()).toContain(`Bình Lư, ${text}`);
});

it('a number still open leaves 12 mm to write it', async () => {
  const words = wordsOf(await letter({ ...lateLetter, number: null }));
  expect(at(words, '/XL-TTPVHCC').xMin - at(words, 'Số:').xMax).toBeGreaterThanOrEqual(12 * MM - 0.5);
});

it.each([
  [[], 'GIÁM ĐỐC'],
  [['TM. ỦY BAN NHÂN DÂN'], 'CHỦ TỊCH'],
  [['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH'], 'PHÓ CHỦ TỊCH'],
  [['KT. GIÁM ĐỐC'], 'PHÓ GIÁM ĐỐC'],
  [['TL. CHỦ TỊCH'], 'GIÁM ĐỐC TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG'],
  [['TUQ. CHỦ TỊCH'], 'GIÁM ĐỐC'],
])(
  'signer %j %s: each power on its own line above the office, all in the middle of one column',
  async (authority, title) => {
    const pdf = await letter({ ...lateLetter, signer: { authority, title, name: 'Phạm Quang Huy' } });
    const lines = facesOf(pdf);
    const from = lines.findIndex(
      ({ text }) => text === (authority[0] ?? title.slice(0, text.length)) && text !== '',
    );
    const shown = lines
      .slice(from)
      .map(({ text }) => text)
      .join(' ');
    expect(shown).toContain([...authority, title].join(' '));
    const words = wordsOf(pdf);
    const [name, office] = [extentOf(words, 'Phạm Quang', 'Huy'), (authority[0] ?? title).split(' ')];
    const first = at(words, office.join(' '));
    const row = words.filter((w) => Math.abs(w.yMin - first.yMin) < 0.3 && w.xMin >= first.xMin);
    const middle = (first.xMin + Math.max(...row.map((w) => w.xMax))) / 2;
    if (title.length < 20 || authority.length > 0)
      expect(middle).toBeCloseTo((name.left + name.right) / 2, 0);
    expect(at(words, 'Phạm Quang').yMin - first.yMax).toBeGreaterThan(60);
  },
);

it('never leaves one line of a paragraph, or the signature, alone on a page', async () => {
  const words = 'khối lượng hồ sơ tăng đột biến nên phải xác minh lại '.repeat(4);
  for (let lines = 3; lines <= 11; lines++) {
    const reasonLines = Array.from({ length: lines }, (_, i) => `Lý do ${i + 1}: ${words}`);
    const pdf = await letter({ ...lateLetter, reasonLines });
    const last = pagesOf(pdf).length;
    const page = pagesOf(pdf)[last - 1];
    expect(page).toContain('Rất mong nhận được');
    expect(page).toContain('Phạm Quang Huy');
    if (last === 1) continue;
    const begun = wordsOf(pdf).filter((w) => w.page === last && w.yMin > 20 * MM);
    const rows = [...new Set(begun.map((w) => Math.round(w.yMin)))].sort((a, b) => a - b);
    const firstRow = begun.filter((w) => Math.round(w.yMin) === rows[0]);
    // a page begins with a paragraph, or with at least two lines of one
    const indented = firstRow[0]!.xMin > 35 * MM;
    expect(indented || rows[1]! - rows[0]! < 19).toBe(true);
  }
});
