import { PDF } from '@libpdf/core';
import type { X509Certificate } from 'node:crypto';
import { checkDetached, checkTimestamp, type CmsCheck, type CmsFault } from './pdf-signature-cms';
import { compareTexts, documentPrint, onlySigned, overlays, textOf } from './pdf-signature-content';
import type { DocumentPrint } from './pdf-signature-content';
import { covered, endOf, signatureFields, type SignatureField } from './pdf-signature-fields';
import { unpacksTooFar } from './pdf-signature-guard';
import { signerOf, trustOf, type CertificateFacts, type Trust } from './pdf-signer-certificate';

export interface PdfSignature {
  kind: 'signature' | 'timestamp';
  /** null: mathematically right, and over the bytes it names */
  fault: CmsFault | 'byte-range' | 'format' | null;
  /** the whole file, or what the file was before others signed or stamped it too */
  coverage: 'whole' | 'revision';
  /** what people read is not what it was when this was signed */
  changedAfter: boolean;
  signer: CertificateFacts | null;
  digest: string | null;
  signedAt: Date | null;
  timeFrom: 'timestamp' | 'attribute' | 'dictionary' | null;
  /** the certificate was valid at that time; null when there is no time or no certificate */
  validThen: boolean | null;
  trust: Trust;
  reason: string | null;
  location: string | null;
}

export type SignedPdfFault =
  'not-pdf' | 'too-large' | 'broken' | 'encrypted' | 'unsigned' | 'weak' | 'invalid' | 'altered' | 'other';

export interface SignedPdfCheck {
  /** why the file cannot stand for the signed letter */
  fault: SignedPdfFault | null;
  signatures: PdfSignature[];
  /** the original's own bytes and pages, or all its words in another file; null: not compared */
  match: 'same-file' | 'same-text' | 'other' | null;
  /** words that only the signed file has */
  added: string[];
  /** notes and stamps whose words were not compared */
  overlays: number;
}

export const LARGEST_SIGNED = 30 * 1024 * 1024;
const DETACHED = ['adbe.pkcs7.detached', 'ETSI.CAdES.detached'];
/** Formats of before 2008, with SHA-1 in their definition. */
const OLD = ['adbe.pkcs7.sha1', 'adbe.x509.rsa_sha1'];
const NOTHING = { signatures: [], match: null, added: [], overlays: 0 };

/** Checks every signature of a file, and that it is the original and nothing else. */
export async function verifySignedPdf(
  signed: Buffer,
  original: Buffer | null,
  roots: X509Certificate[] = [],
): Promise<SignedPdfCheck> {
  if (signed.length > LARGEST_SIGNED) return { ...NOTHING, fault: 'too-large' };
  if (!signed.subarray(0, 1024).includes('%PDF-')) return { ...NOTHING, fault: 'not-pdf' };
  if (unpacksTooFar(signed)) return { ...NOTHING, fault: 'broken' };
  try {
    const pdf = await PDF.load(signed);
    if (pdf.isEncrypted) return { ...NOTHING, fault: 'encrypted' };
    const fields = signatureFields(pdf);
    if (fields.length === 0) return { ...NOTHING, fault: pdf.recoveredViaBruteForce ? 'broken' : 'unsigned' };
    if (fields.some((field) => endOf(field) > signed.length)) return { ...NOTHING, fault: 'broken' };
    const print = documentPrint(pdf);
    const signatures: PdfSignature[] = [];
    for (const field of fields) signatures.push(await checkField(signed, field, print, roots));
    const comparison = await compare(signed, original, { pdf, print });
    const unproven = !signatures.some((one) => one.coverage === 'whole') && !isProof(pdf);
    return { ...comparison, signatures, fault: faultOf(signatures, unproven, comparison.match) };
  } catch {
    // The reader gives up in many ways on what is no document.
    return { ...NOTHING, fault: 'broken' };
  }
}

/** Behind the last signature only what proves it later (revocation lists, answers of the authority) may stand. */
const isProof = (pdf: PDF): boolean => pdf.getCatalog().has('DSS');

function faultOf(
  signatures: PdfSignature[],
  unproven: boolean,
  match: SignedPdfCheck['match'],
): SignedPdfFault | null {
  const has = (test: (one: PdfSignature) => boolean): boolean => signatures.some(test);
  if (has((s) => s.changedAfter || s.fault === 'changed' || s.fault === 'byte-range') || unproven)
    return 'altered';
  if (has((s) => s.fault === 'weak')) return 'weak';
  if (has((s) => s.fault !== null)) return 'invalid';
  if (!has((s) => s.kind === 'signature')) return 'unsigned';
  return match === 'other' ? 'other' : null;
}

async function checkField(
  file: Buffer,
  field: SignatureField,
  print: DocumentPrint,
  roots: X509Certificate[],
): Promise<PdfSignature> {
  const content = covered(file, field);
  const check = content ? checkContent(field, content) : null;
  const whole = endOf(field) >= file.length - trailingBlanks(file);
  const certificate = check?.certificate ?? null;
  const signer = certificate && signerOf(certificate);
  const signedAt = check?.signedAt ?? field.claimedAt;
  return {
    kind: field.kind,
    fault: check ? check.fault : 'byte-range',
    coverage: whole ? 'whole' : 'revision',
    changedAfter: !whole && content !== null && (await changedSince(file, endOf(field), print)),
    signer,
    digest: check?.digest ?? null,
    signedAt,
    timeFrom: check?.timeFrom ?? (field.claimedAt ? 'dictionary' : null),
    validThen: signer && signedAt ? signer.validFrom <= signedAt && signedAt <= signer.validTo : null,
    trust: certificate ? trustOf(certificate, check?.certificates ?? [], roots) : 'unchecked',
    reason: field.reason,
    location: field.location,
  };
}

function checkContent(
  field: SignatureField,
  content: Buffer,
): Omit<CmsCheck, 'fault'> & {
  fault: PdfSignature['fault'];
} {
  if (field.kind === 'timestamp') return checkTimestamp(field.contents, content);
  const check = checkDetached(field.contents, content);
  if (OLD.includes(field.format)) return { ...check, fault: 'weak', digest: 'SHA1' };
  return DETACHED.includes(field.format) ? check : { ...check, fault: 'format' };
}

/** Whether people read something else than when the document ended there. */
async function changedSince(file: Buffer, end: number, now: DocumentPrint): Promise<boolean> {
  try {
    return !onlySigned(documentPrint(await PDF.load(file.subarray(0, end))), now);
  } catch {
    return true;
  }
}

async function compare(
  signed: Buffer,
  original: Buffer | null,
  now: { pdf: PDF; print: DocumentPrint },
): Promise<Pick<SignedPdfCheck, 'match' | 'added' | 'overlays'>> {
  if (!original) return { match: null, added: [], overlays: 0 };
  const kept = await PDF.load(original);
  const begins = signed.length > original.length && signed.subarray(0, original.length).equals(original);
  if (begins && onlySigned(documentPrint(kept), now.print))
    return { match: 'same-file', added: [], overlays: 0 };
  const { contained, added } = compareTexts(textOf(kept), textOf(now.pdf));
  if (!contained) return { match: 'other', added: [], overlays: 0 };
  return { match: 'same-text', added, overlays: overlays(now.pdf) };
}

function trailingBlanks(file: Buffer): number {
  let blanks = 0;
  while (blanks < 16 && [0x0a, 0x0d, 0x20].includes(file[file.length - 1 - blanks] ?? -1)) blanks += 1;
  return blanks;
}
