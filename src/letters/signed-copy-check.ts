import { Injectable } from '@nestjs/common';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { verifySignedPdf, type SignedPdfCheck, type SignedPdfFault } from '../documents/pdf-signature';
import { readCertificates } from '../documents/pdf-signer-certificate';
import { AppError, type ErrorCode } from '../platform/errors';
import { Runtime } from '../platform/runtime';
import { EVIDENCE_LIMIT_MB } from '../reconciliation/evidence-file';
import { LetterFiles } from './letter-files.service';
import type { Letter } from './letter';

/** PEM file in the data folder: the roots an office trusts. Without it chains are not checked. */
const ROOTS_FILE = 'chung-thu-goc.pem';

const FAULTS: Record<SignedPdfFault, ErrorCode> = {
  'not-pdf': 'SIGNED_FILE_NOT_PDF',
  'too-large': 'SIGNED_FILE_TOO_LARGE',
  broken: 'SIGNED_FILE_BROKEN',
  encrypted: 'SIGNED_FILE_ENCRYPTED',
  unsigned: 'SIGNED_FILE_UNSIGNED',
  weak: 'SIGNED_FILE_WEAK',
  invalid: 'SIGNED_FILE_INVALID',
  altered: 'SIGNED_FILE_ALTERED',
  other: 'SIGNED_FILE_OTHER',
};

/** Holds a signed file against the kept letter. */
@Injectable()
export class SignedCopyCheck {
  constructor(
    private readonly files: LetterFiles,
    private readonly runtime: Runtime,
  ) {}

  /** @throws SIGNED_FILE_… with what is wrong */
  async passed(letter: Letter, name: string, content: Buffer): Promise<Omit<SignedPdfCheck, 'fault'>> {
    const original = await this.files.archived(letter);
    const { fault, ...check } = await verifySignedPdf(content, original, await this.roots());
    if (fault === null) return check;
    const digest = check.signatures.find((one) => one.fault === 'weak')?.digest ?? '';
    throw new AppError(FAULTS[fault], { code: letter.code, name, digest, limit: EVIDENCE_LIMIT_MB });
  }

  private async roots() {
    try {
      return readCertificates(await fs.readFile(path.join(this.runtime.dataDir, ROOTS_FILE), 'utf8'));
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'ENOENT') throw e;
      return [];
    }
  }
}
