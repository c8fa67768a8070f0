import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { isoLocal, parseIsoDay } from '../domain/local-date';
import { Clock } from '../platform/clock';
import { letterRegisterLabels as words } from '../platform/letter-register-labels';
import { CurrentReader, SignedIn, type Reader } from '../web/reader';
import { CoverageService } from './coverage.service';

const exists = (text: string): boolean => {
  try {
    return parseIsoDay(text) > 0;
  } catch {
    return false;
  }
};
const day = z.string().refine(exists, 'phải là ngày có thật, dạng năm-tháng-ngày (2025-12-31)');

export const apologyCoverageQuery = z.strictObject({ from: day, to: day });

@Controller('api/v1')
export class CoverageApiController {
  constructor(
    private readonly coverage: CoverageService,
    private readonly clock: Clock,
  ) {}

  @Get('apology-coverage')
  @SignedIn()
  async report(
    @Query({ schema: apologyCoverageQuery }) period: z.infer<typeof apologyCoverageQuery>,
    @CurrentReader() reader: Reader,
  ) {
    const { total } = await this.coverage.of(reader.communeIds, period);
    const asOf = `${isoLocal(this.clock.now())}+07:00`;
    return { ...period, asOf, definition: words.coverageDefinition, ...total };
  }
}
