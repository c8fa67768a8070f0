import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { paddedNumber } from '../documents/document-format';
import { DOCX } from '../documents/media-type';
import { labels } from '../platform/labels';
import { redirect, type Redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { chosenCodes } from './chosen';
import type { Letter } from './letter';
import { LetterPrinting, MOST_AT_ONCE } from './letter-printing.service';
import { LetterService } from './letter.service';

const batch = z.object({
  thu: chosenCodes,
  nam: z.coerce.number().int().optional(),
  tu: z.coerce.number().int().min(1).default(1),
  den: z.coerce.number().int().min(1).max(99_999).default(99_999),
});
type BatchQuery = z.infer<typeof batch>;

/** Server-made files, opened in the browser's viewer or in Word: what is printed is what is kept. */
@Controller('thu-xin-loi')
@Roles('officer', 'clerk', 'supervisor')
export class LetterPrintController {
  constructor(
    private readonly letters: LetterService,
    private readonly printing: LetterPrinting,
  ) {}

  /** Chosen letters, or a range of the register, as one file for the printer; many of them in the background. */
  @Get('in')
  async many(
    @CurrentReader() reader: Reader,
    @Query({ schema: batch }) query: BatchQuery,
  ): Promise<StreamableFile | Redirect> {
    const letters = await this.printing.chosen(reader, query.thu, query);
    if (letters.length > MOST_AT_ONCE) return redirect(await this.printing.ask(reader, 'pdf', letters));
    return pdf(await this.printing.batch(reader, letters), batchName(letters));
  }

  @Get('word')
  async manyAsWord(
    @CurrentReader() reader: Reader,
    @Query({ schema: batch }) query: BatchQuery,
  ): Promise<StreamableFile | Redirect> {
    const letters = await this.printing.chosen(reader, query.thu, query);
    if (letters.length > MOST_AT_ONCE) return redirect(await this.printing.ask(reader, 'docx', letters));
    return word(await this.printing.word(letters), batchName(letters));
  }

  /** The kept letter; before it has a number the sheet to be signed, with blanks. */
  @Get(':ma/in')
  async one(@CurrentReader() reader: Reader, @Param('ma') code: string): Promise<StreamableFile> {
    const letter = await this.letters.ofCase(reader, code);
    return pdf(await this.printing.one(reader, letter), nameOf(letter));
  }

  @Get(':ma/word')
  async asWord(@CurrentReader() reader: Reader, @Param('ma') code: string): Promise<StreamableFile> {
    const letter = await this.letters.ofCase(reader, code);
    return word(await this.printing.word([letter]), nameOf(letter));
  }
}

const nameOf = (letter: Letter): string =>
  letter.number === null
    ? `${labels.letter.file}-${letter.code}`
    : `${labels.letter.file}-${paddedNumber(letter.number)}-${letter.letterDate}`;

const batchName = (letters: Letter[]): string =>
  `${labels.letter.file}-${paddedNumber(letters[0]?.number ?? 0)}-${letters.length}`;

const pdf = (file: Buffer, name: string): StreamableFile =>
  new StreamableFile(file, {
    type: 'application/pdf',
    disposition: `inline; filename="${name}.pdf"`,
    length: file.length,
  });

const word = (file: Buffer, name: string): StreamableFile =>
  new StreamableFile(file, {
    type: DOCX,
    disposition: `attachment; filename="${name}.docx"`,
    length: file.length,
  });
