import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import { actorOf } from '../audit/actor';
import { faultsOf, readForm } from '../units/form';
import { Page, invalid, redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { ApiKeyService } from './api-key.service';
import { newUserForm, userForm } from './user-form.dto';
import { UserPages } from './user-pages.service';
import type { UserFacts } from './user.repository';
import { UserService } from './user.service';

const LIST = '/quan-tri/nguoi-dung';
const NAV = { nav: '/quan-tri', subnav: LIST };
const FIELD_OF = { USERNAME_TAKEN: 'ten_dang_nhap', UNIT_NOT_FOUND: 'don_vi', LAST_ADMINISTRATOR: 'vai_tro' };

@Controller('quan-tri/nguoi-dung')
@Roles('administrator')
export class UserController {
  constructor(
    private readonly pages: UserPages,
    private readonly users: UserService,
    private readonly keys: ApiKeyService,
  ) {}

  @Get()
  @Page('auth/users', { title: 'Người dùng', ...NAV })
  async list(@CurrentReader() reader: Reader) {
    const keys = await this.keys.inReach(reader.communeIds, reader.unitId);
    return { users: await this.pages.list(reader), keys };
  }

  @Get('them')
  @Page('auth/user', { title: 'Thêm người dùng', ...NAV })
  blank(@CurrentReader() reader: Reader) {
    return this.pages.form(reader, null, null);
  }

  /** The password is shown in the answer itself: it must not travel in an address or a cookie. */
  @Post()
  @Page('auth/user', { title: 'Thêm người dùng', ...NAV })
  async add(@CurrentReader() reader: Reader, @Body() body: unknown) {
    const form = readForm(newUserForm, body);
    if (form.faults) return invalid(await this.pages.form(reader, null, body), form.faults);
    try {
      const facts = await this.factsOf(reader, form.value);
      const username = form.value.ten_dang_nhap;
      const { password } = await this.users.create(actorOf(reader), { ...facts, username });
      return { ...(await this.pages.form(reader, await this.pages.find(reader, username), null)), password };
    } catch (error) {
      return invalid(await this.pages.form(reader, null, body), faultsOf(error, FIELD_OF));
    }
  }

  @Get(':ten')
  @Page('auth/user', { title: 'Người dùng', ...NAV })
  async edit(@CurrentReader() reader: Reader, @Param('ten') username: string) {
    return this.pages.form(reader, await this.pages.find(reader, username), null);
  }

  @Post(':ten')
  @Page('auth/user', { title: 'Người dùng', ...NAV })
  async save(@CurrentReader() reader: Reader, @Param('ten') username: string, @Body() body: unknown) {
    const user = await this.pages.find(reader, username);
    const form = readForm(userForm, body);
    if (form.faults) return invalid(await this.pages.form(reader, user, body), form.faults);
    try {
      await this.users.update(actorOf(reader), user, await this.factsOf(reader, form.value));
    } catch (error) {
      return invalid(await this.pages.form(reader, user, body), faultsOf(error, FIELD_OF));
    }
    return redirect(LIST, `Đã lưu tài khoản ${user.username}.`);
  }

  private async factsOf(reader: Reader, form: z.output<typeof userForm>): Promise<UserFacts> {
    return {
      unitId: await this.pages.unitId(reader, form.don_vi),
      fullName: form.ho_ten,
      title: form.chuc_danh,
      email: form.email,
      phone: form.dien_thoai,
      role: form.vai_tro,
    };
  }
}
