import { Injectable } from '@nestjs/common';
import { DocumentRenderer } from '../documents/document-renderer';
import { PdfRenderer } from '../documents/pdf-renderer';
import { Clock } from '../platform/clock';
import { labels } from '../platform/labels';
import type { Reader } from '../web/reader';
import { LetterComposer } from './letter-composer';
import { registerPaper } from './register-paper';
import type { RegisterQuery } from './register-query';
import { RegisterReading } from './register-reading.service';
import { registerWorkbook } from './register-workbook';

/** The register as chosen, as a workbook and on A4 across. */
@Injectable()
export class RegisterFiles {
  constructor(
    private readonly reading: RegisterReading,
    private readonly composer: LetterComposer,
    private readonly documents: DocumentRenderer,
    private readonly pdfs: PdfRenderer,
    private readonly clock: Clock,
  ) {}

  async workbook(reader: Reader, asked: RegisterQuery): Promise<{ name: string; file: Buffer }> {
    const { year, rows } = await this.reading.whole(reader, asked);
    return {
      name: `${labels.letter.registerFile}-${year}.xlsx`,
      file: await registerWorkbook(year, rows),
    };
  }

  async paper(reader: Reader, asked: RegisterQuery): Promise<{ name: string; file: Buffer }> {
    const { year, rows } = await this.reading.whole(reader, asked);
    const office = await this.composer.office(reader.communeIds[0] ?? reader.unitId);
    const series = await this.reading.series(reader, year);
    const now = this.clock.now();
    const model = registerPaper({ year, rows, series, office, reader, now });
    const file = await this.pdfs.pdf(this.documents.html('reports/register', model), {
      title: `${labels.letter.register} ${year}`,
      author: model.agencyInText,
      createdAt: now,
      archive: false,
      landscape: true,
    });
    return { name: `${labels.letter.registerFile}-${year}.pdf`, file };
  }
}
