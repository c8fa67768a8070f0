import { Controller, Get, Query } from '@nestjs/common';
import { z } from 'zod';
import { parseIsoDay } from '../domain/local-date';
import { CurrentReader, SignedIn, type Reader } from '../web/reader';
import { GROUPINGS } from './on-time.repository';
import { OnTimeService } from './on-time.service';
import { presentReport } from './on-time.dto';

const exists = (text: string): boolean => {
  try {
    return parseIsoDay(text) > 0;
  } catch {
    return false;
  }
};
const day = z.string().refine(exists, 'phải là ngày có thật, dạng năm-tháng-ngày (2025-12-31)');

export const onTimeQuery = z.strictObject({
  from: day,
  to: day,
  unit: z.string().min(1).optional(),
  groupBy: z.enum(GROUPINGS).optional(),
});
type OnTimeQuery = z.infer<typeof onTimeQuery>;

@Controller('api/v1/reports')
export class OnTimeApiController {
  constructor(private readonly onTime: OnTimeService) {}

  @Get('on-time')
  @SignedIn()
  async report(@Query({ schema: onTimeQuery }) query: OnTimeQuery, @CurrentReader() reader: Reader) {
    const { from, to, unit, groupBy } = query;
    return presentReport(await this.onTime.report(reader, { from, to }, unit, groupBy));
  }
}
