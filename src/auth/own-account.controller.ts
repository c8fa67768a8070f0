import { Body, Controller, Get, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Runtime } from '../platform/runtime';
import { faultsOf, readForm } from '../units/form';
import { Page, invalid, redirect } from '../web/page';
import { CurrentReader, SignedIn, type Reader } from '../web/reader';
import { AppError } from '../platform/errors';
import { WithTemporaryPassword } from './auth.guard';
import { OwnAccountService } from './own-account.service';
import { GREATEST_LENGTH, LEAST_LENGTH } from './password';
import { setSessionCookie } from './session-cookie';

const PAGE = { title: 'Tài khoản' };
const FIELD_OF = {
  PASSWORD_WRONG: 'hien_tai',
  PASSWORD_TOO_SHORT: 'moi',
  PASSWORD_TOO_EASY: 'moi',
  PASSWORD_UNCHANGED: 'moi',
};

const password = z
  .string('Thiếu ô này trong biểu mẫu.')
  .min(1, 'Ghi mật khẩu.')
  .max(GREATEST_LENGTH, `Dài quá ${GREATEST_LENGTH} ký tự.`);
const passwordForm = z
  .object({ hien_tai: password, moi: password, nhac_lai: password })
  .refine((form) => form.moi.normalize('NFC') === form.nhac_lai.normalize('NFC'), {
    path: ['nhac_lai'],
    message: 'Hai lần ghi mật khẩu mới chưa giống nhau.',
  });
const keysForm = z.object({ phim_tat: z.literal('1').optional() });

/** One's own account; API keys have none. */
@Controller('tai-khoan')
@SignedIn()
export class OwnAccountController {
  constructor(
    private readonly service: OwnAccountService,
    private readonly runtime: Runtime,
  ) {}

  @Get()
  @WithTemporaryPassword()
  @Page('auth/account', PAGE)
  page(@CurrentReader() reader: Reader) {
    return this.view(reader);
  }

  @Post('mat-khau')
  @WithTemporaryPassword()
  @Page('auth/account', PAGE)
  async changePassword(
    @CurrentReader() reader: Reader,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const userId = this.userId(reader);
    const form = readForm(passwordForm, body);
    if (form.faults) return invalid(await this.view(reader), form.faults);
    try {
      const token = await this.service.changePassword(userId, form.value.hien_tai, form.value.moi);
      setSessionCookie(reply, token, this.runtime.publicUrl().startsWith('https:'));
    } catch (error) {
      return invalid(await this.view(reader), faultsOf(error, FIELD_OF));
    }
    return redirect('/tai-khoan', 'Đã đổi mật khẩu.');
  }

  @Post('phim-tat')
  async letterKeys(
    @CurrentReader() reader: Reader,
    @Body({ schema: keysForm }) form: z.infer<typeof keysForm>,
  ) {
    const on = form.phim_tat === '1';
    await this.service.setLetterKeys(this.userId(reader), on);
    return redirect('/tai-khoan', on ? 'Đã bật phím tắt chữ cái.' : 'Đã tắt phím tắt chữ cái.');
  }

  private async view(reader: Reader) {
    return { account: await this.service.account(this.userId(reader)), least: LEAST_LENGTH };
  }

  private userId(reader: Reader): number {
    if (reader.kind !== 'user') throw new AppError('FORBIDDEN');
    return reader.id;
  }
}
