// Runs in its own thread: reading and copying pages is synchronous work of minutes for thousands of letters.
// Plain JavaScript, because worker threads load this file as it is, from sources and from the built service alike.
import { readFile, writeFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { PDF, PdfArray, PdfDict, PdfName, PdfNumber, PdfString, rgb } from '@libpdf/core';

const A4 = { width: 595.28, height: 841.89 };
const MARGIN = 42;
const STAMP = { size: 8, fromEdge: 18, color: rgb(0.35, 0.35, 0.35) };

const book = PDF.create();

const contentOf = ({ path, bytes }) => (bytes ? Promise.resolve(bytes) : readFile(path));

async function addPdf(part, at) {
  const source = await PDF.load(await contentOf(part));
  const pages = source.getPageCount();
  const indices = Array.from({ length: pages }, (_, i) => i);
  await book.copyPagesFrom(source, indices, at === undefined ? {} : { insertAt: at });
  return pages;
}

async function addPicture(part) {
  const picture = book.embedImage(new Uint8Array(await contentOf(part)));
  const page = book.addPage({ size: 'a4' });
  const scale = Math.min(
    (A4.width - 2 * MARGIN) / picture.width,
    (A4.height - 2 * MARGIN) / picture.height,
    1,
  );
  const [width, height] = [picture.width * scale, picture.height * scale];
  page.drawImage(picture, { x: (A4.width - width) / 2, y: A4.height - MARGIN - height, width, height });
  return 1;
}

function item(pages, { title, page }, parent) {
  const dict = new PdfDict([
    ['Title', PdfString.fromString(title)],
    ['Parent', parent],
    ['Dest', new PdfArray([pages[page - 1].ref, PdfName.of('Fit')])],
  ]);
  return { dict, ref: book.register(dict) };
}

/** One level of bookmarks, as a chain. */
function outline(entries) {
  if (entries.length === 0) return;
  const pages = book.getPages();
  const root = new PdfDict([['Type', PdfName.of('Outlines')]]);
  const rootRef = book.register(root);
  const items = entries.map((entry) => item(pages, entry, rootRef));
  items.forEach(({ dict }, i) => {
    if (i > 0) dict.set('Prev', items[i - 1].ref);
    if (i < items.length - 1) dict.set('Next', items[i + 1].ref);
  });
  root.set('First', items[0].ref);
  root.set('Last', items.at(-1).ref);
  root.set('Count', PdfNumber.of(items.length));
  book.getCatalog().set('Outlines', rootRef);
  book.getCatalog().set('PageMode', PdfName.of('UseOutlines'));
}

function numberPages() {
  const pages = book.getPages();
  pages.forEach((page, i) => {
    const text = `${i + 1}/${pages.length}`;
    const x = page.width - STAMP.fromEdge - text.length * STAMP.size * 0.55;
    page.drawText(text, { x, y: STAMP.fromEdge, size: STAMP.size, color: STAMP.color });
  });
}

const acts = {
  pdf: (part) => addPdf(part),
  picture: (part) => addPicture(part),
  /** before everything that was added so far */
  front: async ({ parts }) => {
    let at = 0;
    for (const bytes of parts) at += await addPdf({ bytes }, at);
    return at;
  },
  count: async ({ bytes }) => (await PDF.load(bytes)).getPageCount(),
  save: async ({ to, title, author, createdAt, entries }) => {
    numberPages();
    outline(entries);
    book.setTitle(title, { showInWindowTitleBar: true });
    book.setAuthor(author);
    book.setCreationDate(new Date(createdAt));
    book.setModificationDate(new Date(createdAt));
    await writeFile(to, await book.save());
    return book.getPageCount();
  },
};

parentPort.on('message', async ({ id, act, ...given }) => {
  try {
    parentPort.postMessage({ id, pages: await acts[act](given) });
  } catch (e) {
    parentPort.postMessage({ id, error: e instanceof Error ? e.message : String(e) });
  }
});
