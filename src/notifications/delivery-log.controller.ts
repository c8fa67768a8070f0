import { Controller, Get, Param, ParseIntPipe, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { actorOf } from '../audit/actor';
import { MAIL_KINDS } from '../platform/mail-labels';
import { Page, redirect } from '../web/page';
import { pagerOf } from '../web/pager';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { isoDay } from '../domain/local-date';
import { parseTypedDay } from '../web/typed-instant';
import { DeliveryLog } from './delivery-log.service';

const LOG = '/quan-tri/nhat-ky-gui';

/** What is not one of the choices counts as no choice. */
const choice = <T extends string>(values: readonly T[]) => z.enum(values).nullable().catch(null);

const asking = z.object({
  tinh_trang: choice(['pending', 'sending', 'sent', 'failed', 'withdrawn']).default(null),
  kenh: choice(['email', 'webhook']).default(null),
  loai: choice(MAIL_KINDS).default(null),
  nguoi: z.coerce.number().int().positive().max(2_147_483_647).nullable().catch(null).default(null),
  ngay: z.string().max(20).catch('').default(''),
  trang: z.coerce.number().int().min(1).max(10_000).catch(1),
});
type Asked = z.infer<typeof asking>;

@Controller('quan-tri/nhat-ky-gui')
@Roles('administrator', 'supervisor')
export class DeliveryLogController {
  constructor(private readonly log: DeliveryLog) {}

  @Get()
  @Page('notifications/log', { title: 'Nhật ký gửi', nav: '/nhac-viec', subnav: LOG })
  async list(@CurrentReader() reader: Reader, @Query({ schema: asking }) asked: Asked) {
    const { tinh_trang: state, kenh: channel, loai: template, nguoi: userId, ngay, trang } = asked;
    const day = parseTypedDay(ngay);
    const filter = { state, channel, template, userId, day: day === null ? null : isoDay(day) };
    const model = await this.log.page(reader, filter, trang);
    const chosen = { ...asked, nguoi: userId === null ? null : String(userId) };
    return { ...model, asked: chosen, pager: pagerOf(trang, model.total, (page) => addressOf(asked, page)) };
  }

  @Post(':id/gui-lai')
  @Roles('administrator')
  async again(@CurrentReader() reader: Reader, @Param('id', ParseIntPipe) id: number) {
    await this.log.sendAgain(actorOf(reader), reader, id);
    return redirect(LOG, 'Đã xếp tin để gửi lại.');
  }
}

function addressOf(asked: Asked, page: number): string {
  const given = Object.entries({ ...asked, trang: page }).filter(
    ([, value]) => value !== null && value !== '',
  );
  const query = Object.fromEntries(given.map(([key, value]) => [key, String(value)]));
  return `${LOG}?${new URLSearchParams(query)}`;
}
