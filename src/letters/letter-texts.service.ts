import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/transaction';
import { DocumentRenderer } from '../documents/document-renderer';
import { AppError } from '../platform/errors';
import type { Letter } from './letter';
import { LetterForms, type FormText } from './letter-forms.service';
import { completed, type LetterModel } from './letter-model';
import type { PaperSize } from './shipped-forms';

/** A letter as HTML of the paper's subset: the source of the PDF, the Word file and the page. */
export interface LetterText {
  letter: Letter;
  html: string;
  paper: PaperSize;
}

/** Letters whose text is frozen, with the form they were approved with. */
@Injectable()
export class LetterTexts {
  constructor(
    private readonly database: Database,
    private readonly forms: LetterForms,
    private readonly documents: DocumentRenderer,
  ) {}

  /** @throws LETTER_NOT_APPROVED */
  async of(letters: Letter[]): Promise<LetterText[]> {
    const forms = await this.formsOf(letters);
    return letters.map((letter) => {
      const { model, formId } = frozen(letter);
      const form = forms.get(formId)!;
      return { letter, html: this.documents.render(form, completed(model)), paper: form.paper };
    });
  }

  /** The same for a page. A letter that is not frozen is shown with the form in force, from `draft`. */
  async preview(
    letter: Letter,
    draft: LetterModel,
    today: string,
  ): Promise<{ html: string; form: FormText }> {
    const { pool } = this.database;
    if (letter.approved === null) {
      const form = await this.forms.inForce(pool, letter.form, today, letter.unitId);
      return { html: this.documents.renderPreview(form, draft), form };
    }
    const { model, formId } = frozen(letter);
    const [form] = await this.forms.byIds(pool, [formId]);
    return { html: this.documents.renderPreview(form!, completed(model)), form: form! };
  }

  private async formsOf(letters: Letter[], tx: Tx = this.database.pool): Promise<Map<number, FormText>> {
    const ids = [...new Set(letters.map((letter) => frozen(letter).formId))];
    return new Map((await this.forms.byIds(tx, ids)).map((form) => [form.id, form]));
  }
}

/** As numbered; before that as approved, with blanks for number and date. */
function frozen({ model, approved, code }: Letter): { model: LetterModel; formId: number } {
  if (approved === null) throw new AppError('LETTER_NOT_APPROVED', { code });
  return { model: model ?? approved.model, formId: approved.formId };
}

/** One print file has one paper. @throws LETTERS_OF_SEVERAL_PAPERS */
export function paperOf(texts: LetterText[]): PaperSize {
  const papers = new Set(texts.map((text) => text.paper));
  const [paper] = papers;
  if (papers.size > 1 || paper === undefined) throw new AppError('LETTERS_OF_SEVERAL_PAPERS');
  return paper;
}
