import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  ParseIntPipe,
  Post,
  Req,
  StreamableFile,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { labels } from '../platform/labels';
import { sendingLabels } from '../platform/sending-labels';
import { readSentForm, type SentForm } from '../reconciliation/evidence-file';
import { invalid, Page, redirect, type Invalid, type Redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { invalidRequest } from '../web/validation';
import { chosenCodes } from './chosen';
import { deliveryForm, DeliveryService } from './delivery.service';
import { SendingEvidence } from './sending-evidence.service';
import { SendingPages } from './sending-pages.service';

const chosen = z.object({ thu: chosenCodes });

const PAGE = { title: 'Ghi nhận đã gửi', nav: '/thu-xin-loi' };

/** How, when and to whom letters went out on paper, with the proof. */
@Controller('thu-xin-loi')
@Roles('clerk')
export class DeliveryController {
  constructor(
    private readonly deliveries: DeliveryService,
    private readonly evidences: SendingEvidence,
    private readonly pages: SendingPages,
  ) {}

  @Get(':ma/da-gui')
  @Page('letters/sent', PAGE)
  @Roles('clerk', 'supervisor')
  ask(@CurrentReader() reader: Reader, @Param('ma') code: string) {
    return this.pages.page(reader, [code], {});
  }

  @Post(':ma/da-gui')
  @Page('letters/sent', PAGE)
  record(@Req() request: FastifyRequest, @CurrentReader() reader: Reader, @Param('ma') code: string) {
    return this.write(request, reader, code);
  }

  /** Several letters that left together: one trip to the post office, one list of posting. */
  @Post('theo-lo/gui')
  @HttpCode(200)
  @Page('letters/sent', PAGE)
  askMany(@CurrentReader() reader: Reader, @Body({ schema: chosen }) { thu }: z.infer<typeof chosen>) {
    return this.pages.page(reader, thu, {});
  }

  @Post('theo-lo/da-gui')
  @Page('letters/sent', PAGE)
  recordMany(@Req() request: FastifyRequest, @CurrentReader() reader: Reader) {
    return this.write(request, reader, null);
  }

  @Post(':ma/da-gui/:lan/minh-chung')
  @Page('letters/sent', PAGE)
  async addEvidence(
    @Req() request: FastifyRequest,
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Param('lan', ParseIntPipe) id: number,
  ): Promise<Redirect | Invalid> {
    const { file } = await readSentForm(request);
    const faults = await this.evidences.add(reader, code, id, file);
    if (faults.length > 0) return invalid(await this.pages.page(reader, [code], {}), faults);
    return redirect(`/thu-xin-loi/${code}/da-gui`, sendingLabels.evidenceAdded);
  }

  @Get(':ma/da-gui/:lan/minh-chung')
  @Roles('clerk', 'supervisor')
  async evidence(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Param('lan', ParseIntPipe) id: number,
  ): Promise<StreamableFile> {
    const { name, type, content } = await this.evidences.file(reader, code, id);
    const disposition = `inline; filename*=UTF-8''${encodeURIComponent(name)}`;
    return new StreamableFile(content, { type, disposition, length: content.length });
  }

  private async write(
    request: FastifyRequest,
    reader: Reader,
    only: string | null,
  ): Promise<Redirect | Invalid> {
    const sent = await formOf(request);
    const read = deliveryForm.safeParse(sent.fields);
    if (!read.success) throw invalidRequest(read.error.issues);
    const codes = only === null ? chosenCodes.parse(sent.picked) : [only];
    const faults = await this.deliveries.record(reader, codes, read.data, sent.file);
    if (faults.length > 0)
      return invalid(await this.pages.page(reader, codes, { record: read.data }), faults);
    return redirect('/so-thu-xin-loi', labels.letter.sent(codes.length));
  }
}

/** With a file or, from a program that has none, without. */
async function formOf(request: FastifyRequest): Promise<SentForm> {
  if (request.isMultipart()) return readSentForm(request);
  const { thu, ...fields } = (request.body ?? {}) as Record<string, string>;
  return { fields, picked: [thu ?? []].flat(), file: null };
}
