import { PdfArray, PdfDict, PdfNumber, PdfRef, type PDF, type PdfObject } from '@libpdf/core';

export interface SignatureField {
  kind: 'signature' | 'timestamp';
  format: string;
  contents: Uint8Array;
  /** the two covered pieces; null when the dictionary names none that can be */
  range: [number, number, number, number] | null;
  claimedAt: Date | null;
  reason: string | null;
  location: string | null;
}

const MOST = 20;
const DEEPEST = 16;

/** The filled signature fields of a document, in the order of what they cover. */
export function signatureFields(pdf: PDF): SignatureField[] {
  const resolve = (ref: PdfRef): PdfObject | null => pdf.getObject(ref);
  const found = new Map<PdfDict, SignatureField>();
  const visit = (object: PdfObject | undefined, type: string | undefined, depth: number): void => {
    const dict = object instanceof PdfRef ? resolve(object) : object;
    if (!(dict instanceof PdfDict) || depth > DEEPEST || found.size > MOST) return;
    const own = dict.getName('FT', resolve)?.value ?? type;
    const value = dict.getDict('V', resolve);
    if (own === 'Sig' && value && !found.has(value)) found.set(value, fieldOf(value, resolve));
    for (const kid of dict.getArray('Kids', resolve) ?? []) visit(kid, own, depth + 1);
  };
  const form = pdf.getCatalog().getDict('AcroForm', resolve);
  for (const field of form?.getArray('Fields', resolve) ?? []) visit(field, undefined, 0);
  return [...found.values()].sort((a, b) => endOf(a) - endOf(b));
}

/** First byte after what the signature covers. */
export const endOf = ({ range }: SignatureField): number => (range ? range[2] + range[3] : 0);

/** The covered bytes. Null when the range leaves out anything but the signature itself. */
export function covered(file: Buffer, { range, contents }: SignatureField): Buffer | null {
  if (!range || range[2] + range[3] > file.length) return null;
  const [start, length, next, rest] = range;
  if (start !== 0 || next <= length) return null;
  const gap = file.subarray(length, next).toString('latin1');
  if (!/^<[0-9A-Fa-f\s]*>$/.test(gap)) return null;
  const written = Buffer.from(gap.slice(1, -1).replace(/\s/g, ''), 'hex');
  if (!written.equals(contents)) return null;
  return Buffer.concat([file.subarray(0, length), file.subarray(next, next + rest)]);
}

function fieldOf(dict: PdfDict, resolve: (ref: PdfRef) => PdfObject | null): SignatureField {
  const format = dict.getName('SubFilter', resolve)?.value ?? '';
  return {
    kind: format === 'ETSI.RFC3161' ? 'timestamp' : 'signature',
    format,
    contents: dict.getString('Contents', resolve)?.bytes ?? new Uint8Array(),
    range: rangeOf(dict.getArray('ByteRange', resolve)),
    claimedAt: pdfDate(dict.getString('M', resolve)?.asString()),
    reason: dict.getString('Reason', resolve)?.asString() ?? null,
    location: dict.getString('Location', resolve)?.asString() ?? null,
  };
}

function rangeOf(array: PdfArray | undefined): SignatureField['range'] {
  const numbers = [...(array ?? [])].map((one) => (one instanceof PdfNumber ? one.value : -1));
  const possible = numbers.length === 4 && numbers.every((n) => Number.isSafeInteger(n) && n >= 0);
  return possible ? (numbers as SignatureField['range']) : null;
}

/** "D:20261126034500+07'00'" */
function pdfDate(text: string | undefined): Date | null {
  const m = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-]\d\d)'?(\d\d)?'?)?/.exec(text ?? '');
  if (!m) return null;
  const [, year, month, day, hour, minute, second, zone, zoneMinutes] = m;
  const offset = zone ? `${zone}:${zoneMinutes ?? '00'}` : 'Z';
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`);
  return Number.isNaN(date.getTime()) ? null : date;
}
