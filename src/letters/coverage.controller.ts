import { Controller, Get, Query } from '@nestjs/common';
import { Page } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { CoveragePages } from './coverage-pages.service';
import { coverageQuery, type CoverageQuery } from './coverage-query';

/** The promises that were not kept and the letters that followed them. */
@Controller('so-thu-xin-loi/phai-xin-loi')
@Roles('clerk', 'supervisor')
export class CoverageController {
  constructor(private readonly pages: CoveragePages) {}

  @Get()
  @Page('letters/owed', { title: 'Hồ sơ phải xin lỗi', nav: '/thu-xin-loi', pageClass: 'p-reg' })
  page(@CurrentReader() reader: Reader, @Query({ schema: coverageQuery }) asked: CoverageQuery) {
    return this.pages.page(reader, asked);
  }
}
