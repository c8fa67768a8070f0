import { Body, Controller, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { fieldFault, writtenCase } from '../cases/written-answer.dto';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { caseRecordBody, type CaseRecordBody } from './case-record.dto';
import { CaseRecords, type CaseRecordAnswer } from './case-records.service';

const query = z.object({
  source: z.string().trim().min(1).max(100).optional().meta({
    description: 'Mã hệ thống nguồn; bỏ trống: cong-quoc-gia.',
    example: 'bo-nganh',
  }),
});
type PushQuery = z.infer<typeof query>;

const ANSWER = {
  description: 'Việc đã làm, hạn và nơi giải thích hạn.',
  standardSchema: z.strictObject({
    outcome: z
      .enum(['created', 'updated', 'unchanged'])
      .meta({ description: 'Đã tạo, đã cập nhật, hoặc không có gì thay đổi.', example: 'created' }),
    ...writtenCase,
    warnings: z.array(fieldFault).meta({ description: 'Điều nên xem lại; hồ sơ vẫn được ghi nhận.' }),
    created: z
      .strictObject({ procedures: z.array(z.string()), departments: z.array(z.string()) })
      .meta({ description: 'Thủ tục, đơn vị lần đầu nghe tên, cần bổ sung trong phần quản trị.' }),
  }),
};

/** Single cases of other systems, in plain words. */
@ApiTags('case-records')
@ApiBadRequestResponse({ description: 'Sai dạng: thừa trường, sai kiểu. Trường faults nêu từng chỗ.' })
@ApiUnprocessableEntityResponse({ description: 'Không ghi được. Trường faults nêu mọi chỗ sai và cách sửa.' })
@Controller('api/v1/case-records')
@Roles('administrator')
export class CaseRecordApiController {
  constructor(private readonly records: CaseRecords) {}

  @Post()
  @ApiOperation({ summary: 'Tạo hồ sơ', description: 'Hồ sơ đã có thì trả lời 409, không ghi gì.' })
  @ApiCreatedResponse(ANSWER)
  @ApiConflictResponse({ description: 'Hồ sơ đã có.' })
  create(
    @CurrentReader() reader: Reader,
    @Body({ schema: caseRecordBody }) body: CaseRecordBody,
    @Query({ schema: query }) { source }: PushQuery,
  ): Promise<CaseRecordAnswer> {
    return this.records.write(reader, body.code ?? '', body, { source, mustBeNew: true });
  }

  @Put(':code')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Tạo hoặc cập nhật hồ sơ',
    description: 'Mục bỏ trống giữ như đã biết, null là xóa. Gửi lại cùng nội dung thì không có gì thay đổi.',
  })
  @ApiOkResponse(ANSWER)
  @ApiCreatedResponse(ANSWER)
  async put(
    @CurrentReader() reader: Reader,
    @Param('code') code: string,
    @Body({ schema: caseRecordBody }) body: CaseRecordBody,
    @Query({ schema: query }) { source }: PushQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseRecordAnswer> {
    const answer = await this.records.write(reader, code, body, { source, mustBeNew: false });
    if (answer.outcome === 'created') void reply.status(201);
    return answer;
  }
}
