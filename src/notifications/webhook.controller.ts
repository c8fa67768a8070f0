import { Body, Controller, Get, Param, ParseIntPipe, Post } from '@nestjs/common';
import { z } from 'zod';
import { actorOf } from '../audit/actor';
import { Clock } from '../platform/clock';
import { faultsOf, line, readForm, requiredLine } from '../units/form';
import { Page, invalid, redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { WebhookPages } from './webhook-pages.service';
import { WebhookService } from './webhook.service';

const LIST = '/quan-tri/kenh-nhan';
const PAGE = { title: 'Kênh nhận', nav: '/quan-tri', subnav: LIST };
const FIELD_OF = {
  WEBHOOK_ADDRESS_UNREADABLE: 'dia_chi',
  WEBHOOK_ADDRESS_SCHEME: 'dia_chi',
  WEBHOOK_ADDRESS_CREDENTIALS: 'dia_chi',
  WEBHOOK_ADDRESS_PRIVATE: 'dia_chi',
  WEBHOOK_HOST_UNKNOWN: 'dia_chi',
  WEBHOOK_IN_USE: 'don_vi',
  UNIT_NOT_FOUND: 'don_vi',
  WEBHOOK_TEST_FAILED: 'danh-sach',
};

const form = z.object({
  ten: requiredLine(100, 'Ghi tên kênh nhận.'),
  dia_chi: requiredLine(500, 'Ghi địa chỉ của kênh nhận.'),
  don_vi: line(24),
});

const citizens = z.object({ dung: z.enum(['co', 'khong']).transform((text) => text === 'co') });

/** Gateways that pass messages on to Zalo or as SMS. */
@Controller('quan-tri/kenh-nhan')
@Roles('administrator')
export class WebhookController {
  constructor(
    private readonly pages: WebhookPages,
    private readonly webhooks: WebhookService,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Page('notifications/webhooks', PAGE)
  list(@CurrentReader() reader: Reader) {
    return this.pages.list(reader, null);
  }

  /** The secret is shown in the answer itself: it must not travel in an address or a cookie. */
  @Post()
  @Page('notifications/webhooks', PAGE)
  async add(@CurrentReader() reader: Reader, @Body() body: unknown) {
    const read = readForm(form, body);
    if (read.faults) return invalid(await this.pages.list(reader, body), read.faults);
    const { ten: name, dia_chi: url, don_vi } = read.value;
    try {
      const { unitId, name: unitName } = await this.pages.office(reader, don_vi);
      const secret = await this.webhooks.add(actorOf(reader), { unitId, unitName, name, url });
      return { ...(await this.pages.list(reader, null)), secret, newName: name };
    } catch (error) {
      return invalid(await this.pages.list(reader, body), faultsOf(error, FIELD_OF));
    }
  }

  @Post(':id/thu')
  @Page('notifications/webhooks', PAGE)
  async test(@CurrentReader() reader: Reader, @Param('id', ParseIntPipe) id: number) {
    const webhook = await this.pages.find(reader, id);
    try {
      await this.pages.test(reader, webhook, this.clock.now());
    } catch (error) {
      return invalid(await this.pages.list(reader, null), faultsOf(error, FIELD_OF));
    }
    return redirect(LIST, `Kênh ${webhook.name} đã nhận tin thử.`);
  }

  @Post(':id/nguoi-dan')
  async openToCitizens(
    @CurrentReader() reader: Reader,
    @Param('id', ParseIntPipe) id: number,
    @Body({ schema: citizens }) { dung }: z.infer<typeof citizens>,
  ) {
    const webhook = await this.pages.find(reader, id);
    await this.webhooks.openToCitizens(actorOf(reader), webhook, dung);
    return redirect(LIST, `Kênh ${webhook.name} ${dung ? 'nay' : 'thôi'} dùng gửi tin cho người dân.`);
  }

  @Post(':id/ngung')
  async switchOff(@CurrentReader() reader: Reader, @Param('id', ParseIntPipe) id: number) {
    const webhook = await this.pages.find(reader, id);
    await this.webhooks.switchOff(actorOf(reader), webhook);
    return redirect(LIST, `Đã ngừng dùng kênh ${webhook.name}.`);
  }
}
