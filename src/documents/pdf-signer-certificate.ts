import { X509Certificate } from 'node:crypto';

export interface CertificateFacts {
  name: string;
  organisation: string | null;
  serial: string;
  issuer: string;
  validFrom: Date;
  validTo: Date;
  /** made by its holder: nobody else vouches for the name */
  selfSigned: boolean;
}

/** unchecked: the office has named no roots it trusts */
export type Trust = 'trusted' | 'untrusted' | 'unchecked';

const LONGEST_CHAIN = 8;

export function signerOf(certificate: X509Certificate): CertificateFacts {
  const subject = partsOf(certificate.subject);
  const issuer = partsOf(certificate.issuer);
  const organisation = subject.get('O') ?? null;
  return {
    name: subject.get('CN') ?? organisation ?? certificate.subject.replace(/\n/g, ', '),
    organisation,
    serial: certificate.serialNumber,
    issuer: issuer.get('CN') ?? issuer.get('O') ?? certificate.issuer.replace(/\n/g, ', '),
    validFrom: new Date(certificate.validFrom),
    validTo: new Date(certificate.validTo),
    selfSigned: certificate.subject === certificate.issuer,
  };
}

/** Node writes one part a line, letters beyond ASCII as they are and signs escaped. */
function partsOf(name: string): Map<string, string> {
  const parts = name.split('\n').map((part): [string, string] => {
    const at = part.indexOf('=');
    return [part.slice(0, at), part.slice(at + 1).replace(/\\(.)/g, '$1')];
  });
  return new Map(parts.reverse());
}

/** Follows the issuers through what came with the signature up to a root of the office's list. */
export function trustOf(
  certificate: X509Certificate,
  others: X509Certificate[],
  roots: X509Certificate[],
): Trust {
  if (roots.length === 0) return 'unchecked';
  const trusted = (one: X509Certificate): boolean =>
    roots.some((root) => root.fingerprint256 === one.fingerprint256);
  let current = certificate;
  for (let step = 0; step < LONGEST_CHAIN; step += 1) {
    if (trusted(current)) return 'trusted';
    const issuer = [...roots, ...others].find((one) => one !== current && issued(one, current));
    if (!issuer) return 'untrusted';
    current = issuer;
  }
  return 'untrusted';
}

const issued = (issuer: X509Certificate, one: X509Certificate): boolean =>
  issuer.ca && one.checkIssued(issuer) && one.verify(issuer.publicKey);

/** The certificates of a PEM file; what is none of them is left out. */
export function readCertificates(pem: string): X509Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => new X509Certificate(block));
}
