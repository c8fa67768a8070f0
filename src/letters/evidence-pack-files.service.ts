import { Injectable } from '@nestjs/common';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { AppError } from '../platform/errors';
import { FileStore } from '../platform/file-store';
import { form06aLabels } from '../platform/form-06a-labels';
import { letterPackLabels as words } from '../platform/letter-pack-labels';
import { packFiles, type EvidencePack } from './evidence-pack';
import { EvidencePackDocuments } from './evidence-pack-documents.service';
import { deliveriesText } from './evidence-pack-paper';
import { packBook } from './evidence-pack-pdf.writer';
import { EvidencePackStore, type FoundFile } from './evidence-pack-store.service';
import { packZip, type MadePaper } from './evidence-pack-zip.writer';
import { EvidencePackService } from './evidence-pack.service';
import type { BatchProgress, MadeFile } from './letter-file-batch';

/** One PDF is put together in memory: 2.000 letters take 400 MB. */
export const MOST_IN_BOOK = 2_000;

export interface PackOrder {
  unitId: number;
  from: string;
  to: string;
  madeBy: string;
}

/** The evidence pack as a ZIP with every file as it was kept, or as one PDF to read and print. */
@Injectable()
export class EvidencePackFiles {
  constructor(
    private readonly packs: EvidencePackService,
    private readonly papers: EvidencePackDocuments,
    private readonly kept: EvidencePackStore,
    private readonly store: FileStore,
  ) {}

  async make(kind: 'pack-zip' | 'pack-pdf', order: PackOrder, progress: BatchProgress): Promise<MadeFile> {
    const pack = await this.packs.read({ ...order, madeAt: progress.startedAt });
    const files = packFiles(pack.lines);
    if (kind === 'pack-pdf' && files.length > MOST_IN_BOOK)
      throw new AppError('PACK_TOO_LARGE', { letters: files.length, most: MOST_IN_BOOK });
    progress.total = files.length;
    const found = await this.kept.find(files, progress.signal);
    const name = `${words.file}-${pack.from}-${pack.to}`;
    if (kind === 'pack-zip') return { sha256: await this.zip(pack, found, progress), name: `${name}.zip` };
    return { sha256: await this.book(pack, found, progress), name: `${name}.pdf` };
  }

  private async zip(pack: EvidencePack, found: FoundFile[], progress: BatchProgress): Promise<string> {
    const { head, from, to, madeBy, madeAt, coverage } = pack;
    const made = { madeBy, madeAt: madeAt.toISOString() };
    const stream = packZip({
      manifest: {
        criterion: words.criterion,
        office: head.agencyInText,
        from,
        to,
        ...made,
        figures: coverage,
      },
      papers: await this.zipPapers(pack, found),
      found,
      mtime: madeAt,
      open: (sha256) => this.store.stream(sha256),
      onFile: () => {
        progress.done += 1;
      },
    });
    const abort = (): void => void stream.destroy(new Error('called off'));
    progress.signal.addEventListener('abort', abort);
    try {
      return (await this.store.put(stream)).sha256;
    } finally {
      progress.signal.removeEventListener('abort', abort);
    }
  }

  private async zipPapers(pack: EvidencePack, found: FoundFile[]): Promise<MadePaper[]> {
    const contents = [words.appendix, words.form06a, ...countsOf(found), words.deliveries, words.manifest];
    const cover = await this.papers.cover(pack, contents, missingIn(found));
    const appendix = await this.papers.appendix(pack);
    const single = appendix.length === 1;
    return [
      { name: '00-bia.pdf', title: words.cover, content: cover },
      ...appendix.map((content, i) => ({
        name: single ? '01-phu-luc.pdf' : `01-phu-luc-${String(i + 1).padStart(2, '0')}.pdf`,
        title: words.appendix,
        content,
      })),
      { name: '01-phu-luc.xlsx', title: words.appendixBook, content: await this.papers.appendixBook(pack) },
      {
        name: `02-${form06aLabels.file}.pdf`,
        title: words.form06a,
        content: await this.papers.form06aPdf(pack),
      },
      {
        name: `02-${form06aLabels.file}.xlsx`,
        title: words.form06aBook,
        content: await this.papers.form06aBook(pack),
      },
      {
        name: '03-loi-ghi-gui-thu.txt',
        title: words.deliveries,
        content: Buffer.from(deliveriesText(pack.lines), 'utf8'),
      },
    ];
  }

  private async book(pack: EvidencePack, found: FoundFile[], progress: BatchProgress): Promise<string> {
    const folder = await mkdtemp(path.join(tmpdir(), 'dung-hen-'));
    const to = path.join(folder, 'pack.pdf');
    const contents = [words.contents, words.appendix, words.form06a, ...countsOf(found)];
    try {
      await packBook({
        found,
        fronts: [
          { title: words.cover, parts: [await this.papers.cover(pack, contents, missingIn(found))] },
          { title: words.appendix, parts: await this.papers.appendix(pack) },
          { title: words.form06a, parts: [await this.papers.form06aPdf(pack)] },
        ],
        contents: (entries) => this.papers.contents(pack, entries),
        path: (sha256) => this.store.path(sha256),
        details: { to, title: words.title, author: pack.head.agencyInText, createdAt: pack.madeAt },
        onFile: () => advance(progress),
      });
      return (await this.store.put(createReadStream(to))).sha256;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

function advance(progress: BatchProgress): void {
  progress.signal.throwIfAborted();
  progress.done += 1;
}

const missingIn = (found: FoundFile[]): number => found.filter((f) => f.state === 'missing').length;

const countsOf = (found: FoundFile[]): string[] =>
  words.counts({
    letters: found.filter((f) => f.kind === 'letter').length,
    proofs: found.filter((f) => f.kind === 'proof').length,
    slips: found.filter((f) => f.kind === 'slip').length,
  });
