import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { AppError } from '../platform/errors';
import { invalid, Page, redirect, type Invalid, type Redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { EvidencePackPages } from './evidence-pack-pages.service';
import { packQuery, readPackPeriod, type PackQuery } from './evidence-pack-query';
import { fileHref } from './letter-file-batch';
import { LetterFileBatches } from './letter-file-batches.service';

const order = packQuery.extend({ kieu: z.enum(['zip', 'pdf']).catch('zip') });

/** The evidence pack: figures first, then one click makes it. */
@Controller('so-thu-xin-loi/ho-so-minh-chung')
@Roles('clerk', 'supervisor')
export class EvidencePackController {
  constructor(
    private readonly pages: EvidencePackPages,
    private readonly batches: LetterFileBatches,
  ) {}

  @Get()
  @Page('letters/pack', { title: 'Hồ sơ minh chứng', nav: '/thu-xin-loi', pageClass: 'p-pack' })
  async page(@CurrentReader() reader: Reader, @Query({ schema: packQuery }) asked: PackQuery) {
    const { faults } = readPackPeriod(asked, this.pages.today());
    const model = await this.pages.page(reader, asked);
    return faults.length > 0 ? invalid(model, faults) : model;
  }

  @Post()
  @Page('letters/pack', { title: 'Hồ sơ minh chứng', nav: '/thu-xin-loi', pageClass: 'p-pack' })
  async make(
    @CurrentReader() reader: Reader,
    @Body({ schema: order }) asked: z.infer<typeof order>,
  ): Promise<Invalid | Redirect> {
    const { period, faults } = readPackPeriod(asked, this.pages.today());
    if (faults.length > 0) return invalid(await this.pages.page(reader, asked), faults);
    const unitId = asked.don_vi ?? reader.communeIds[0];
    if (unitId === undefined) throw new AppError('UNIT_NOT_FOUND', { code: '' });
    const kind = asked.kieu === 'zip' ? 'pack-zip' : 'pack-pdf';
    return redirect(fileHref(await this.batches.ask(reader, kind, { ...period, unitId })));
  }
}
