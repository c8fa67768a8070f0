import { Injectable } from '@nestjs/common';
import { DocumentRenderer } from '../documents/document-renderer';
import { PdfRenderer } from '../documents/pdf-renderer';
import { fault } from '../web/form-fault';
import type { FormFault } from '../web/page';
import { samplesOf } from './form-samples';
import { renderedFaults, sourceFaults } from './letter-form-faults';
import { formSum, partsUsed, type FormContent } from './shipped-forms';

/** Pages the longest document may have. */
const MAX_PAGES = 3;

/** Decides whether a text can be used. */
@Injectable()
export class LetterFormCheck {
  constructor(
    private readonly documents: DocumentRenderer,
    private readonly pdfs: PdfRenderer,
  ) {}

  /** What is wrong with the text, the paper left aside: quick enough for every change in the editor. */
  quick(content: FormContent): FormFault[] {
    const faults = sourceFaults(content.form, content.source);
    if (faults.length > 0) return faults;
    return renderedFaults(content.form, sourceOf(content), (source, model) =>
      this.documents.render(source, model),
    );
  }

  async faults(content: FormContent): Promise<FormFault[]> {
    const quick = this.quick(content);
    if (quick.length > 0) return quick;
    const html = this.documents.render(sourceOf(content), samplesOf(content.form).longest);
    const options = {
      title: content.form,
      author: '',
      createdAt: new Date(0),
      archive: false,
      paper: content.paper,
    };
    const pages = pageCount(await this.pdfs.pdf(html, options));
    return pages > MAX_PAGES ? [fault('noi_dung', 'FORM_TOO_MANY_PAGES', { pages, most: MAX_PAGES })] : [];
  }

  /** The text on paper, with the longest sample. */
  preview(content: FormContent): string {
    return this.documents.renderPreview(sourceOf(content), samplesOf(content.form).longest);
  }
}

const sourceOf = (content: FormContent) => {
  const parts = partsUsed(content.source);
  return { source: content.source, parts, sha256: formSum({ ...content, parts }) };
};

const pageCount = (pdf: Buffer): number =>
  pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
