import { Injectable } from '@nestjs/common';
import { coverageOf } from '../domain/apology-coverage';
import { dayOfInstant, type EpochDay } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import { UnitService } from '../units/unit.service';
import type { Reader } from '../web/reader';
import { fullDay } from '../web/view-helpers';
import { packFiles } from './evidence-pack';
import { MOST_IN_BOOK } from './evidence-pack-files.service';
import { offeredPackPeriods, readPackPeriod, type PackPeriod, type PackQuery } from './evidence-pack-query';
import { EvidencePackService } from './evidence-pack.service';
import { fileView } from './letter-file-batch.controller';
import { LetterFileBatches } from './letter-file-batches.service';

/** The page of the evidence pack: what would be in it, and the packs made before. */
@Injectable()
export class EvidencePackPages {
  constructor(
    private readonly packs: EvidencePackService,
    private readonly batches: LetterFileBatches,
    private readonly units: UnitService,
    private readonly clock: Clock,
  ) {}

  async page(reader: Reader, asked: PackQuery): Promise<object> {
    const { period } = readPackPeriod(asked, this.today());
    const unitId = asked.don_vi ?? reader.communeIds[0] ?? reader.unitId;
    if (!reader.communeIds.includes(unitId)) throw new AppError('UNIT_NOT_FOUND', { code: unitId });
    const made = await this.packs.read({ unitId, ...period, madeBy: reader.name, madeAt: this.clock.now() });
    const files = packFiles(made.lines);
    return {
      year: Number(period.to.slice(0, 4)),
      period,
      typed: { tu: asked.tu ?? fullDay(period.from), den: asked.den ?? fullDay(period.to) },
      presets: offeredPackPeriods(this.today()).map((p) => ({
        label: p.label,
        href: hrefOf(p, asked),
        current: p.from === period.from && p.to === period.to,
      })),
      units: await this.unitChoices(reader),
      unitId,
      coverage: coverageOf(made.lines.map((l) => l.class)),
      counts: {
        letters: files.filter((f) => f.kind === 'letter').length,
        proofs: files.filter((f) => f.kind === 'proof').length,
        slips: files.filter((f) => f.kind === 'slip').length,
        never: files.filter((f) => f.sha256 === null).length,
      },
      bookFits: files.length <= MOST_IN_BOOK,
      mostInBook: MOST_IN_BOOK,
      packs: (await this.batches.latestPacks(reader)).map(fileView),
      onDesk: null,
    };
  }

  today(): EpochDay {
    return dayOfInstant(this.clock.now());
  }

  /** Empty where there is only one office. */
  private async unitChoices({ communeIds }: Reader): Promise<{ value: number; label: string }[]> {
    if (communeIds.length < 2) return [];
    const communes = await this.units.communes();
    return communes.filter((c) => communeIds.includes(c.id)).map((c) => ({ value: c.id, label: c.name }));
  }
}

function hrefOf({ from, to }: PackPeriod, { don_vi }: PackQuery): string {
  const query = new URLSearchParams({ tu: fullDay(from), den: fullDay(to) });
  if (don_vi !== undefined) query.set('don_vi', String(don_vi));
  return `/so-thu-xin-loi/ho-so-minh-chung?${query.toString()}`;
}
