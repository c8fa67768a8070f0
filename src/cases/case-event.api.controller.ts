import { Body, Controller, Param, Post, Res } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { AppError } from '../platform/errors';
import { Runtime } from '../platform/runtime';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { faultsText } from '../web/validation';
import { CaseActsService } from './case-acts.service';
import { planToldEvent } from './case-event-act';
import { caseEventBody, EVENT_KINDS, type CaseEventBody } from './case-event.dto';
import { presentWarnings, presentWritten } from './case-json';
import { CaseService } from './case.service';
import { writtenCase } from './written-answer.dto';

const ANSWER = {
  description: 'Việc đã làm, hạn và nơi giải thích hạn.',
  standardSchema: z.strictObject({
    outcome: z
      .enum(['recorded', 'unchanged'])
      .meta({ description: 'Đã ghi, hoặc đã có từ trước nên không có gì thay đổi.', example: 'recorded' }),
    kind: z.enum(EVENT_KINDS).meta({ description: 'Việc đã gửi.', example: 'supplement-requested' }),
    ...writtenCase,
    warnings: z.array(z.looseObject({})).meta({
      description: 'Điều sẽ bị hỏi lại trong lịch sử hồ sơ, như ở GET /api/v1/case-records/{code}.',
    }),
  }),
};

/** What another system tells of one case; the rules are those of the case page. */
@ApiTags('case-records')
@ApiBadRequestResponse({ description: 'Sai dạng: thừa trường, sai kiểu. Trường faults nêu từng chỗ.' })
@ApiNotFoundResponse({ description: 'Không có hồ sơ này trong phạm vi của khóa.' })
@ApiUnprocessableEntityResponse({ description: 'Không ghi được. Trường faults nêu mọi chỗ sai và cách sửa.' })
@Controller('api/v1/case-records/:code/events')
@Roles('administrator')
export class CaseEventApiController {
  constructor(
    private readonly acts: CaseActsService,
    private readonly cases: CaseService,
    private readonly runtime: Runtime,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Ghi một việc của hồ sơ',
    description:
      'Tiếp nhận, dừng, tiếp tục, chuyển, hẹn lại, có kết quả, trả, rút. Gửi lại thì không ghi lần nữa.',
  })
  @ApiCreatedResponse(ANSWER)
  @ApiOkResponse(ANSWER)
  async record(
    @CurrentReader() reader: Reader,
    @Param('code') code: string,
    @Body({ schema: caseEventBody }) body: CaseEventBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    let known = false;
    const faults = await this.acts.act(reader, code, (context) => {
      const plan = planToldEvent(body, context);
      known = plan === null;
      return plan;
    });
    if (faults.length > 0) throw new AppError('CASE_EVENT_REFUSED', { faults: faultsText(faults) }, faults);
    void reply.status(known ? 200 : 201);
    return this.answer(reader, code, body, known);
  }

  private async answer(reader: Reader, code: string, { kind }: CaseEventBody, known: boolean) {
    const { found, story } = await this.cases.told(reader, code);
    return {
      ...{ outcome: known ? 'unchanged' : 'recorded', kind },
      ...presentWritten(found, this.runtime.publicUrl()),
      warnings: presentWarnings(story),
    };
  }
}
