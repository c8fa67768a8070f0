import { Body, Controller, Get, Headers, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { SNOOZES } from '../domain/alert-delivery';
import { momentText } from '../web/view-helpers';
import { MailRefusals } from '../notifications/mail-refusals.service';
import { Page, redirect, type Redirect } from '../web/page';
import { CurrentReader, type Reader, SignedIn } from '../web/reader';
import { AlertActs } from './alert-acts.service';
import { idsIn } from './alert-choice';
import { AlertListService } from './alert-list.service';

const query = z.object({
  loc: z.enum(['chua-xem', 'tat-ca']).optional().catch(undefined),
  trang: z.coerce.number().int().min(1).max(10_000).catch(1),
});
type Query_ = z.infer<typeof query>;

const ALL = '/nhac-viec?loc=tat-ca';
const chosen = z.object({
  viec: z.enum(['acknowledge', ...SNOOZES]).catch('acknowledge'),
  nhac: z.unknown().optional(),
  bo_nhan: z.string().optional().catch(undefined),
});

@Controller('nhac-viec')
@SignedIn()
export class AlertController {
  constructor(
    private readonly alerts: AlertListService,
    private readonly acts: AlertActs,
    private readonly refusals: MailRefusals,
  ) {}

  @Get()
  @Page('alerts/list', { title: 'Nhắc việc', nav: '/nhac-viec' })
  async list(
    @CurrentReader() reader: Reader,
    @Query({ schema: query }) { loc, trang }: Query_,
    @Headers() headers: Record<string, string | undefined>,
  ) {
    const { shown, ...model } = await this.alerts.page(reader, loc, trang);
    const refusals = await this.refusals.ofSuperior(reader);
    if (isLookedAt(headers)) await this.alerts.markSeen(reader, shown);
    const pageAt = (n: number) => `/nhac-viec?loc=${model.view}&trang=${n}`;
    const previous = trang > 1 && model.view === 'tat-ca' ? pageAt(trang - 1) : null;
    const next = model.pages.more ? pageAt(trang + 1) : null;
    return { ...model, refusals, pager: previous || next ? { ...model.pages, previous, next } : null };
  }

  /** Several alerts at once: taken in hand, or put off. */
  @Post('viec')
  async act(
    @CurrentReader() reader: Reader,
    @Body({ schema: chosen }) { viec, nhac, bo_nhan }: z.infer<typeof chosen>,
  ): Promise<Redirect> {
    if (bo_nhan !== undefined) {
      await this.acts.release(reader, idsIn(bo_nhan));
      return redirect(ALL, 'Đã bỏ nhận; việc được nhắc tiếp như trước');
    }
    const { alerts, until } = await this.acts.act(reader, viec, idsIn(nhac));
    if (alerts === 0) return redirect(ALL, 'Chưa chọn việc nào, hoặc các việc đó đã có người nhận');
    return redirect(
      ALL,
      until ? `Nhắc lại ${alerts} việc lúc ${momentText(until)}` : `Đã nhận ${alerts} việc`,
    );
  }

  @Post('da-xem')
  async seen(@CurrentReader() reader: Reader): Promise<Redirect> {
    const marked = await this.alerts.markAllSeen(reader);
    return redirect(ALL, marked > 0 ? `Đã đánh dấu ${marked} lời nhắc là đã xem` : undefined);
  }
}

/** A browser that fetches ahead, or a script that refreshes a part, shows the list to nobody. */
const isLookedAt = (headers: Record<string, string | undefined>): boolean =>
  !headers['hx-request'] && !headers['sec-purpose']?.includes('prefetch');
