import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { z } from 'zod';
import { labels } from '../platform/labels';
import { fault } from '../web/form-fault';
import { invalid, Page, redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { CalendarConfirming, type Previewed } from './calendar-confirming.service';
import { calendarForm, hiddenFields, WHOLE_FORM, type CalendarForm } from './calendar-form';
import { CalendarOffices, type CalendarOffice } from './calendar-offices.service';
import { CalendarPages } from './calendar-pages.service';
import { formParts } from './form-view';

/** `sua_lai`: back from the preview to the form, with what was typed. */
const shownForm = calendarForm.extend({ sua_lai: z.string().max(10).optional() });
const confirmation = calendarForm.extend({
  co_so: z.string().regex(/^\d+(-\d+)*$/),
  xac_nhan: z.uuid(),
});

const place = { nav: '/quan-tri', subnav: '/quan-tri/lich', title: 'Đổi lịch làm việc' };

/** Changing the calendar: a preview first, then its confirmation. */
@Controller('quan-tri/lich')
@Roles('administrator')
export class CalendarChangeController {
  constructor(
    private readonly offices: CalendarOffices,
    private readonly confirming: CalendarConfirming,
    private readonly pages: CalendarPages,
  ) {}

  @Post('xem-truoc')
  @HttpCode(200)
  @Page('calendars/preview', place)
  async preview(
    @CurrentReader() reader: Reader,
    @Body({ schema: shownForm }) { sua_lai, ...form }: z.infer<typeof shownForm>,
  ) {
    const office = await this.offices.changeable(reader, form.don_vi);
    if (sua_lai) return this.model(office, form, { preview: null, faults: [] });
    return this.shown(office, form, await this.confirming.preview(office, form));
  }

  @Post('ap-dung')
  @Page('calendars/preview', place)
  async confirm(
    @CurrentReader() reader: Reader,
    @Body({ schema: confirmation }) { co_so, xac_nhan, ...form }: z.infer<typeof confirmation>,
  ) {
    const office = await this.offices.changeable(reader, form.don_vi);
    const result = await this.confirming.confirm(reader, office, form, { base: co_so, token: xac_nhan });
    if ('faults' in result) return this.shown(office, form, { preview: null, faults: result.faults });
    if ('version' in result)
      return redirect(this.pages.place(office).back, labels.calendar.applied(result.version, result.moved));
    const { by, again } = result.meanwhile;
    const told = fault(WHOLE_FORM, 'CALENDAR_CHANGED_MEANWHILE', { by });
    const model = this.model(office, form, again);
    return invalid(model, [told, ...(again.faults ?? [])]);
  }

  private shown(office: CalendarOffice, form: CalendarForm, previewed: Previewed) {
    const model = this.model(office, form, previewed);
    return previewed.faults ? invalid(model, previewed.faults) : model;
  }

  private model(office: CalendarOffice, form: CalendarForm, { preview }: Previewed) {
    return { ...this.pages.place(office), preview, hidden: hiddenFields(form), ...formParts(form) };
  }
}
