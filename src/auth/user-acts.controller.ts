import { Controller, Param, ParseIntPipe, Post } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { AppError } from '../platform/errors';
import { faultsOf } from '../units/form';
import { Page, invalid, redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { ApiKeyService } from './api-key.service';
import { UserPages } from './user-pages.service';
import { UserService } from './user.service';

const LIST = '/quan-tri/nguoi-dung';
const PAGE = { title: 'Người dùng', nav: '/quan-tri', subnav: LIST };

/** What is done with an account or a key, apart from editing it. */
@Controller('quan-tri')
@Roles('administrator')
export class UserActsController {
  constructor(
    private readonly pages: UserPages,
    private readonly users: UserService,
    private readonly keys: ApiKeyService,
  ) {}

  /** The password is shown in the answer itself: it must not travel in an address or a cookie. */
  @Post('nguoi-dung/:ten/mat-khau')
  @Page('auth/user', PAGE)
  async resetPassword(@CurrentReader() reader: Reader, @Param('ten') username: string) {
    const user = await this.pages.find(reader, username);
    const password = await this.users.resetPassword(actorOf(reader), user);
    return { ...(await this.pages.form(reader, await this.pages.find(reader, username), null)), password };
  }

  @Post('nguoi-dung/:ten/dong')
  @Page('auth/user', PAGE)
  async close(@CurrentReader() reader: Reader, @Param('ten') username: string) {
    const user = await this.pages.find(reader, username);
    try {
      await this.users.setActive(actorOf(reader), user, false);
    } catch (error) {
      const faults = faultsOf(error, { LAST_ADMINISTRATOR: 'dong-tai-khoan' });
      return invalid(await this.pages.form(reader, user, null), faults);
    }
    return redirect(LIST, `Đã đóng tài khoản ${user.username}.`);
  }

  @Post('nguoi-dung/:ten/mo')
  async reopen(@CurrentReader() reader: Reader, @Param('ten') username: string) {
    const user = await this.pages.find(reader, username);
    await this.users.setActive(actorOf(reader), user, true);
    return redirect(LIST, `Đã mở lại tài khoản ${user.username}.`);
  }

  @Post('khoa-api/:id/thu-hoi')
  async revoke(@CurrentReader() reader: Reader, @Param('id', ParseIntPipe) id: number) {
    const found = (await this.keys.inReach(reader.communeIds, reader.unitId)).find((key) => key.id === id);
    if (!found) throw new AppError('PAGE_NOT_FOUND', { path: `/quan-tri/khoa-api/${id}` });
    await this.keys.revoke(actorOf(reader), found);
    return redirect(LIST, `Đã thu hồi khóa ${found.prefix}….`);
  }
}
