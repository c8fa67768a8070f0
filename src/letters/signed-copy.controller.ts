import { Body, Controller, Get, Param, Post, Req, StreamableFile } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { readCertificates } from '../documents/pdf-signer-certificate';
import { AppError } from '../platform/errors';
import { labels } from '../platform/labels';
import { EVIDENCE_LIMIT_MB, readSentForm, type EvidenceFile } from '../reconciliation/evidence-file';
import { faultsOf } from '../units/form';
import { fault } from '../web/form-fault';
import { invalid, Page, redirect, type FormFault, type Invalid, type Redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { chosenCodes } from './chosen';
import type { Letter } from './letter';
import { LetterService } from './letter.service';
import { SignedCopies } from './signed-copy.service';
import { SigningKeys } from './signing-key.service';
import { SigningService } from './signing.service';

const PAGE = { title: 'Bản ký số', nav: '/thu-xin-loi' };
/** Each is signed and checked while the page waits. */
const MOST = 100;
const chosen = z.object({ thu: chosenCodes.refine((codes) => codes.length <= MOST) });

const FILE_FAULTS = [
  ...['NOT_PDF', 'TOO_LARGE', 'BROKEN', 'ENCRYPTED', 'UNSIGNED', 'WEAK', 'INVALID', 'ALTERED', 'OTHER'],
].map((fault): [string, string] => [`SIGNED_FILE_${fault}`, 'tep']);
const KEY_FAULTS = [
  ...['SIGNING_KEY_NONE', 'SIGNING_KEY_EXPIRED', 'SIGNING_KEY_NOT_YET', 'SIGNING_KEY_UNREADABLE'],
  ...['SIGNING_SERVICE_ADDRESS', 'SIGNING_SERVICE_FAILED', 'SIGNING_SERVICE_ANSWER', 'LETTER_NOT_NUMBERED'],
  ...['P12_UNREADABLE', 'P12_PASSWORD', 'P12_PAIR'],
].map((code): [string, string] => [code, 'ky']);
const FIELD_OF = Object.fromEntries([...FILE_FAULTS, ...KEY_FAULTS]);

/** The signed copy of a letter: sent in from elsewhere, or signed here with the office's key. */
@Controller('thu-xin-loi')
@Roles('clerk', 'supervisor')
export class SignedCopyController {
  constructor(
    private readonly letters: LetterService,
    private readonly copies: SignedCopies,
    private readonly signing: SigningService,
    private readonly keys: SigningKeys,
  ) {}

  @Get(':ma/ban-ky')
  @Page('letters/signed-copy', PAGE)
  async show(@CurrentReader() reader: Reader, @Param('ma') code: string) {
    return this.page(reader, await this.letters.ofCase(reader, code));
  }

  @Get(':ma/ban-ky/tep')
  async file(@CurrentReader() reader: Reader, @Param('ma') code: string): Promise<StreamableFile> {
    const letter = await this.letters.ofCase(reader, code);
    const content = await this.copies.bytesOf(letter);
    if (!content) throw new AppError('SIGNED_COPY_NONE', { code });
    const disposition = `attachment; filename="${labels.signature.signedFile}-${letter.number ?? letter.id}.pdf"`;
    return new StreamableFile(content, { type: 'application/pdf', disposition, length: content.length });
  }

  @Post(':ma/ban-ky')
  @Page('letters/signed-copy', PAGE)
  async receive(@Req() request: FastifyRequest, @CurrentReader() reader: Reader, @Param('ma') code: string) {
    const letter = await this.letters.ofCase(reader, code);
    const { file } = await readSentForm(request);
    const wrong = fileFault(file);
    if (wrong) return invalid(await this.page(reader, letter), [wrong]);
    return this.answer(reader, letter, async () => {
      await this.copies.keep(reader, letter, { name: file!.name, content: file!.content, how: 'sent' });
      return labels.signature.kept;
    });
  }

  @Post(':ma/ban-ky/ky')
  @Page('letters/signed-copy', PAGE)
  @Roles('supervisor')
  async sign(@CurrentReader() reader: Reader, @Param('ma') code: string) {
    const letter = await this.letters.ofCase(reader, code);
    const key = await this.keys.activeOf(letter.unitId);
    return this.answer(reader, letter, async () => {
      if ((await this.signing.sign(reader, [letter])) === 0)
        return invalid(await this.page(reader, letter), [
          fault('ky', 'SIGNED_ALREADY', { subject: key?.subject ?? '' }),
        ]);
      return labels.signature.signed(1);
    });
  }

  /** Chosen letters at once; what the key has signed before is left as it is. */
  @Post('theo-lo/ky')
  @Roles('supervisor')
  async signMany(@CurrentReader() reader: Reader, @Body({ schema: chosen }) { thu }: z.infer<typeof chosen>) {
    if (thu.length === 0) throw new AppError('LETTERS_NONE_CHOSEN');
    const letters: Letter[] = [];
    for (const code of thu) letters.push(await this.letters.ofCase(reader, code));
    const signed = await this.signing.sign(reader, letters);
    return redirect('/thu-xin-loi', labels.signature.signed(signed));
  }

  private async answer(
    reader: Reader,
    letter: Letter,
    act: () => Promise<string | Invalid>,
  ): Promise<Redirect | Invalid> {
    try {
      const done = await act();
      return typeof done === 'string' ? redirect(`/thu-xin-loi/${letter.code}/ban-ky`, done) : done;
    } catch (error) {
      return invalid(await this.page(reader, letter), faultsOf(error, FIELD_OF));
    }
  }

  private async page(reader: Reader, letter: Letter): Promise<object> {
    const [key, copy] = [await this.keys.activeOf(letter.unitId), await this.copies.of(letter)];
    const serial = key && readCertificates(key.certificate)[0]?.serialNumber;
    const signers = copy?.signature.signatures.map((one) => one.signer?.serial) ?? [];
    return {
      letter,
      copy: copy ?? null,
      key: key ? { name: key.name, subject: key.subject } : null,
      signedHere: serial !== undefined && signers.includes(serial),
      maySign: reader.role === 'supervisor',
      limitMb: EVIDENCE_LIMIT_MB,
    };
  }
}

function fileFault(file: EvidenceFile | null): FormFault | null {
  if (!file) return fault('tep', 'SIGNED_FILE_MISSING');
  if (file.fault === 'EVIDENCE_FILE_TOO_LARGE')
    return fault('tep', 'SIGNED_FILE_TOO_LARGE', { limit: EVIDENCE_LIMIT_MB });
  return file.fault ? fault('tep', 'SIGNED_FILE_NOT_PDF', { name: file.name }) : null;
}
