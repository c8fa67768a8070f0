import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { CurrentReader, SignedIn, type Reader } from '../web/reader';
import { presentCase } from './case-json';
import { CaseService } from './case.service';

@ApiTags('case-records')
@Controller('api/v1/case-records')
@SignedIn()
export class CaseApiController {
  constructor(private readonly cases: CaseService) {}

  /** Facts, deadline with its account, steps and warnings of one case. */
  @Get(':code')
  @ApiOkResponse({ description: 'The case with its deadline and how the deadline came about' })
  async byCode(@CurrentReader() reader: Reader, @Param('code') code: string) {
    const { found, account, story } = await this.cases.told(reader, code);
    return presentCase(found, account, story);
  }
}
