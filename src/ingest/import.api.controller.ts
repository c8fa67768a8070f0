import { Controller, Get, Param, ParseIntPipe, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '../audit/actor';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { importPlace, importReach } from './import-reach';
import type { ImportResult } from './import-result';
import { IngestService } from './ingest.service';
import { RunLog } from './run-log.service';
import { Upload } from './upload';

@Controller('api/v1/imports')
@Roles('administrator')
export class ImportApiController {
  constructor(
    private readonly ingest: IngestService,
    private readonly runs: RunLog,
    private readonly upload: Upload,
  ) {}

  /** The file as multipart field `file`, or as the bare body with its name in `?fileName=` or `x-file-name`. */
  @Post()
  @ApiConsumes('multipart/form-data', 'application/octet-stream')
  @ApiBody({ schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } })
  create(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @CurrentReader() reader: Reader,
  ): Promise<ImportResult> {
    return this.upload.receive(request, async (file) => {
      const unitId = importPlace(reader);
      const result = await this.ingest.importFile({ ...file, ...actorOf(reader), channel: 'api', unitId });
      reply.status(result.state === 'refused' ? 422 : 201);
      return result;
    });
  }

  @Get(':id')
  read(@Param('id', ParseIntPipe) id: number, @CurrentReader() reader: Reader): Promise<ImportResult> {
    return this.runs.result(id, importReach(reader));
  }
}
