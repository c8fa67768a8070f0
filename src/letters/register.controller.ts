import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { XLSX } from '../documents/sheet-cell';
import { Page } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { registerQuery, type RegisterQuery } from './register-query';
import { RegisterFiles } from './register-files.service';
import { RegisterService } from './register.service';

/** The register of letters, by year: every number, also the cancelled ones. */
@Controller()
@Roles('clerk', 'supervisor')
export class RegisterController {
  constructor(
    private readonly register: RegisterService,
    private readonly files: RegisterFiles,
  ) {}

  @Get('so-thu-xin-loi')
  @Page('letters/register', { title: 'Sổ thư xin lỗi', nav: '/thu-xin-loi', pageClass: 'p-reg' })
  page(@CurrentReader() reader: Reader, @Query({ schema: registerQuery }) asked: RegisterQuery) {
    return this.register.page(reader, asked);
  }

  @Get('so-thu-xin-loi.xlsx')
  async workbook(
    @CurrentReader() reader: Reader,
    @Query({ schema: registerQuery }) asked: RegisterQuery,
  ): Promise<StreamableFile> {
    const { file, name } = await this.files.workbook(reader, asked);
    return new StreamableFile(file, { type: XLSX, disposition: `attachment; filename="${name}"` });
  }

  @Get('so-thu-xin-loi.pdf')
  async paper(
    @CurrentReader() reader: Reader,
    @Query({ schema: registerQuery }) asked: RegisterQuery,
  ): Promise<StreamableFile> {
    const { file, name } = await this.files.paper(reader, asked);
    return new StreamableFile(file, { type: 'application/pdf', disposition: `inline; filename="${name}"` });
  }
}
