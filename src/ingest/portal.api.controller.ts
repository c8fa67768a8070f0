import { Body, Controller, HttpCode, Post, Query, UseFilters, UseGuards } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags, ApiUnauthorizedResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { actorOf } from '../audit/actor';
import { CurrentReader, Public, type Reader } from '../web/reader';
import { importPlace } from './import-reach';
import { IngestSources } from './ingest-sources.service';
import { portalAnswer, type PortalAnswer } from './portal-answer';
import { envelopeOf, type Envelope } from './portal-envelope';
import { PortalFilter } from './portal.filter';
import { PortalGuard } from './portal.guard';
import type { Pushed } from './push';
import { PushCases } from './push-cases.service';
import { PushProgress } from './push-progress.service';
import type { PushOrigin } from './push-run.repository';
import { JsonBinder } from './source-objects';

const query = z.object({ source: z.string().trim().min(1).max(100).optional() });

const EXAMPLE = {
  service: 'CapNhatTienDoHoSoMC',
  session: 'dh_…',
  data: [
    {
      MaHoSo: 'H35.50.12-260105-0001',
      NguoiXuLy: 'Cán bộ A',
      ThoiDiemXuLy: '20260106093000',
      NoiDungXuLy: 'Chuyển bộ phận chuyên môn',
      TrangThai: '4',
    },
  ],
};

/** Envelopes of the national portal, as its clients send them; the key stands in the header or in the envelope. */
@ApiTags('portal')
@Controller('api/v1/portal')
@Public()
@UseGuards(PortalGuard)
@UseFilters(PortalFilter)
export class PortalApiController {
  constructor(
    private readonly cases: PushCases,
    private readonly progress: PushProgress,
    private readonly sources: IngestSources,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Nhận hồ sơ và tiến độ theo khuôn dạng của Cổng Dịch vụ công quốc gia',
    description:
      'DongBoHoSoMC và CapNhatTienDoHoSoMC. Khóa API ở tiêu đề Authorization, hoặc ở session, token của bì thư. ' +
      'Trả lời 200 với error_code "0" khi mọi hồ sơ được ghi nhận, "1" khi có hồ sơ chưa được ghi (data nêu hồ sơ nào, sai ở đâu, cần làm gì).',
  })
  @ApiBody({ schema: { type: 'object', required: ['service', 'data'], example: EXAMPLE } })
  @ApiOkResponse({ description: 'error_code, message, result, data' })
  @ApiUnauthorizedResponse({ description: 'Thiếu khóa API hoặc khóa không đúng, cùng khuôn dạng.' })
  async push(
    @CurrentReader() reader: Reader,
    @Body() body: unknown,
    @Query({ schema: query }) { source }: z.infer<typeof query>,
  ): Promise<PortalAnswer> {
    const envelope = envelopeOf(body);
    const of: PushOrigin = {
      ...{ channel: 'portal', unitId: importPlace(reader), ...actorOf(reader) },
      source: await this.sources.pushed(source),
    };
    return portalAnswer(envelope, await this.taken(of, reader, envelope));
  }

  private taken(of: PushOrigin, reader: Reader, { service, records }: Envelope): Promise<Pushed> {
    if (service === 'CapNhatTienDoHoSoMC') return this.progress.push(of, reader, records);
    const binder = new JsonBinder();
    records.forEach((record) => binder.knows(record));
    const rows = records.map((object, i) => binder.bind({ line: i + 1, object }));
    return this.cases.push(of, { rows, headings: binder.headings, handledByProgress: true });
  }
}
