import { fromBER, OctetString, UTCTime, GeneralizedTime } from 'asn1js';
import { type Attribute, ContentInfo, type SignerInfo, SignedData, TSTInfo } from 'pkijs';
import { createHash, constants, verify, X509Certificate, type VerifyKeyObjectInput } from 'node:crypto';

export type CmsFault = 'unreadable' | 'no-certificate' | 'weak' | 'unsupported' | 'changed' | 'signature';

/** What a CMS signature says, whether or not it is right. */
export interface CmsCheck {
  fault: CmsFault | null;
  certificate: X509Certificate | null;
  /** all that came with it, for the chain */
  certificates: X509Certificate[];
  digest: string | null;
  signedAt: Date | null;
  timeFrom: 'timestamp' | 'attribute' | null;
}

const OID = {
  signedData: '1.2.840.113549.1.7.2',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  timestampToken: '1.2.840.113549.1.9.16.2.14',
  pss: '1.2.840.113549.1.1.10',
};

const DIGESTS: Record<string, string> = {
  '1.3.14.3.2.26': 'SHA1',
  '1.2.840.113549.2.5': 'MD5',
  '2.16.840.1.101.3.4.2.1': 'SHA256',
  '2.16.840.1.101.3.4.2.2': 'SHA384',
  '2.16.840.1.101.3.4.2.3': 'SHA512',
};
/** Signature algorithms that name their digest themselves. */
const SIGNATURE_DIGESTS: Record<string, string> = {
  '1.2.840.113549.1.1.4': 'MD5',
  '1.2.840.113549.1.1.5': 'SHA1',
  '1.2.840.113549.1.1.11': 'SHA256',
  '1.2.840.113549.1.1.12': 'SHA384',
  '1.2.840.113549.1.1.13': 'SHA512',
  '1.2.840.10045.4.1': 'SHA1',
  '1.2.840.10045.4.3.2': 'SHA256',
  '1.2.840.10045.4.3.3': 'SHA384',
  '1.2.840.10045.4.3.4': 'SHA512',
};
const WEAK = new Set(['SHA1', 'MD5']);

const NOTHING: CmsCheck = {
  fault: 'unreadable',
  certificate: null,
  certificates: [],
  digest: null,
  signedAt: null,
  timeFrom: null,
};

export const digestOf = (name: string, content: Uint8Array): Buffer =>
  createHash(name).update(content).digest();

/** A signature over content that is not inside it. */
export function checkDetached(der: Uint8Array, content: Uint8Array): CmsCheck {
  const signed = readSignedData(der);
  return signed ? checkSigner(signed, content) : NOTHING;
}

/** A time stamp (RFC 3161) over content; its time is that of the authority. */
export function checkTimestamp(der: Uint8Array, content: Uint8Array): CmsCheck {
  const signed = readSignedData(der);
  const inner = signed?.encapContentInfo.eContent;
  if (!signed || !inner || signed.encapContentInfo.eContentType !== OID.tstInfo) return NOTHING;
  const info = new Uint8Array(inner.getValue());
  try {
    const { messageImprint, genTime } = TSTInfo.fromBER(info);
    const name = DIGESTS[messageImprint.hashAlgorithm.algorithmId];
    const check = { ...checkSigner(signed, info), signedAt: genTime, timeFrom: 'timestamp' as const };
    if (!name || check.fault !== null) return name ? check : { ...check, fault: 'unsupported' };
    const imprint = Buffer.from(messageImprint.hashedMessage.valueBlock.valueHexView);
    return imprint.equals(digestOf(name, content)) ? check : { ...check, fault: 'changed' };
  } catch {
    return NOTHING;
  }
}

function readSignedData(der: Uint8Array): SignedData | null {
  try {
    const { result, offset } = fromBER(Uint8Array.from(der));
    if (offset < 0) return null;
    const content = new ContentInfo({ schema: result });
    return content.contentType === OID.signedData ? new SignedData({ schema: content.content }) : null;
  } catch {
    return null;
  }
}

function checkSigner(signed: SignedData, content: Uint8Array): CmsCheck {
  const [signer] = signed.signerInfos;
  const certificates = certificatesOf(signed);
  // A second signer inside one signature is nothing that programs for documents write.
  if (!signer || signed.signerInfos.length > 1) return { ...NOTHING, certificates };
  const certificate = certificates.find((one) => belongsTo(one, signer)) ?? null;
  const digest = DIGESTS[signer.digestAlgorithm.algorithmId] ?? null;
  const facts = { certificate, certificates, digest, ...timeOf(signer) };
  if (certificate === null) return { ...facts, fault: 'no-certificate' };
  if (digest === null) return { ...facts, fault: 'unsupported' };
  try {
    return { ...facts, fault: faultOf(signer, certificate, digest, content) };
  } catch {
    return { ...facts, fault: 'unsupported' };
  }
}

function faultOf(
  signer: SignerInfo,
  certificate: X509Certificate,
  digest: string,
  content: Uint8Array,
): CmsFault | null {
  const algorithm = signer.signatureAlgorithm.algorithmId;
  const signedWith = algorithm === OID.pss ? digest : (SIGNATURE_DIGESTS[algorithm] ?? digest);
  let covered = content;
  if (signer.signedAttrs) {
    const stated = attribute(signer.signedAttrs.attributes, OID.messageDigest);
    const hash = stated instanceof OctetString ? Buffer.from(stated.valueBlock.valueHexView) : null;
    if (!hash?.equals(digestOf(digest, content))) return 'changed';
    covered = new Uint8Array(signer.signedAttrs.encodedValue);
  }
  const key: VerifyKeyObjectInput = { key: certificate.publicKey, dsaEncoding: 'der' };
  if (algorithm === OID.pss) {
    key.padding = constants.RSA_PKCS1_PSS_PADDING;
    key.saltLength = constants.RSA_PSS_SALTLEN_AUTO;
  }
  const edwards = certificate.publicKey.asymmetricKeyType?.startsWith('ed') ?? false;
  const value = Buffer.from(signer.signature.valueBlock.valueHexView);
  if (!verify(edwards ? null : signedWith, covered, key, value)) return 'signature';
  return WEAK.has(digest) || WEAK.has(signedWith) ? 'weak' : null;
}

/** The time of an authority where there is one that fits, else what the signer's clock said. */
function timeOf(signer: SignerInfo): Pick<CmsCheck, 'signedAt' | 'timeFrom'> {
  const token = signer.unsignedAttrs && attribute(signer.unsignedAttrs.attributes, OID.timestampToken);
  if (token) {
    const value = new Uint8Array(signer.signature.valueBlock.valueHexView);
    const stamp = checkTimestamp(new Uint8Array(token.toBER()), value);
    if (stamp.fault === null) return { signedAt: stamp.signedAt, timeFrom: 'timestamp' };
  }
  const time = signer.signedAttrs && attribute(signer.signedAttrs.attributes, OID.signingTime);
  if (time instanceof UTCTime || time instanceof GeneralizedTime)
    return { signedAt: time.toDate(), timeFrom: 'attribute' };
  return { signedAt: null, timeFrom: null };
}

function attribute(attributes: Attribute[], type: string) {
  const found = attributes.find((one) => one.type === type);
  return found?.values[0] as { toBER(): ArrayBuffer } | undefined;
}

function certificatesOf(signed: SignedData): X509Certificate[] {
  const sent = (signed.certificates ?? []) as { toSchema?: (full?: boolean) => { toBER(): ArrayBuffer } }[];
  return sent.flatMap((one) => {
    try {
      return [new X509Certificate(Buffer.from(one.toSchema!().toBER()))];
    } catch {
      return [];
    }
  });
}

/** By serial number, or by key where the signer names its key. */
function belongsTo(certificate: X509Certificate, { sid }: SignerInfo): boolean {
  const serial = (sid as { serialNumber?: { valueBlock: { valueHexView: Uint8Array } } }).serialNumber;
  const number = (hex: string): string => hex.toLowerCase().replace(/^0+/, '');
  if (serial)
    return (
      number(Buffer.from(serial.valueBlock.valueHexView).toString('hex')) === number(certificate.serialNumber)
    );
  const keyId = sid as { valueBlock?: { valueHexView?: Uint8Array } };
  const id = keyId.valueBlock?.valueHexView;
  return id !== undefined && Buffer.from(certificate.raw).includes(Buffer.from(id));
}
