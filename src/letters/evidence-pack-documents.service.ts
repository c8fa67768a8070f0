import { Injectable } from '@nestjs/common';
import { DocumentRenderer } from '../documents/document-renderer';
import { PdfRenderer } from '../documents/pdf-renderer';
import { letterPackLabels as words } from '../platform/letter-pack-labels';
import { Form06aService } from '../reports/form-06a.service';
import type { EvidencePack } from './evidence-pack';
import { appendixRows, coverPaper } from './evidence-pack-paper';
import { appendixWorkbook } from './evidence-pack-workbook';
import { shortDay } from './register-paper';

/** Rows of a table the compiler of the paper can take at once. */
const ROWS_A_PART = 500;

export interface ContentsEntry {
  title: string;
  page: number;
}

/** The papers of the pack that are made for it. */
@Injectable()
export class EvidencePackDocuments {
  constructor(
    private readonly documents: DocumentRenderer,
    private readonly pdfs: PdfRenderer,
    private readonly form06a: Form06aService,
  ) {}

  cover(pack: EvidencePack, contents: string[], missing: number): Promise<Buffer> {
    return this.pdf(pack, 'pack-cover', coverPaper(pack, contents, missing), false);
  }

  contents(pack: EvidencePack, entries: ContentsEntry[]): Promise<Buffer> {
    return this.pdf(
      pack,
      'pack-contents',
      { entries: entries.map((e) => ({ ...e, page: e.page > 0 ? String(e.page) : '–' })) },
      false,
    );
  }

  /** In parts: thousands of rows are more than the compiler takes at once. */
  async appendix(pack: EvidencePack): Promise<Buffer[]> {
    const rows = appendixRows(pack.lines);
    const { reporter } = pack;
    const [from, to] = [shortDay(pack.from), shortDay(pack.to)];
    const parts: Buffer[] = [];
    for (let i = 0; i === 0 || i < rows.length; i += ROWS_A_PART) {
      const part = rows.length > ROWS_A_PART ? String(i / ROWS_A_PART + 1) : null;
      const model = { reporter, from, to, part, rows: rows.slice(i, i + ROWS_A_PART) };
      parts.push(await this.pdf(pack, 'pack-appendix', model, true));
    }
    return parts;
  }

  appendixBook(pack: EvidencePack): Promise<Buffer> {
    return appendixWorkbook(pack);
  }

  form06aPdf(pack: EvidencePack): Promise<Buffer> {
    return this.form06a.pdf(this.making(pack));
  }

  form06aBook(pack: EvidencePack): Promise<Buffer> {
    return this.form06a.workbook(this.making(pack));
  }

  private making({ unitId, from, to, madeBy, madeAt }: EvidencePack) {
    return { unitId, period: { from, to }, madeBy, at: madeAt };
  }

  private pdf(pack: EvidencePack, template: string, model: object, landscape: boolean): Promise<Buffer> {
    return this.pdfs.pdf(this.documents.html(`reports/${template}`, model), {
      title: words.title,
      author: pack.head.agencyInText,
      createdAt: pack.madeAt,
      archive: false,
      landscape,
    });
  }
}
