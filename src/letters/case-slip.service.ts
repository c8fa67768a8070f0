import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/transaction';
import { paddedNumber } from '../documents/document-format';
import { DocumentRenderer } from '../documents/document-renderer';
import { PdfRenderer } from '../documents/pdf-renderer';
import { FileStore } from '../platform/file-store';
import type { Reader } from '../web/reader';
import { slipKinds } from './case-slip-kinds';
import { CaseSlipNumbering, type SlipDraft } from './case-slip-numbering.service';
import { CaseSlipRepository, type CaseSlip } from './case-slip.repository';
import { LetterForms } from './letter-forms.service';

/** Supplement requests and stop notices as files. */
@Injectable()
export class CaseSlipFiles {
  constructor(
    private readonly slips: CaseSlipRepository,
    private readonly forms: LetterForms,
    private readonly documents: DocumentRenderer,
    private readonly pdfs: PdfRenderer,
    private readonly store: FileStore,
  ) {}

  /** The kept file, or the same document made again from its frozen text. */
  async read(tx: Tx, slip: CaseSlip): Promise<Buffer> {
    if (slip.fileSha256 === null) return this.render(tx, slip);
    try {
      return await this.store.read(slip.fileSha256);
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'ENOENT') throw e;
      return this.render(tx, slip);
    }
  }

  private async render(tx: Tx, slip: CaseSlip): Promise<Buffer> {
    const [form] = await this.forms.byIds(tx, [slip.formId]);
    const options = {
      title: `${slipKinds[slip.kind].numbered} ${paddedNumber(slip.number)}/${slip.suffix}`,
      author: slip.model.agencyInText,
      createdAt: slip.madeAt,
      archive: true,
      paper: form!.paper,
    };
    const pdf = await this.pdfs.pdf(this.documents.render(form!, slip.model), options);
    const { sha256 } = await this.store.put(pdf);
    await this.slips.keepFile(tx, slip.id, sha256);
    return pdf;
  }
}

/** Makes supplement requests and stop notices. */
@Injectable()
export class CaseSlips {
  constructor(
    private readonly database: Database,
    private readonly numbering: CaseSlipNumbering,
    private readonly files: CaseSlipFiles,
  ) {}

  /** Nothing after the commit can lose the number: the file is made again from the frozen text. */
  async make(reader: Reader, draft: SlipDraft): Promise<CaseSlip> {
    const slip = await this.database.transaction((tx) => this.numbering.take(tx, reader, draft));
    await this.file(slip);
    return slip;
  }

  file(slip: CaseSlip): Promise<Buffer> {
    return this.files.read(this.database.pool, slip);
  }
}
