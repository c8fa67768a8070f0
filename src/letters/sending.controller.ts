import { Body, Controller, Get, Param, ParseIntPipe, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { sendingLabels } from '../platform/sending-labels';
import { invalid, Page, redirect, type Invalid, type Redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { chosenCodes } from './chosen';
import { SENDING_LIST, SendingPages } from './sending-pages.service';
import { messageForm, type MessageForm } from './sending-form';
import { SendingService } from './sending.service';

const manyForm = messageForm.extend({ thu: chosenCodes });
type ManyForm = z.infer<typeof manyForm>;
const asked = z.object({ lan: z.string().max(64).optional() });

const PAGE = { title: 'Gửi thư xin lỗi', nav: '/thu-xin-loi' };

/** Letters that the program itself sends: by e-mail, SMS or Zalo. */
@Controller('thu-xin-loi')
@Roles('clerk')
export class SendingController {
  constructor(
    private readonly sending: SendingService,
    private readonly pages: SendingPages,
  ) {}

  @Post(':ma/gui-di')
  @Page('letters/sent', PAGE)
  async send(
    @CurrentReader() reader: Reader,
    @Param('ma') code: string,
    @Body({ schema: messageForm }) form: MessageForm,
  ) {
    return this.ask(reader, [code], form, `/thu-xin-loi/${code}/da-gui`);
  }

  @Post('theo-lo/gui-di')
  @Page('letters/sent', PAGE)
  sendMany(@CurrentReader() reader: Reader, @Body({ schema: manyForm }) { thu, ...form }: ManyForm) {
    return this.ask(reader, thu, form, `${SENDING_LIST}?lan=${encodeURIComponent(form.lan)}`);
  }

  @Get('theo-lo/lan-gui')
  @Page('letters/sending', PAGE)
  @Roles('clerk', 'supervisor')
  list(@CurrentReader() reader: Reader, @Query({ schema: asked }) { lan }: z.infer<typeof asked>) {
    return this.pages.list(reader, lan ?? null);
  }

  @Post('theo-lo/lan-gui/:id/thoi')
  async withdraw(@CurrentReader() reader: Reader, @Param('id', ParseIntPipe) id: number): Promise<Redirect> {
    const code = await this.sending.withdraw(reader, id);
    return redirect(`/thu-xin-loi/${code}/da-gui`, sendingLabels.withdrawn);
  }

  private async ask(
    reader: Reader,
    codes: string[],
    form: MessageForm,
    next: string,
  ): Promise<Redirect | Invalid> {
    const faults = await this.sending.ask(reader, codes, form);
    if (faults.length > 0) return invalid(await this.pages.page(reader, codes, { message: form }), faults);
    return redirect(next, sendingLabels.asked(codes.length));
  }
}
