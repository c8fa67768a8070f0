import { Injectable } from '@nestjs/common';
import type { X509Certificate } from 'node:crypto';
import { fileSigner, serviceSigner, SignerRefused } from '../documents/pdf-signer';
import type { DocumentSigner, SignerFault } from '../documents/pdf-signer';
import { AppError, type ErrorCode } from '../platform/errors';
import { Runtime } from '../platform/runtime';
import { seal, unseal } from '../platform/sealed-secret';
import { SigningClient, type SigningAccount } from './signing-client';
import type { SigningKeyKind } from './signing-key.repository';

const PURPOSE = 'signing-key';
const REFUSALS: Record<SignerFault, ErrorCode> = {
  file: 'P12_UNREADABLE',
  password: 'P12_PASSWORD',
  pair: 'P12_PAIR',
  'key-kind': 'SIGNING_KEY_KIND',
  answer: 'SIGNING_SERVICE_ANSWER',
};

export interface KeyFile {
  name: string;
  content: Buffer;
  password: string;
}

/** Makes signers of what an office gave, and keeps that sealed. Opening tries the key. */
@Injectable()
export class SigningOpener {
  constructor(
    private readonly client: SigningClient,
    private readonly runtime: Runtime,
  ) {}

  /** @throws P12_…, SIGNING_KEY_KIND */
  file({ name, content, password }: KeyFile): Promise<DocumentSigner> {
    return opened(fileSigner(content, password), name);
  }

  /** @param expected the certificate it answered with before @throws SIGNING_SERVICE_…, SIGNING_KEY_KIND */
  service(account: SigningAccount, expected?: X509Certificate): Promise<DocumentSigner> {
    return opened(serviceSigner(this.client.ask(account), expected), account.url);
  }

  sealedFile({ name, content, password }: KeyFile): string {
    return this.sealed({ name, content: content.toString('base64'), password });
  }

  sealedAccount({ url, token }: SigningAccount): string {
    return this.sealed({ url, token });
  }

  /** @throws SIGNING_KEY_UNREADABLE when it was sealed under another SESSION_KEY */
  unsealed(kind: SigningKeyKind, sealed: string, own: X509Certificate): Promise<DocumentSigner> {
    const secret = this.read(sealed);
    if (kind === 'service') return this.service(secret as unknown as SigningAccount, own);
    const { name = '', content = '', password = '' } = secret;
    return this.file({ name, content: Buffer.from(content, 'base64'), password });
  }

  private sealed(secret: object): string {
    return seal(JSON.stringify(secret), this.runtime.sessionKey, PURPOSE);
  }

  private read(sealed: string): Record<string, string> {
    try {
      return JSON.parse(unseal(sealed, this.runtime.sessionKey, PURPOSE)) as Record<string, string>;
    } catch {
      throw new AppError('SIGNING_KEY_UNREADABLE');
    }
  }
}

async function opened(signer: Promise<DocumentSigner>, name: string): Promise<DocumentSigner> {
  try {
    return await signer;
  } catch (e) {
    if (e instanceof SignerRefused) throw new AppError(REFUSALS[e.fault], { name });
    throw e;
  }
}
