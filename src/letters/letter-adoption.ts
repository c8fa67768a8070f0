import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/transaction';
import { Clock } from '../platform/clock';
import {
  LetterApprovalRepository,
  type NewVersion,
  type UnversionedLetter,
} from './letter-approval.repository';
import { LetterForms } from './letter-forms.service';
import { completed } from './letter-model';
import { textHash } from './text-hash';

const PIECE = 500;

/** Letters numbered before texts were approved get a version of what was printed, so that they can be printed again. */
@Injectable()
export class LetterAdoption {
  constructor(
    private readonly database: Database,
    private readonly approvals: LetterApprovalRepository,
    private readonly forms: LetterForms,
    private readonly clock: Clock,
  ) {}

  /** Safe at every start, and with two processes. @returns how many */
  async run(): Promise<number> {
    let adopted = 0;
    for (let more = true; more;) {
      const found = await this.database.transaction((tx) => this.piece(tx));
      adopted += found;
      more = found === PIECE;
    }
    return adopted;
  }

  private async piece(tx: Tx): Promise<number> {
    const letters = await this.approvals.unversioned(tx, PIECE);
    const versions: NewVersion[] = [];
    for (const letter of letters) versions.push(await this.versionOf(tx, letter));
    if (versions.length > 0) await this.approvals.adopt(tx, versions, this.clock.now());
    return letters.length;
  }

  private async versionOf(tx: Tx, letter: UnversionedLetter): Promise<NewVersion> {
    const { id, form: kind, letterDate, unitId } = letter;
    const form = await this.forms.inForce(tx, kind, letterDate, unitId);
    const model = { ...completed(letter.model), number: null, letterDate: null };
    return { letterId: id, formId: form.id, model, sha256: textHash(form.sha256, model) };
  }
}
