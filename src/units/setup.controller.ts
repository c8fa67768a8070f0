import { Controller, Get, type OnModuleInit } from '@nestjs/common';
import { Page } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { SetupChecklist } from './setup-checklist';
import { UnitPages } from './unit-pages.service';

const UNITS = '/quan-tri/don-vi';

/** The administrator's first page: what is still to be done before the service is of use. */
@Controller('quan-tri')
@Roles('administrator')
export class SetupController implements OnModuleInit {
  constructor(
    private readonly checklist: SetupChecklist,
    private readonly pages: UnitPages,
  ) {}

  onModuleInit(): void {
    this.checklist.register('commune', (reader) => this.naming(reader));
    this.checklist.register('incomplete-units', (reader) => this.completing(reader));
  }

  @Get()
  @Page('units/start', { title: 'Việc cần làm', nav: '/quan-tri', subnav: '/quan-tri' })
  async start(@CurrentReader() reader: Reader) {
    const items = await this.checklist.of(reader);
    return { items, open: items.filter((item) => !item.done).length };
  }

  private async naming(reader: Reader) {
    const { communes } = await this.pages.list(reader);
    const unnamed = communes.find((commune) => commune.incomplete);
    const names = communes.map((commune) => commune.name).join(', ');
    return {
      label: 'Đặt tên xã, phường và đầu thư',
      href: unnamed ? `${UNITS}/${encodeURIComponent(unnamed.code)}` : UNITS,
      done: communes.length > 0 && unnamed === undefined,
      detail: unnamed ? 'Tên, địa danh và người ký hiện trên thư xin lỗi.' : `${names}.`,
    };
  }

  private async completing(reader: Reader) {
    const { communes } = await this.pages.list(reader);
    const departments = communes.flatMap((commune) => commune.departments);
    const open = departments.filter((unit) => unit.incomplete && unit.active);
    return {
      label: 'Xem lại đơn vị do tệp nhập tạo ra',
      href: open[0] ? `${UNITS}/${encodeURIComponent(open[0].code)}` : UNITS,
      done: open.length === 0,
      detail: open.length === 0 ? 'Không có đơn vị nào chờ xem lại.' : `${open.length} đơn vị chờ xem lại.`,
    };
  }
}
