import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import { longDay } from '../documents/document-format';
import type { DocumentSource } from '../documents/document-renderer';
import { AppError } from '../platform/errors';
import { chooseForm } from './letter-form-choice';
import { LetterFormRepository, type KeptForm } from './letter-form.repository';
import { formName, formsServing, type DocumentKind, type PaperSize } from './shipped-forms';

/** What a document is made with. */
export interface FormText extends DocumentSource {
  id: number;
  form: string;
  version: number;
  paper: PaperSize;
  /** "Thư xin lỗi và hẹn lại thời gian trả kết quả" */
  name: string;
}

/** Finds the text of a document by its day. */
@Injectable()
export class LetterForms {
  constructor(private readonly forms: LetterFormRepository) {}

  /**
   * @param day of the document, 'YYYY-MM-DD'
   * @throws LETTER_FORM_MISSING when no version was in force that day
   */
  async inForce(tx: Tx, kind: DocumentKind, day: string, unitId: number): Promise<FormText> {
    const versions = await this.forms.versions(tx, formsServing(kind), unitId);
    const chosen = chooseForm(versions, day);
    if (!chosen) throw new AppError('LETTER_FORM_MISSING', { name: formName(kind), day: longDay(day) });
    const [found] = await this.byIds(tx, [chosen.id]);
    return found!;
  }

  /** The versions that documents were made with, as they were. */
  async byIds(tx: Tx, ids: number[]): Promise<FormText[]> {
    return (await this.forms.byIds(tx, ids)).map(textOf);
  }
}

const textOf = ({ id, form, version, paper, source, parts, sha256 }: KeptForm): FormText => ({
  ...{ id, form, version, paper, source, parts, sha256, name: formName(form) },
});
