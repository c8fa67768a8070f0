import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { z } from 'zod';
import { XLSX } from '../documents/sheet-cell';
import { Page } from '../web/page';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { RegisterService } from './register.service';

const query = z.object({ nam: z.coerce.number().int().min(2000).max(2200).optional().catch(undefined) });
type RegisterQuery = z.infer<typeof query>;

/** The register of letters, by year: every number, also the cancelled ones. */
@Controller()
@Roles('clerk', 'supervisor')
export class RegisterController {
  constructor(private readonly register: RegisterService) {}

  @Get('so-thu-xin-loi')
  @Page('letters/register', { title: 'Sổ thư xin lỗi', nav: '/thu-xin-loi', pageClass: 'p-reg' })
  page(@CurrentReader() reader: Reader, @Query({ schema: query }) { nam }: RegisterQuery) {
    return this.register.page(reader, nam ?? null);
  }

  @Get('so-thu-xin-loi.xlsx')
  async workbook(
    @CurrentReader() reader: Reader,
    @Query({ schema: query }) { nam }: RegisterQuery,
  ): Promise<StreamableFile> {
    const { file, name } = await this.register.workbook(reader, nam ?? null);
    return new StreamableFile(file, { type: XLSX, disposition: `attachment; filename="${name}"` });
  }
}
