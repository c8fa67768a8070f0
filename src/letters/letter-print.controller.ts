import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { Database } from '../database/transaction';
import { paddedNumber } from '../documents/document-format';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import { labels } from '../platform/labels';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { chosenCodes } from './chosen';
import { LetterFiles } from './letter-files.service';
import { LetterService } from './letter.service';
import { LetterRepository, type Letter } from './letter.repository';

const batch = z.object({
  thu: chosenCodes,
  nam: z.coerce.number().int().optional(),
  tu: z.coerce.number().int().min(1).default(1),
  den: z.coerce.number().int().min(1).max(99_999).default(99_999),
});

/** Server-made PDFs, opened in the browser's viewer: what is printed is what is kept. */
@Controller('thu-xin-loi')
@Roles('clerk', 'supervisor')
export class LetterPrintController {
  constructor(
    private readonly database: Database,
    private readonly repository: LetterRepository,
    private readonly letters: LetterService,
    private readonly files: LetterFiles,
    private readonly clock: Clock,
  ) {}

  /** Chosen letters, or a range of the register, as one file for the printer. */
  @Get('in')
  async many(
    @CurrentReader() reader: Reader,
    @Query({ schema: batch }) { thu, nam, tu, den }: z.infer<typeof batch>,
  ): Promise<StreamableFile> {
    const tx = this.database.pool;
    const letters = nam
      ? await this.repository.byNumbers(tx, reader.communeIds, { year: nam, from: tu, to: den })
      : await this.repository.ofCases(tx, thu, reader.communeIds);
    const [first] = letters;
    if (!first) throw new AppError('LETTERS_NONE_CHOSEN');
    const pdf = await this.files.batch(letters, this.clock.now());
    await this.printed(reader, letters);
    return inline(pdf, `${labels.letter.file}-${paddedNumber(first.number ?? 0)}-${letters.length}.pdf`);
  }

  @Get(':ma/in')
  async one(@CurrentReader() reader: Reader, @Param('ma') code: string): Promise<StreamableFile> {
    const letter = await this.letters.ofCase(reader, code);
    const pdf = await this.files.archived(letter);
    await this.printed(reader, [letter]);
    return inline(pdf, `${labels.letter.file}-${paddedNumber(letter.number ?? 0)}-${letter.letterDate}.pdf`);
  }

  private async printed(reader: Reader, letters: Letter[]): Promise<void> {
    if (reader.role !== 'clerk') return;
    const ids = letters.filter((l) => l.state === 'numbered').map((l) => l.id);
    if (ids.length > 0) await this.repository.markPrinted(this.database.pool, ids, this.clock.now());
  }
}

const inline = (pdf: Buffer, name: string): StreamableFile =>
  new StreamableFile(pdf, {
    type: 'application/pdf',
    disposition: `inline; filename="${name}"`,
    length: pdf.length,
  });
