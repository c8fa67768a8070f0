import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnauthorizedResponse,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { AppError } from '../platform/errors';
import { Runtime } from '../platform/runtime';
import { CurrentReader, SignedIn, type Reader } from '../web/reader';
import { faultsText } from '../web/validation';
import { calculationAnswer, type CalculationAnswer } from './calculation-answer.dto';
import { askedByQuery, calculationQuery, type CalculationQuery } from './calculation-form';
import { presentCalculation } from './calculation-json';
import type { Asked } from './calculation-question';
import { askedByBody, calculationBody, type CalculationBody } from './calculation.dto';
import { CalculationService } from './calculation.service';
import { accountView } from './due-view';
import { DueWords } from './due-words.renderer';

const ANSWER = { description: 'Hạn, cách tính, đường dẫn tính lại.', standardSchema: calculationAnswer };

@ApiTags('deadline-calculations')
@ApiBadRequestResponse({ description: 'Sai dạng: thiếu, thừa trường, sai kiểu. Trường faults nêu từng chỗ.' })
@ApiUnauthorizedResponse({ description: 'Thiếu khóa API hoặc chưa đăng nhập.' })
@ApiUnprocessableEntityResponse({ description: 'Không tính được. Trường faults nêu mọi chỗ sai.' })
@Controller('api/v1/deadline-calculations')
@SignedIn()
export class CalculationApiController {
  constructor(
    private readonly calculations: CalculationService,
    private readonly words: DueWords,
    private readonly runtime: Runtime,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOkResponse(ANSWER)
  @ApiOperation({
    summary: 'Tính hạn',
    description: 'Tính hạn cho một thủ tục hoặc một thời hạn tự ghi. Không ghi gì vào cơ sở dữ liệu.',
  })
  calculate(@CurrentReader() reader: Reader, @Body({ schema: calculationBody }) body: CalculationBody) {
    return this.answer(reader, askedByBody(body));
  }

  @Get()
  @ApiOkResponse(ANSWER)
  @ApiOperation({
    summary: 'Tính hạn theo đường dẫn',
    description: 'Nhận đúng phần sau dấu hỏi của địa chỉ trang /tinh-han và trả lời như POST.',
  })
  recalculate(@CurrentReader() reader: Reader, @Query({ schema: calculationQuery }) query: CalculationQuery) {
    return this.answer(reader, askedByQuery(query));
  }

  private async answer(reader: Reader, asked: Asked): Promise<CalculationAnswer> {
    const answer = await this.calculations.answer(reader, asked);
    if (answer.faults)
      throw new AppError('CALCULATION_REFUSED', { faults: faultsText(answer.faults) }, answer.faults);
    const sentences = this.words.sentences(accountView(answer.account, answer.limit));
    return presentCalculation(answer, sentences, this.runtime.publicUrl());
  }
}
