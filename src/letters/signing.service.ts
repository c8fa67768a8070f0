import { Injectable } from '@nestjs/common';
import { paddedNumber } from '../documents/document-format';
import { certificatesOf, signPdf, SignerRefused, type DocumentSigner } from '../documents/pdf-signer';
import { signerOf } from '../documents/pdf-signer-certificate';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import { FileStore } from '../platform/file-store';
import { labels } from '../platform/labels';
import type { Reader } from '../web/reader';
import { LetterFiles } from './letter-files.service';
import type { Letter } from './letter';
import { SignedCopies } from './signed-copy.service';
import { assertApproved } from './signed-copy.writer';
import { SigningKeys } from './signing-key.service';

/** Signs letters with the key of their office. */
@Injectable()
export class SigningService {
  constructor(
    private readonly copies: SignedCopies,
    private readonly keys: SigningKeys,
    private readonly files: LetterFiles,
    private readonly store: FileStore,
    private readonly clock: Clock,
  ) {}

  /** Signs what the key has not signed yet; one key is opened once. @returns how many @throws SIGNING_… */
  async sign(reader: Reader, letters: Letter[]): Promise<number> {
    for (const letter of letters) assertNumbered(letter);
    const signers = new Map<number, DocumentSigner>();
    let signed = 0;
    for (const letter of letters) {
      const signer = signers.get(letter.unitId) ?? (await this.keys.open(letter.unitId));
      signers.set(letter.unitId, signer);
      if (await this.signOne(reader, letter, signer)) signed += 1;
    }
    return signed;
  }

  /** The signature of an office comes on top of that of a person. @returns false when it is there already */
  private async signOne(reader: Reader, letter: Letter, signer: DocumentSigner): Promise<boolean> {
    const copy = await this.copies.of(letter);
    const { serial } = signerOf(certificatesOf(signer)[0]!);
    if (copy?.signature.signatures.some((one) => one.signer?.serial === serial)) return false;
    const content = copy ? await this.store.read(copy.sha256) : await this.files.archived(letter);
    const number = paddedNumber(letter.number ?? 0);
    const note = {
      reason: labels.signature.reason(`${number}/${letter.suffix ?? ''}`),
      location: letter.model?.place ?? '',
      at: this.clock.now(),
    };
    const file = {
      content: await signed(signPdf(content, signer, note)),
      name: `${labels.signature.signedFile}-${number}.pdf`,
      how: 'here' as const,
    };
    await this.copies.keep(reader, letter, file, copy?.sha256 ?? null);
    return true;
  }
}

async function signed(work: Promise<Buffer>): Promise<Buffer> {
  try {
    return await work;
  } catch (e) {
    if (e instanceof SignerRefused) throw new AppError('SIGNING_SERVICE_ANSWER');
    throw e;
  }
}

/** What is signed cannot take a number any more. */
function assertNumbered(letter: Letter): void {
  assertApproved(letter);
  if (letter.number === null) throw new AppError('LETTER_NOT_NUMBERED', { code: letter.code });
}
