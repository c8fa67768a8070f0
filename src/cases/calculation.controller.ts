import { Controller, Get, Query, Req } from '@nestjs/common';
import type { z } from 'zod';
import { CurrentReader, SignedIn, type Reader, type ReaderRequest } from '../web/reader';
import { Page } from '../web/page';
import { calculationPageQuery } from './calculation-form';
import { CalculationPage } from './calculation-page.service';

@Controller('tinh-han')
@SignedIn()
export class CalculationController {
  constructor(private readonly pages: CalculationPage) {}

  @Get()
  @Page('cases/calculation', { title: 'Tính hạn', nav: '/tinh-han', pageClass: 'p-calc' })
  page(
    @CurrentReader() reader: Reader,
    @Query({ schema: calculationPageQuery }) query: z.infer<typeof calculationPageQuery>,
    @Req() request: ReaderRequest,
  ) {
    return this.pages.page(reader, query, request.url);
  }
}
