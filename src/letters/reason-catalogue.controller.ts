import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { AppError } from '../platform/errors';
import { labels } from '../platform/labels';
import type { Unit } from '../units/unit';
import { UnitService } from '../units/unit.service';
import { invalid, Page, redirect, type Invalid, type Redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { ReasonCatalogue, type TypedCatalogue } from './reason-catalogue.service';

const ADDRESS = '/quan-tri/ly-do-cham';
const PAGE = { title: 'Lý do chậm', nav: '/quan-tri', subnav: ADDRESS };
const office = z.object({ don_vi: z.string().max(24).default('') });
const text = z.string().max(50_000).default('');
const catalogue = office.extend({ objective: text, subjective: text });

/** The reasons that are offered for letters, each on a line of its own. */
@Controller('quan-tri/ly-do-cham')
@Roles('administrator')
export class ReasonCatalogueController {
  constructor(
    private readonly reasons: ReasonCatalogue,
    private readonly units: UnitService,
  ) {}

  @Get()
  @Page('letters/reasons', PAGE)
  show(@CurrentReader() reader: Reader, @Query({ schema: office }) { don_vi }: z.infer<typeof office>) {
    return this.page(reader, don_vi, null);
  }

  @Post()
  @Page('letters/reasons', PAGE)
  async save(
    @CurrentReader() reader: Reader,
    @Body({ schema: catalogue }) { don_vi, ...typed }: z.infer<typeof catalogue>,
  ): Promise<Redirect | Invalid> {
    const { commune } = await this.offices(reader, don_vi);
    const faults = await this.reasons.save(reader, commune.id, typed);
    if (faults.length > 0) return invalid(await this.page(reader, don_vi, typed), faults);
    return redirect(`${ADDRESS}?don_vi=${encodeURIComponent(commune.code)}`, labels.letter.reasonsSaved);
  }

  private async page(reader: Reader, code: string, typed: TypedCatalogue | null): Promise<object> {
    const { commune, own } = await this.offices(reader, code);
    const groups = await this.reasons.of(commune.id);
    const linesOf = (nature: 'objective' | 'subjective') =>
      typed?.[nature] ?? groups.find((g) => g.nature === nature)?.reasons.join('\n') ?? '';
    return {
      office: commune.code,
      officeName: commune.name,
      offices: own.map((unit) => ({ value: unit.code, label: unit.name })),
      objective: linesOf('objective'),
      subjective: linesOf('subjective'),
    };
  }

  /** @throws UNIT_NOT_FOUND when it is not the reader's */
  private async offices(reader: Reader, code: string): Promise<{ commune: Unit; own: Unit[] }> {
    const own = (await this.units.communes()).filter(({ id }) => reader.communeIds.includes(id));
    const commune = own.find((unit) => code === '' || unit.code === code);
    if (!commune) throw new AppError('UNIT_NOT_FOUND', { code });
    return { commune, own };
  }
}
