import { Body, Controller, Get, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { AppError } from '../platform/errors';
import { Runtime } from '../platform/runtime';
import { Page, invalid, redirect } from '../web/page';
import { Public, SignedIn, type ReaderRequest, type Role } from '../web/reader';
import { WithTemporaryPassword } from './auth.guard';
import { GREATEST_LENGTH } from './password';
import { returnPath } from './return-path';
import { clearSessionCookie, sessionTokenOf, setSessionCookie } from './session-cookie';
import { SignInRate } from './sign-in-rate';
import { SignInService } from './sign-in.service';

const SIGN_IN = '/dang-nhap';
const PAGE = { title: 'Đăng nhập', layout: 'bare' } as const;

/** Anything that cannot be an account is refused like a wrong password. */
const credentials = z
  .object({
    ten_dang_nhap: z.string().trim().max(100).catch(''),
    mat_khau: z.string().max(GREATEST_LENGTH).catch(''),
    ve: z.unknown().optional(),
  })
  .catch({ ten_dang_nhap: '', mat_khau: '', ve: undefined });

/** The page each role works on. */
const HOME: Record<Role, string> = {
  officer: '/hang-viec',
  supervisor: '/dieu-hanh',
  clerk: '/thu-xin-loi',
  administrator: '/quan-tri',
};

@Controller()
export class SignInController {
  constructor(
    private readonly service: SignInService,
    private readonly rate: SignInRate,
    private readonly runtime: Runtime,
  ) {}

  @Get()
  @SignedIn()
  home(@Req() { reader }: ReaderRequest) {
    return redirect(HOME[reader?.role ?? 'officer']);
  }

  @Get(SIGN_IN)
  @Public()
  @Page('auth/sign-in', PAGE)
  form(@Req() request: ReaderRequest, @Query('ve') to: unknown) {
    if (request.reader?.kind === 'user') return redirect(returnPath(to));
    return { username: '', to: returnPath(to) };
  }

  @Post(SIGN_IN)
  @Public()
  @Page('auth/sign-in', PAGE)
  async signIn(
    @Req() request: ReaderRequest,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { ten_dang_nhap: username, mat_khau: password, ve } = credentials.parse(body);
    if (!this.rate.take(request.ip)) throw new AppError('TOO_MANY_REQUESTS');
    const oldToken = sessionTokenOf(request);
    const token = await this.service.signIn({ username, password, address: request.ip, oldToken });
    if (token === null) {
      const text = new AppError('SIGN_IN_REFUSED').message;
      return invalid({ username, to: returnPath(ve) }, [{ field: 'dang-nhap', text }]);
    }
    this.rate.giveBack(request.ip);
    setSessionCookie(reply, token, this.isSecure());
    return redirect(returnPath(ve));
  }

  @Post('/dang-xuat')
  @SignedIn()
  @WithTemporaryPassword()
  async signOut(@Req() request: ReaderRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const token = sessionTokenOf(request);
    const { reader } = request;
    if (token && reader?.kind === 'user')
      await this.service.signOut({ name: reader.name, userId: reader.id }, token);
    clearSessionCookie(reply, this.isSecure());
    return redirect(SIGN_IN, 'Đã đăng xuất.');
  }

  private isSecure(): boolean {
    return this.runtime.publicUrl().startsWith('https:');
  }
}
