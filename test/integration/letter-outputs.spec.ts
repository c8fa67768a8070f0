import { unzipSync } from 'fflate';
import { DocumentRenderer } from '../../src/documents/document-renderer';
import { docxOf } from '../../src/documents/docx.writer';
import { PdfRenderer } from '../../src/documents/pdf-renderer';
import { printable } from '../../src/documents/font-coverage';
import { mapText, plainText, templateTree } from '../../src/documents/template-tree';
import { SHIPPED_FORMS } from '../../src/letters/shipped-forms';
import {
  extensionLetter,
  hostileLetter,
  hugeLetter,
  lateLetter,
  longLetter,
  pastLetter,
  stopNotice,
  supplementRequest,
  systemErrorSlip,
} from '../fixtures/letter-models';
import { poppler } from '../support/poppler';

const documents = new DocumentRenderer();
const renderer = new PdfRenderer();
afterAll(() => renderer.onModuleDestroy());

const LETTERS = { lateLetter, pastLetter, longLetter, extensionLetter, hostileLetter, hugeLetter };
const MODELS: Record<string, Record<string, object>> = {
  'system-error-slip': { systemErrorSlip },
  'supplement-request': { supplementRequest },
  'stop-notice': { stopNotice },
};
const CASES = SHIPPED_FORMS.flatMap(({ form, paper }) =>
  Object.entries(MODELS[form] ?? LETTERS).map(([name, model]) => ({
    ...{ form, paper, name },
    model: form === 'past-apology' ? { ...model, settledDay: '2026-01-30', daysLate: 2 } : model,
  })),
);

/** Letters and digits in the order of the document: capitals by style, hyphens and line ends are looks. */
const letters = (text: string): string =>
  text
    .normalize('NFC')
    .toLocaleUpperCase('vi')
    .replace(/[^\p{L}\p{N}□]/gu, '');

/** Every word as often as it stands there: columns side by side are read in another order by each reader. */
const counted = (text: string): string => [...letters(text)].sort().join('');

async function wordText(html: string, paper: 'A4' | 'A5'): Promise<string> {
  const file = await docxOf([html], { title: 'Thư', author: 'Xã Bình Lư', paper });
  const xml = Buffer.from(unzipSync(file)['word/document.xml']!).toString('utf8');
  const paragraphs = xml
    .split('</w:p>')
    .map((p) => [...p.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map((m) => m[1]).join(''));
  return paragraphs
    .join('\n')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&amp;/g, '&');
}

it.each(CASES)(
  '$form with $name says the same on the page, in the PDF and in Word',
  async ({ form, paper, model }) => {
    const html = documents.html(`letters/${form}`, model);
    const page = plainText(mapText(templateTree(html), printable));
    const word = await wordText(html, paper);
    expect(letters(word)).toBe(letters(page));

    const options = { title: 'Thư', author: 'Xã Bình Lư', createdAt: new Date(0), archive: true, paper };
    const pdf = await renderer.pdf(html, options);
    const pages = poppler('pdftotext', pdf, '-layout').split('\f');
    const body = pages.map((text, i) => (i === 0 ? text : text.replace(/^\s*\d+\s*\n/, ''))).join('\n');
    expect(counted(body)).toBe(counted(page));
  },
);
