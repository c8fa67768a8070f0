import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/transaction';
import { DocumentRenderer } from '../documents/document-renderer';
import { PdfRenderer } from '../documents/pdf-renderer';
import { AppError } from '../platform/errors';
import { communeLabel } from '../units/place-name';
import { UnitService } from '../units/unit.service';
import { form06a, type Form06a } from './form-06a';
import { form06aPaper } from './form-06a-paper';
import { form06aWorkbook } from './form-06a-workbook';
import { Form06aRepository } from './form-06a.repository';
import type { Period } from './on-time.service';

export interface Form06aMaking {
  unitId: number;
  period: Period;
  madeBy: string;
  at: Date;
}

/** Form II.06a of an office, as figures, on paper and as a workbook. */
@Injectable()
export class Form06aService {
  constructor(
    private readonly database: Database,
    private readonly repository: Form06aRepository,
    private readonly units: UnitService,
    private readonly documents: DocumentRenderer,
    private readonly pdfs: PdfRenderer,
  ) {}

  async figures(communeIds: number[], period: Period, tx: Tx = this.database.pool): Promise<Form06a> {
    if (period.from > period.to) throw new AppError('PERIOD_INVALID', { ...period });
    return form06a(await this.repository.counts(tx, communeIds, period));
  }

  async pdf(making: Form06aMaking): Promise<Buffer> {
    const model = await this.paper(making);
    return this.pdfs.pdf(this.documents.html('reports/form-06a', model), {
      title: `${model.form}, ${model.from} - ${model.to}`,
      author: model.reporter,
      createdAt: making.at,
      archive: false,
      landscape: true,
    });
  }

  async workbook(making: Form06aMaking): Promise<Buffer> {
    return form06aWorkbook(await this.paper(making));
  }

  private async paper({ unitId, period, madeBy, at }: Form06aMaking) {
    const [settings, unit, figures] = await Promise.all([
      this.units.settingsOf(unitId),
      this.units.byId(unitId),
      this.figures([unitId], period),
    ]);
    const reporter = `UBND ${communeLabel(unit?.name ?? '')}`;
    const receiver = settings.provinceName ? `UBND ${settings.provinceName}` : '';
    return form06aPaper({ figures, period, reporter, receiver, place: settings.placeName, madeBy, at });
  }
}
