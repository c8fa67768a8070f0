import { P12Signer, PDF, type DigestAlgorithm, type Signer } from '@libpdf/core';
import { createHash, verify, X509Certificate } from 'node:crypto';

/** Whoever signs: the key itself is a file of the office, or stays with a service. */
export type DocumentSigner = Signer;

export type SignerFault = 'file' | 'password' | 'pair' | 'key-kind' | 'answer';

/** Why nothing can be signed with this key. */
export class SignerRefused extends Error {
  constructor(
    readonly fault: SignerFault,
    cause?: unknown,
  ) {
    super(`signer refused: ${fault}`, { cause });
  }
}

export interface SigningNote {
  reason: string;
  location: string;
  at: Date;
}

export interface ServiceAnswer {
  signature: Buffer;
  /** the signer's own first, then its issuers */
  certificates: X509Certificate[];
}

/** Asks the service to sign a digest. */
export type AskService = (digest: Buffer, algorithm: DigestAlgorithm) => Promise<ServiceAnswer>;

const KEY_TYPES = new Map<string, DocumentSigner['keyType']>([
  ['rsa', 'RSA'],
  ['ec', 'EC'],
]);

const DIGEST: DigestAlgorithm = 'SHA-256';
/** Room for a chain of long certificates; a time stamp is not asked for. */
const ROOM = 16_384;

/** A PKCS #12 file with its password. @throws SignerRefused */
export async function fileSigner(content: Buffer, password: string): Promise<DocumentSigner> {
  let signer: DocumentSigner;
  try {
    signer = await P12Signer.create(content, password);
  } catch (e) {
    const wrongPassword = /integrity|password|decrypt/i.test(e instanceof Error ? e.message : '');
    throw new SignerRefused(wrongPassword ? 'password' : 'file', e);
  }
  await assertPair(signer);
  return signer;
}

/** A service that keeps the key: it sees the digest, never the letter. @throws SignerRefused */
export async function serviceSigner(ask: AskService, expected?: X509Certificate): Promise<DocumentSigner> {
  const trial = await ask(createHash('sha256').update('Đúng Hẹn').digest(), DIGEST);
  const [own, ...chain] = trial.certificates;
  if (!own || (expected && own.fingerprint256 !== expected.fingerprint256)) throw new SignerRefused('answer');
  const keyType = KEY_TYPES.get(own.publicKey.asymmetricKeyType ?? '');
  if (!keyType) throw new SignerRefused('key-kind');
  const signer: DocumentSigner = {
    certificate: new Uint8Array(own.raw),
    certificateChain: chain.map((one) => new Uint8Array(one.raw)),
    keyType,
    signatureAlgorithm: keyType === 'RSA' ? 'RSASSA-PKCS1-v1_5' : 'ECDSA',
    sign: async (data) => {
      const { signature } = await ask(createHash('sha256').update(data).digest(), DIGEST);
      if (!verify('SHA256', data, { key: own.publicKey, dsaEncoding: 'der' }, signature))
        throw new SignerRefused('answer');
      return new Uint8Array(signature);
    },
  };
  await assertPair(signer);
  return signer;
}

export const certificatesOf = ({ certificate, certificateChain }: DocumentSigner): X509Certificate[] =>
  [certificate, ...(certificateChain ?? [])].map((der) => new X509Certificate(der));

/** Adds a signature of PAdES level B-B behind the document: its own bytes stay as they are. */
export async function signPdf(
  content: Buffer,
  signer: DocumentSigner,
  { reason, location, at }: SigningNote,
): Promise<Buffer> {
  const pdf = await PDF.load(content);
  const { bytes } = await pdf.sign({
    signer,
    level: 'B-B',
    reason,
    location,
    signingTime: at,
    digestAlgorithm: DIGEST,
    estimatedSize: ROOM,
  });
  return Buffer.from(bytes);
}

/** A file can hold a key and the certificate of another one. */
async function assertPair(signer: DocumentSigner): Promise<void> {
  const data = Buffer.from('Đúng Hẹn');
  const signature = await signer.sign(data, DIGEST);
  const key = new X509Certificate(signer.certificate).publicKey;
  if (!verify('SHA256', data, { key, dsaEncoding: 'der' }, signature)) throw new SignerRefused('pair');
}
