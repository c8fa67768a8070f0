import { PDF, PdfArray, PdfDict, PdfName, PdfNumber, rgb } from '@libpdf/core';
import { constants, createPrivateKey, privateEncrypt, X509Certificate } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { DocumentRenderer } from '../../src/documents/document-renderer';
import { PdfRenderer } from '../../src/documents/pdf-renderer';
import { verifySignedPdf } from '../../src/documents/pdf-signature';
import { documentPrint, onlySigned } from '../../src/documents/pdf-signature-content';
import { fileSigner, serviceSigner, signPdf, type DocumentSigner } from '../../src/documents/pdf-signer';
import type { LetterModel } from '../../src/letters/letter-model';
import { lateLetter, longLetter, pastLetter } from '../fixtures/letter-models';
import { poppler } from '../support/poppler';
import { KeyWorkshop, P12_PASSWORD } from '../support/signing';

const AT = new Date('2027-02-05T02:30:00Z');
const NOTE = { reason: 'Thư xin lỗi số 05/XL-TTPVHCC', location: 'Bình Lư', at: AT };
const AGENCY = '/C=VN/O=Ủy ban nhân dân xã Bình Lư/CN=Trung tâm Phục vụ hành chính công';
const PERSON = '/C=VN/O=Ủy ban nhân dân xã Bình Lư/CN=Phạm Quang Huy';

const documents = new DocumentRenderer();
const renderer = new PdfRenderer();
const letter = (model: LetterModel, form = 'late-apology'): Promise<Buffer> =>
  renderer.pdf(documents.html(`letters/${form}`, model), {
    ...{ title: 'Thư xin lỗi', author: 'Xã Bình Lư', createdAt: new Date('2026-02-05T02:00:00Z') },
    archive: true,
  });

let keys: KeyWorkshop;
let agency: DocumentSigner;
let person: DocumentSigner;
let original: Buffer;
let signed: Buffer;

beforeAll(async () => {
  keys = new KeyWorkshop();
  keys.issue('agency', { subject: AGENCY });
  keys.issue('person', { subject: PERSON, key: 'ec -pkeyopt ec_paramgen_curve:P-256' });
  keys.issue('tsa', {
    subject: '/CN=Dấu thời gian thử',
    purpose: 'extendedKeyUsage=critical,timeStamping\n',
  });
  agency = await fileSigner(keys.p12('agency'), P12_PASSWORD);
  person = await fileSigner(keys.p12('person'), P12_PASSWORD);
  original = await letter(lateLetter);
  signed = await signPdf(original, agency, NOTE);
});
afterAll(async () => {
  keys.close();
  await renderer.onModuleDestroy();
});

const pdfsig = (pdf: Buffer): string => poppler('pdfsig', pdf, '-nocert');
const faultOf = async (pdf: Buffer, against: Buffer | null = original) =>
  (await verifySignedPdf(pdf, against)).fault;

function rangeOf(pdf: Buffer): { at: number; numbers: [number, number, number, number] } {
  const text = pdf.toString('latin1');
  const at = text.indexOf('[', text.lastIndexOf('/ByteRange'));
  return {
    at,
    numbers: text.slice(at).match(/\d+/g)!.slice(0, 4).map(Number) as [number, number, number, number],
  };
}

/** A new revision behind the file, as an attacker would write it. */
async function updated(pdf: Buffer, change: (pdf: PDF) => void): Promise<Buffer> {
  const loaded = await PDF.load(pdf);
  change(loaded);
  return Buffer.from(await loaded.save({ incremental: true }));
}

describe('a letter signed with a key file', () => {
  it('is whole, valid and the kept file; pdfsig of poppler says the same', async () => {
    const check = await verifySignedPdf(signed, original);
    expect(check).toMatchObject({ fault: null, match: 'same-file', added: [], overlays: 0 });
    expect(check.signatures).toHaveLength(1);
    expect(check.signatures[0]).toMatchObject({
      ...{ kind: 'signature', fault: null, coverage: 'whole', changedAfter: false, digest: 'SHA256' },
      ...{ signedAt: AT, timeFrom: 'attribute', validThen: true, trust: 'unchecked' },
      ...{ reason: NOTE.reason, location: NOTE.location },
    });
    expect(check.signatures[0]!.signer).toMatchObject({
      name: 'Trung tâm Phục vụ hành chính công',
      organisation: 'Ủy ban nhân dân xã Bình Lư',
      issuer: 'Chứng thư gốc thử',
      selfSigned: false,
    });
    expect(pdfsig(signed)).toMatch(/ETSI\.CAdES\.detached[^]*Total document signed[^]*Signature is Valid\./);
  });

  it('begins with the bytes of the kept PDF/A-2a and is still tagged and marked as one', async () => {
    expect(signed.subarray(0, original.length).equals(original)).toBe(true);
    expect(poppler('pdfinfo', signed)).toMatch(/Tagged: +yes/);
    const metadata = poppler('pdfinfo', signed, '-meta');
    expect(metadata).toMatch(/pdfaid:part>2</);
    expect(metadata).toMatch(/pdfaid:conformance>A</);
  });

  it.each([
    ['an old file (RC2, 3DES)', () => keys.p12('agency', { legacy: true })],
    ['an elliptic curve', () => keys.p12('person')],
  ])('can come from %s', async (_, p12) => {
    const pdf = await signPdf(original, await fileSigner(p12(), P12_PASSWORD), NOTE);
    expect(await faultOf(pdf)).toBeNull();
    expect(pdfsig(pdf)).toContain('Signature is Valid.');
  });

  it('of two pages is checked alike', async () => {
    const long = await letter(longLetter);
    expect(await faultOf(await signPdf(long, person, NOTE), long)).toBeNull();
  });

  it('can carry the signature of a person and the seal of the agency', async () => {
    const both = await signPdf(await signPdf(original, person, NOTE), agency, NOTE);
    const { fault, match, signatures } = await verifySignedPdf(both, original);
    expect([fault, match]).toEqual([null, 'same-file']);
    expect(signatures.map((s) => [s.signer?.name, s.coverage, s.changedAfter])).toEqual([
      ['Phạm Quang Huy', 'revision', false],
      ['Trung tâm Phục vụ hành chính công', 'whole', false],
    ]);
    expect(pdfsig(both).match(/Signature is Valid\./g)).toHaveLength(2);
  });

  it('reaches a trusted root, or not, where the office names roots', async () => {
    const stranger = new KeyWorkshop();
    const roots = [stranger.root, keys.root].map((pem) => [new X509Certificate(pem)]);
    stranger.close();
    const found = await Promise.all(roots.map((list) => verifySignedPdf(signed, original, list)));
    expect(found.map((check) => check.signatures[0]!.trust)).toEqual(['untrusted', 'trusted']);
  });

  it('says when the certificate was not valid at the time of signing', async () => {
    const late = await signPdf(original, agency, { ...NOTE, at: new Date('2039-01-01T00:00:00Z') });
    expect((await verifySignedPdf(late, original)).signatures[0]!.validThen).toBe(false);
  });

  it('carries the time of an authority where there is one, also over the whole file', async () => {
    const timestampAuthority = {
      timestamp: (digest: Uint8Array) => Promise.resolve(new Uint8Array(keys.timestamp('tsa', digest))),
    };
    const pdf = await PDF.load(original);
    await pdf.sign({ signer: agency, level: 'B-T', timestampAuthority, signingTime: AT });
    const { bytes } = await pdf.addTimestamp({ timestampAuthority });
    const { fault, match, signatures } = await verifySignedPdf(Buffer.from(bytes), original);
    expect([fault, match]).toEqual([null, 'same-file']);
    expect(signatures.map((s) => [s.kind, s.fault, s.timeFrom, s.coverage])).toEqual([
      ['signature', null, 'timestamp', 'revision'],
      ['timestamp', null, 'timestamp', 'whole'],
    ]);
  });
});

describe('a signed file is refused when', () => {
  it('a byte of the page is another one', async () => {
    const pdf = Buffer.from(signed);
    const at = original.indexOf('stream\n') + 40;
    pdf[at] = pdf[at]! ^ 1;
    expect(await faultOf(pdf, null)).toBe('altered');
    expect(pdfsig(pdf)).toContain('Digest Mismatch');
  });

  it('a byte of the signature is another one', async () => {
    const pdf = Buffer.from(signed);
    const start = pdf.lastIndexOf('/Contents <') + '/Contents <'.length;
    const digits = signed
      .subarray(start)
      .toString('latin1')
      .search(/(00){200}|>/);
    const at = start + digits - 8;
    pdf[at] = pdf[at] === 0x31 ? 0x32 : 0x31;
    expect(await faultOf(pdf)).toBe('invalid');
  });

  it('words were written over it afterwards', async () => {
    const pdf = await updated(signed, (loaded) =>
      loaded.getPage(0)!.drawText('Không xin lỗi', { x: 90, y: 400, size: 14 }),
    );
    expect(await faultOf(pdf)).toBe('altered');
    expect(pdfsig(pdf)).toContain('Not total document signed');
  });

  it('a note was laid over it afterwards, or only bytes were added', async () => {
    const noted = await updated(signed, (loaded) => {
      loaded.getPage(0)!.addTextAnnotation({ rect: { x: 90, y: 400, width: 20, height: 20 }, contents: 'x' });
    });
    expect(await faultOf(noted)).toBe('altered');
    expect(await faultOf(Buffer.concat([signed, Buffer.from('\n% thêm\n')]))).toBe('altered');
  });

  it('it was changed between two signatures', async () => {
    const changed = await updated(await signPdf(original, person, NOTE), (loaded) =>
      loaded.getPage(0)!.drawText('Thêm', { x: 90, y: 400, size: 14 }),
    );
    const { fault, signatures } = await verifySignedPdf(await signPdf(changed, agency, NOTE), original);
    expect(fault).toBe('altered');
    expect(signatures.map((s) => s.changedAfter)).toEqual([true, false]);
  });

  it('more than what proves the signature later stands behind it', async () => {
    const proof = await updated(signed, (loaded) => loaded.getCatalog().set('DSS', PdfDict.of({})));
    expect(await verifySignedPdf(proof, original)).toMatchObject({
      ...{ fault: null, match: 'same-file' },
      signatures: [{ coverage: 'revision', changedAfter: false }],
    });
    const more = await updated(proof, (loaded) =>
      loaded.getPage(0)!.drawText('Thêm', { x: 90, y: 400, size: 14 }),
    );
    expect(await faultOf(more)).toBe('altered');
  });

  it('it is of a format that rests on SHA-1', async () => {
    const old = signed.toString('latin1').replace('/ETSI.CAdES.detached', '/adbe.pkcs7.sha1    ');
    expect(await verifySignedPdf(Buffer.from(old, 'latin1'), original)).toMatchObject({
      fault: 'weak',
      signatures: [{ digest: 'SHA1' }],
    });
  });

  it('the range leaves out more than the signature', async () => {
    const { at, numbers } = rangeOf(signed);
    const text = signed.toString('latin1');
    const written = /^\[[^\]]*\]/.exec(text.slice(at))![0];
    const [a, b, c, d] = numbers;
    const shorter = `[${a} ${b - 20} ${c} ${d}`.padEnd(written.length - 1) + ']';
    const pdf = Buffer.from(text.slice(0, at) + shorter + text.slice(at + written.length), 'latin1');
    expect(pdf).toHaveLength(signed.length);
    expect(await faultOf(pdf)).toBe('altered');
  });

  it('it is another letter, or another document that begins with the bytes of this one', async () => {
    const other = await signPdf(await letter(pastLetter, 'past-apology'), agency, NOTE);
    expect(await faultOf(other)).toBe('other');
    const nearly = await letter({ ...lateLetter, newDueAt: '2026-09-04T10:30:00.000Z' });
    expect(await faultOf(await signPdf(nearly, agency, NOTE))).toBe('other');
    const covered = await updated(original, (loaded) => {
      loaded.removePage(0);
      loaded.addPage().drawText('Thu khac', { x: 90, y: 400, size: 14 });
    });
    expect(await faultOf(await signPdf(covered, agency, NOTE))).toBe('other');
  });

  it.each([
    ['cut in half', () => signed.subarray(0, signed.length / 2), 'broken'],
    ['cut within the signature', () => signed.subarray(0, signed.length - 900), 'broken'],
    ['not signed', () => original, 'unsigned'],
    ['no PDF', () => Buffer.from('PK\x03\x04 một tệp khác'), 'not-pdf'],
    ['nothing but the first line', () => Buffer.from('%PDF-1.7\n'), 'broken'],
    ['empty', () => Buffer.alloc(0), 'not-pdf'],
    ['50 MB', () => Buffer.concat([signed, Buffer.alloc(50 * 1024 * 1024)]), 'too-large'],
  ])('it is %s', async (_, pdf, fault) => expect(await faultOf(pdf())).toBe(fault));

  it('a few kilobytes of it would unpack to a gigabyte', async () => {
    const bomb = await updated(original, (loaded) => {
      const packed = deflateSync(Buffer.alloc(200 * 1024 * 1024));
      const stream = loaded.createStream({ Filter: PdfName.of('FlateDecode') }, packed);
      loaded.getPage(0)!.dict.set('Contents', stream);
    });
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect(await faultOf(await signPdf(bomb, person, NOTE))).toBe('broken');
  });

  it('it is locked with a password', async () => {
    const loaded = await PDF.load(original);
    loaded.setProtection({ userPassword: 'x', ownerPassword: 'y' });
    expect(await faultOf(Buffer.from(await loaded.save()))).toBe('encrypted');
  });

  it('its digest is SHA-1, which is named', async () => {
    const [, b, c] = rangeOf(signed).numbers;
    const content = Buffer.concat([signed.subarray(0, b), signed.subarray(c)]);
    const room = c - b - 2;
    for (const [digest, fault] of [
      ['sha1', 'weak'],
      ['sha512', null],
    ] as const) {
      const pdf = Buffer.from(signed);
      pdf.write(keys.cms('agency', content, digest).toString('hex').padEnd(room, '0'), b + 1, 'latin1');
      const check = await verifySignedPdf(pdf, original);
      expect([check.fault, check.signatures[0]!.digest]).toEqual([fault, digest.toUpperCase()]);
    }
  });
});

describe('what a signature draws on the page', () => {
  const seal = (pdf: Buffer, drawn: string): Promise<Buffer> =>
    updated(pdf, (loaded) => {
      const box = PdfArray.of(...[60, 60, 160, 100].map((n) => PdfNumber.of(n)));
      const form = { Type: PdfName.of('XObject'), Subtype: PdfName.of('Form'), BBox: box };
      const appearance = loaded.createStream(form, Buffer.from(drawn));
      const widget = loaded.createDict({
        ...{ Type: PdfName.of('Annot'), Subtype: PdfName.of('Widget'), FT: PdfName.of('Sig'), Rect: box },
        ...{ AP: PdfDict.of({ N: appearance }), P: loaded.getPage(0)!.ref },
      });
      loaded.getPage(0)!.dict.set('Annots', PdfArray.of(widget));
    });
  const print = async (pdf: Buffer) => documentPrint(await PDF.load(pdf));

  it('is no change of the letter, also of one with two pages', async () => {
    for (const pdf of [original, await letter(longLetter)])
      expect(onlySigned(await print(pdf), await print(await seal(pdf, '0 0 100 40 re f')))).toBe(true);
  });

  it('must stay what it was', async () => {
    const before = await seal(original, '0 0 100 40 re f');
    const after = await seal(before, '0 0 500 800 re f');
    expect(onlySigned(await print(before), await print(after))).toBe(false);
  });
});

describe('a file that another program wrote again', () => {
  const open: LetterModel = { ...lateLetter, number: null };

  it('is the letter when all its words are there in their order and only number and date came to it', async () => {
    const kept = await letter(open);
    const { fault, match, added } = await verifySignedPdf(await signPdf(original, agency, NOTE), kept);
    expect([fault, match, added]).toEqual([null, 'same-text', []]);
  });

  it('tells the words that came to it', async () => {
    const loaded = await PDF.load(original);
    loaded.getPage(0)!.drawText('CONG VAN DEN', { x: 60, y: 20, size: 9, color: rgb(1, 0, 0) });
    const rewritten = Buffer.from(await loaded.save());
    const { fault, match, added } = await verifySignedPdf(await signPdf(rewritten, agency, NOTE), original);
    expect([fault, match, added]).toEqual([null, 'same-text', ['CONG', 'VAN', 'DEN']]);
  });
});

describe('a key file is refused', () => {
  it.each([
    ['with a wrong password', () => keys.p12('agency'), 'sai', 'password'],
    ['when it is something else', () => original, P12_PASSWORD, 'file'],
    ['when it is empty', () => Buffer.alloc(0), P12_PASSWORD, 'file'],
  ])('%s', async (_, p12, password, fault) => {
    await expect(fileSigner(p12(), password)).rejects.toMatchObject({ fault });
  });
});

describe('a service that signs digests', () => {
  const certificate = () => [new X509Certificate(keys.certificate('agency'))];

  it('signs a letter without seeing it', async () => {
    const key = createPrivateKey(keys.privateKey('agency'));
    const seen: number[] = [];
    const signer = await serviceSigner((digest) => {
      seen.push(digest.length);
      return Promise.resolve({ signature: pkcs1(digest, key), certificates: certificate() });
    });
    expect(await faultOf(await signPdf(original, signer, NOTE))).toBeNull();
    expect(new Set(seen)).toEqual(new Set([32]));
  });

  it('is refused when its signature is not of its certificate, or the certificate is another one', async () => {
    const wrong = () => Promise.resolve({ signature: Buffer.alloc(256, 1), certificates: certificate() });
    await expect(serviceSigner(wrong)).rejects.toMatchObject({ fault: 'answer' });
    const key = createPrivateKey(keys.privateKey('agency'));
    const right = (digest: Buffer) =>
      Promise.resolve({ signature: pkcs1(digest, key), certificates: certificate() });
    const expected = new X509Certificate(keys.certificate('person'));
    await expect(serviceSigner(right, expected)).rejects.toMatchObject({ fault: 'answer' });
  });
});

/** PKCS #1 v1.5 over a digest that was made elsewhere. */
function pkcs1(digest: Buffer, key: ReturnType<typeof createPrivateKey>): Buffer {
  const prefix = Buffer.from('3031300d060960864801650304020105000420', 'hex');
  return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([prefix, digest]));
}
