import { Controller, Get, Query } from '@nestjs/common';
import { Page } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { DashboardService } from './dashboard.service';

@Controller('dieu-hanh')
export class DashboardController {
  constructor(private readonly dashboard: DashboardService) {}

  @Get()
  @Page('reports/dashboard', { title: 'Điều hành', nav: '/dieu-hanh', pageClass: 'p-dash' })
  @Roles('supervisor', 'administrator', 'clerk')
  show(@CurrentReader() reader: Reader, @Query('ky') period?: string) {
    return this.dashboard.page(reader, period);
  }

  @Get('thu-tuc')
  @Page('reports/procedures', { title: 'Kết quả theo thủ tục', nav: '/dieu-hanh' })
  @Roles('supervisor', 'administrator', 'clerk')
  procedures(@CurrentReader() reader: Reader, @Query('ky') period?: string) {
    return this.dashboard.procedurePage(reader, period);
  }
}
