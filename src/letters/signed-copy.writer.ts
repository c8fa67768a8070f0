import { Injectable } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import { Database } from '../database/transaction';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import type { Reader } from '../web/reader';
import type { Letter } from './letter';
import { LetterRepository } from './letter.repository';
import { SignedCopyRepository, type SignatureRecord } from './signed-copy.repository';

const SIGNABLE = ['approved', 'numbered', 'printed', 'sent'];

/** A draft has no text yet that somebody stands for. @throws LETTER_NOT_APPROVED */
export function assertApproved({ state, code }: Letter): void {
  if (!SIGNABLE.includes(state)) throw new AppError('LETTER_NOT_APPROVED', { code });
}

/** Puts a checked file in the place of the copy that was there. */
@Injectable()
export class SignedCopyWriter {
  constructor(
    private readonly database: Database,
    private readonly letters: LetterRepository,
    private readonly copies: SignedCopyRepository,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** @param instead the copy as it was when the work began @throws SIGNED_MEANWHILE when it is another by now */
  async write(
    reader: Reader,
    { id, code }: Letter,
    made: { sha256: string; instead: string | null; signature: SignatureRecord },
  ): Promise<void> {
    const { sha256, instead, signature } = made;
    const now = this.clock.now();
    const last = signature.signatures.findLast((one) => one.kind === 'signature');
    await this.database.transaction(async (tx) => {
      const [current] = await this.letters.lock(tx, [id]);
      if (current) assertApproved(current);
      const before = (await this.copies.of(tx, id))?.sha256 ?? null;
      if (!current || before !== instead) throw new AppError('SIGNED_MEANWHILE', { code });
      await this.copies.keep(tx, id, { sha256, signature, signedAt: last?.signedAt ?? now }, now);
      const signers = signature.signatures.map(({ signer, signedAt: at }) => ({ name: signer?.name, at }));
      const detail = { sha256, instead, how: signature.how, match: signature.match, signers };
      const entry = { action: 'letter.signed', subject: `case:${code}`, detail };
      await this.audit.record(tx, { ...actorOf(reader), ...entry });
    });
  }
}
