import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { Page, invalid, redirect } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { faultsOf, readForm } from './form';
import {
  communeChanges,
  communeForm,
  departmentChanges,
  departmentForm,
  newDepartmentForm,
} from './unit-form.dto';
import { UnitEditor } from './unit-editor.service';
import { UnitPages } from './unit-pages.service';

const LIST = '/quan-tri/don-vi';
const NAV = { nav: '/quan-tri', subnav: LIST };
const FIELD_OF = { UNIT_NAME_TAKEN: 'ten', UNIT_CODE_TAKEN: 'ma' };

@Controller('quan-tri/don-vi')
@Roles('administrator')
export class UnitController {
  constructor(
    private readonly pages: UnitPages,
    private readonly editor: UnitEditor,
  ) {}

  @Get()
  @Page('units/list', { title: 'Đơn vị', ...NAV })
  list(@CurrentReader() reader: Reader) {
    return this.pages.list(reader);
  }

  @Get('them')
  @Page('units/new', { title: 'Thêm đơn vị', ...NAV })
  blank(@CurrentReader() reader: Reader) {
    return this.pages.blank(reader, {});
  }

  @Post()
  @Page('units/new', { title: 'Thêm đơn vị', ...NAV })
  async add(@CurrentReader() reader: Reader, @Body() body: unknown) {
    const form = readForm(newDepartmentForm, body);
    if (form.faults) return invalid(await this.pages.blank(reader, body), form.faults);
    const parent = await this.pages.find(reader, form.value.thuoc);
    try {
      await this.editor.add(actorOf(reader), {
        parentId: parent.id,
        kind: 'department',
        name: form.value.ten,
      });
    } catch (error) {
      return invalid(await this.pages.blank(reader, body), faultsOf(error, FIELD_OF));
    }
    return redirect(LIST, `Đã thêm ${form.value.ten}.`);
  }

  @Get(':ma')
  @Page('units/edit', { title: 'Đơn vị', ...NAV })
  async edit(@CurrentReader() reader: Reader, @Param('ma') code: string) {
    return this.pages.edit(await this.pages.find(reader, code), null);
  }

  @Post(':ma')
  @Page('units/edit', { title: 'Đơn vị', ...NAV })
  async save(@CurrentReader() reader: Reader, @Param('ma') code: string, @Body() body: unknown) {
    const unit = await this.pages.find(reader, code);
    const by = actorOf(reader);
    try {
      if (unit.kind === 'commune') {
        const form = readForm(communeForm, body);
        if (form.faults) return invalid(await this.pages.edit(unit, body), form.faults);
        await this.editor.updateCommune(by, unit.id, communeChanges(form.value));
      } else {
        const form = readForm(departmentForm, body);
        if (form.faults) return invalid(await this.pages.edit(unit, body), form.faults);
        await this.editor.updateDepartment(by, unit.id, departmentChanges(form.value));
      }
    } catch (error) {
      return invalid(await this.pages.edit(unit, body), faultsOf(error, FIELD_OF));
    }
    return redirect(LIST, 'Đã lưu đơn vị.');
  }

  /** The letterhead as it would be; nothing is saved. */
  @Post(':ma/xem-truoc')
  @Page('units/edit', { title: 'Đơn vị', ...NAV })
  async preview(@CurrentReader() reader: Reader, @Param('ma') code: string, @Body() body: unknown) {
    const unit = await this.pages.find(reader, code);
    const form = readForm(communeForm, body);
    if (form.faults) return invalid(await this.pages.edit(unit, body), form.faults);
    return this.pages.previewed(unit, communeChanges(form.value));
  }
}
