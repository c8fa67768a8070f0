import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../database/transaction';
import type { SignedPdfCheck } from '../documents/pdf-signature';

/** What the signature of a kept copy said when it came in. */
export interface SignatureRecord extends Omit<SignedPdfCheck, 'fault'> {
  name: string;
  size: number;
  /** with the office's key, or sent in */
  how: 'here' | 'sent';
  by: string;
}

export interface SignedCopy {
  sha256: string;
  signature: SignatureRecord;
  signedAt: Date;
}

@Injectable()
export class SignedCopyRepository {
  async of(tx: Tx, letterId: number): Promise<SignedCopy | undefined> {
    const found = await one<SignedCopy>(
      tx,
      `select signed_sha256 as sha256, signature, signed_at as "signedAt" from letter
       where id = $1 and signed_sha256 is not null`,
      [letterId],
    );
    return found && { ...found, signature: withDates(found.signature) };
  }

  async keep(
    tx: Tx,
    letterId: number,
    { sha256, signature, signedAt }: SignedCopy,
    now: Date,
  ): Promise<void> {
    await rows(
      tx,
      `update letter set signed_sha256 = $2, signature = $3, signed_at = $4, updated_at = $5 where id = $1`,
      [letterId, sha256, JSON.stringify(signature), signedAt, now],
    );
  }
}

/** Instants are texts inside JSON. */
const withDates = (record: SignatureRecord): SignatureRecord => ({
  ...record,
  signatures: record.signatures.map((one) => ({
    ...one,
    signedAt: one.signedAt && new Date(one.signedAt),
    signer: one.signer && {
      ...one.signer,
      validFrom: new Date(one.signer.validFrom),
      validTo: new Date(one.signer.validTo),
    },
  })),
});
