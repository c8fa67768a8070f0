import { PdfBook, type BookEntry } from '../documents/pdf-book.writer';
import { letterPackLabels as words } from '../platform/letter-pack-labels';
import type { FoundFile } from './evidence-pack-store.service';

export interface BookPlan {
  found: FoundFile[];
  /** cover, appendix, form: before everything else */
  fronts: { title: string; parts: Buffer[] }[];
  contents: (entries: BookEntry[]) => Promise<Buffer>;
  path: (sha256: string) => string;
  details: { to: string; title: string; author: string; createdAt: Date };
  onFile: () => void;
}

interface Placed {
  title: string;
  pages: number;
}

/** The pack as one PDF: cover, contents, appendix, form, letters by number with their proofs. */
export async function packBook(plan: BookPlan): Promise<void> {
  const book = new PdfBook();
  try {
    const placed: Placed[] = [];
    for (const file of plan.found) {
      placed.push(await place(book, file, plan.path));
      plan.onFile();
    }
    const fronts = await Promise.all(
      plan.fronts.map(async ({ title, parts }) => ({ title, pages: await pagesOf(book, parts), parts })),
    );
    const { contents, entries } = await withContents(book, plan, fronts, placed);
    const [cover, ...others] = fronts.map((f) => f.parts);
    await book.front([...(cover ?? []), contents, ...others.flat()]);
    await book.save({ ...plan.details, entries: entries.filter((e) => e.page > 0) });
  } finally {
    await book.close();
  }
}

/** A file that is missing, or that no page can show, keeps its line in the contents, which says so. */
async function place(book: PdfBook, file: FoundFile, path: BookPlan['path']): Promise<Placed> {
  if (file.kept === null) return { title: `${file.title} (${words.missing})`, pages: 0 };
  const remade = file.state === 'remade' ? ` (${words.remade})` : '';
  try {
    const picture = /\.(png|jpe?g)$/iu.test(file.name);
    const pages = await (picture ? book.picture(path(file.kept)) : book.pdf(path(file.kept)));
    return { title: `${file.title}${remade}`, pages };
  } catch {
    return { title: `${file.title} (${words.notPrintable})`, pages: 0 };
  }
}

async function pagesOf(book: PdfBook, parts: Buffer[]): Promise<number> {
  let pages = 0;
  for (const part of parts) pages += await book.count(part);
  return pages;
}

/** The contents stand after the cover; their own pages move everything behind them. */
async function withContents(
  book: PdfBook,
  plan: BookPlan,
  fronts: (Placed & { parts: Buffer[] })[],
  placed: Placed[],
): Promise<{ contents: Buffer; entries: BookEntry[] }> {
  const [cover, ...others] = fronts;
  const all = [...others, ...placed];
  const entriesAfter = (first: number): BookEntry[] => {
    let page = first;
    return all.map(({ title, pages }) => {
      const entry = { title, page: pages > 0 ? page : 0 };
      page += pages;
      return entry;
    });
  };
  const coverPages = cover?.pages ?? 0;
  const draft = await plan.contents(entriesAfter(coverPages + 1));
  const entries = entriesAfter(coverPages + 1 + (await book.count(draft)));
  const own = { title: words.contents, page: coverPages + 1 };
  return {
    contents: await plan.contents(entries),
    entries: [{ title: cover?.title ?? words.cover, page: 1 }, own, ...entries],
  };
}
