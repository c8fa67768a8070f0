import { Injectable } from '@nestjs/common';
import type { X509Certificate } from 'node:crypto';
import { actorOf } from '../audit/actor';
import { AuditService } from '../audit/audit.service';
import { Database } from '../database/transaction';
import { certificatesOf, type DocumentSigner } from '../documents/pdf-signer';
import { readCertificates, signerOf } from '../documents/pdf-signer-certificate';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import type { Reader } from '../web/reader';
import { fullDay } from '../web/view-helpers';
import type { SigningAccount } from './signing-client';
import { SigningKeyRepository, type SigningKey, type SigningKeyKind } from './signing-key.repository';
import { SigningOpener, type KeyFile } from './signing-opener';

interface Office {
  id: number;
  name: string;
}

/** The key an office signs with: one at a time, tried before it is kept, sealed and never shown again. */
@Injectable()
export class SigningKeys {
  constructor(
    private readonly database: Database,
    private readonly keys: SigningKeyRepository,
    private readonly opener: SigningOpener,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  inReach(reader: Reader): Promise<SigningKey[]> {
    return this.keys.inReach(this.database.pool, reader.communeIds);
  }

  activeOf(unitId: number): Promise<SigningKey | undefined> {
    return this.keys.activeOf(this.database.pool, unitId);
  }

  /** @returns whom it signs as @throws P12_…, SIGNING_KEY_… */
  async addFile(reader: Reader, office: Office, name: string, file: KeyFile): Promise<string> {
    const signer = await this.opener.file(file);
    return this.add(reader, office, {
      name,
      kind: 'p12',
      signer,
      sealedSecret: this.opener.sealedFile(file),
    });
  }

  /** @returns whom it signs as @throws SIGNING_SERVICE_…, SIGNING_KEY_… */
  async addService(reader: Reader, office: Office, name: string, account: SigningAccount): Promise<string> {
    const signer = await this.opener.service(account);
    const sealedSecret = this.opener.sealedAccount(account);
    return this.add(reader, office, { name, kind: 'service', signer, sealedSecret });
  }

  /** @returns its name @throws SIGNING_KEY_NOT_FOUND also for those of other offices */
  async remove(reader: Reader, id: number): Promise<string> {
    const key = (await this.inReach(reader)).find((one) => one.id === id && one.removedAt === null);
    if (!key) throw new AppError('SIGNING_KEY_NOT_FOUND', { id });
    await this.database.transaction(async (tx) => {
      await this.keys.remove(tx, id, this.clock.now());
      const detail = { name: key.name, subject: key.subject };
      const subject = `signing-key:${id}`;
      await this.audit.record(tx, { ...actorOf(reader), action: 'signing-key.removed', subject, detail });
    });
    return key.name;
  }

  /** The office's key, ready to sign now. @throws SIGNING_KEY_…, SIGNING_SERVICE_… */
  async open(unitId: number): Promise<DocumentSigner> {
    const key = await this.keys.activeOf(this.database.pool, unitId);
    if (!key) throw new AppError('SIGNING_KEY_NONE');
    const [own] = readCertificates(key.certificate);
    if (!own) throw new AppError('SIGNING_KEY_UNREADABLE');
    this.assertValid(own);
    return this.opener.unsealed(key.kind, key.sealedSecret, own);
  }

  private assertValid(certificate: X509Certificate): void {
    const { name: subject, validFrom, validTo } = signerOf(certificate);
    const now = this.clock.now();
    if (now > validTo) throw new AppError('SIGNING_KEY_EXPIRED', { subject, day: fullDay(validTo) });
    if (now < validFrom) throw new AppError('SIGNING_KEY_NOT_YET', { subject, day: fullDay(validFrom) });
  }

  private async add(
    reader: Reader,
    office: Office,
    made: { name: string; kind: SigningKeyKind; signer: DocumentSigner; sealedSecret: string },
  ): Promise<string> {
    const { signer, ...key } = made;
    const chain = certificatesOf(signer);
    this.assertValid(chain[0]!);
    const { name: subject, validTo, serial } = signerOf(chain[0]!);
    await this.database.transaction(async (tx) => {
      const id = await this.keys.insert(tx, {
        ...{ ...key, unitId: office.id, subject, validTo },
        certificate: chain.map((one) => one.toString()).join(''),
        addedBy: reader.kind === 'user' ? reader.id : null,
        addedAt: this.clock.now(),
      });
      if (id === undefined) throw new AppError('SIGNING_KEY_IN_USE', { unit: office.name });
      const detail = { name: key.name, kind: key.kind, unitId: office.id, subject, serial };
      const entry = { action: 'signing-key.added', subject: `signing-key:${id}`, detail };
      await this.audit.record(tx, { ...actorOf(reader), ...entry });
    });
    return subject;
  }
}
