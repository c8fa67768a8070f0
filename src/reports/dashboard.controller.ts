import { Controller, Get, Query } from '@nestjs/common';
import { ReconciliationService } from '../reconciliation/reconciliation.service';
import { Page } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { DashboardService } from './dashboard.service';

@Controller('dieu-hanh')
export class DashboardController {
  constructor(
    private readonly dashboard: DashboardService,
    private readonly reconciliation: ReconciliationService,
  ) {}

  @Get()
  @Page('reports/dashboard', { title: 'Điều hành', nav: '/dieu-hanh', pageClass: 'p-dash' })
  @Roles('supervisor', 'administrator', 'clerk')
  async show(@CurrentReader() reader: Reader, @Query('ky') key?: string) {
    const page = await this.dashboard.page(reader, key);
    const maySee = reader.role !== 'clerk';
    return {
      ...page,
      suspects: maySee ? await this.reconciliation.countOpen(reader, page.period.year) : null,
    };
  }

  @Get('thu-tuc')
  @Page('reports/procedures', { title: 'Kết quả theo thủ tục', nav: '/dieu-hanh' })
  @Roles('supervisor', 'administrator', 'clerk')
  procedures(@CurrentReader() reader: Reader, @Query('ky') period?: string) {
    return this.dashboard.procedurePage(reader, period);
  }
}
