import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CurrentReader, SignedIn, type Reader } from '../web/reader';
import { CalendarYears } from './calendar-years.service';

const query = z.object({ unit: z.string().trim().max(60).default('') });
const interval = z.object({ opens: z.string(), closes: z.string() });
const calendarAnswer = z.object({
  year: z.number().int(),
  unit: z.string().nullable().describe('Mã đơn vị; null là lịch chung'),
  state: z.enum(['decided', 'forecast', 'no-data']),
  documents: z.array(z.string()),
  version: z.number().int().describe('Bản lịch đang áp dụng'),
  days: z.array(
    z.object({
      day: z.iso.date(),
      kind: z.enum(['working', 'weekend', 'off', 'worked']),
      name: z.string().nullable(),
      document: z.string().nullable(),
      awaited: z.boolean().describe('Chờ văn bản: vẫn là ngày làm việc cho đến khi có quyết định'),
      hours: z.array(interval),
    }),
  ),
});

@ApiTags('calendars')
@Controller('api/v1/calendars')
@SignedIn()
export class CalendarApiController {
  constructor(private readonly years: CalendarYears) {}

  @Get(':year')
  @ApiOperation({
    summary: 'Lịch làm việc của một năm',
    description:
      'Từng ngày của năm theo lịch chung hoặc lịch của một đơn vị. Năm chưa có dữ liệu: không có ngày nào.',
  })
  @ApiOkResponse({ description: 'Lịch của năm.', standardSchema: calendarAnswer })
  @ApiNotFoundResponse({ description: 'Không có đơn vị này.' })
  year(
    @CurrentReader() reader: Reader,
    @Param('year') year: string,
    @Query({ schema: query }) { unit }: z.infer<typeof query>,
  ) {
    return this.years.of(reader, year, unit);
  }
}
