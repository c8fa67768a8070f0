import { Controller, Get, Headers, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Page, redirect, type Redirect } from '../web/page';
import { CurrentReader, type Reader, SignedIn } from '../web/reader';
import { AlertListService } from './alert-list.service';

const query = z.object({
  loc: z.enum(['chua-xem', 'tat-ca']).optional().catch(undefined),
  trang: z.coerce.number().int().min(1).max(10_000).catch(1),
});
type Query_ = z.infer<typeof query>;

@Controller('nhac-viec')
@SignedIn()
export class AlertController {
  constructor(private readonly alerts: AlertListService) {}

  @Get()
  @Page('alerts/list', { title: 'Nhắc việc', nav: '/nhac-viec' })
  async list(
    @CurrentReader() reader: Reader,
    @Query({ schema: query }) { loc, trang }: Query_,
    @Headers() headers: Record<string, string | undefined>,
  ) {
    const { shown, ...model } = await this.alerts.page(reader, loc, trang);
    if (isLookedAt(headers)) await this.alerts.markSeen(reader, shown);
    const pageAt = (n: number) => `/nhac-viec?loc=${model.view}&trang=${n}`;
    const previous = trang > 1 && model.view === 'tat-ca' ? pageAt(trang - 1) : null;
    const next = model.pages.more ? pageAt(trang + 1) : null;
    return { ...model, pager: previous || next ? { ...model.pages, previous, next } : null };
  }

  @Post('da-xem')
  async seen(@CurrentReader() reader: Reader): Promise<Redirect> {
    const marked = await this.alerts.markAllSeen(reader);
    return redirect(
      '/nhac-viec?loc=tat-ca',
      marked > 0 ? `Đã đánh dấu ${marked} lời nhắc là đã xem` : undefined,
    );
  }
}

/** A browser that fetches ahead, or a script that refreshes a part, shows the list to nobody. */
const isLookedAt = (headers: Record<string, string | undefined>): boolean =>
  !headers['hx-request'] && !headers['sec-purpose']?.includes('prefetch');
