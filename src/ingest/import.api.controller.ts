import {
  Body,
  Controller,
  Delete,
  Get,
  Param,
  ParseIntPipe,
  Post,
  Query,
  Req,
  Res,
  type StreamableFile,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { actorOf } from '../audit/actor';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import { ImportActs } from './import-acts.service';
import { ImportDownloads } from './import-downloads.service';
import { importPlace } from './import-reach';
import { ImportTelling, type ToldImport } from './import-telling.service';
import { Upload } from './upload';

const flag = z.stringbool().default(false).catch(false);
const how = z.object({ source: z.string().max(100).optional(), overwrite: flag, dryRun: flag });
const agreement = z.object({ overwrite: z.boolean().default(false) }).default({ overwrite: false });

@ApiTags('imports')
@Controller('api/v1/imports')
@Roles('administrator')
export class ImportApiController {
  constructor(
    private readonly imports: ImportTelling,
    private readonly acts: ImportActs,
    private readonly downloads: ImportDownloads,
    private readonly upload: Upload,
    private readonly clock: Clock,
  ) {}

  /**
   * The file as multipart field `file`, or as the bare body with its name in `?fileName=` or `x-file-name`. Written at
   * once, or with `dryRun` only checked: then it waits for its confirmation.
   */
  @Post()
  @ApiConsumes('multipart/form-data', 'application/octet-stream')
  @ApiBody({ schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } } } })
  @ApiQuery({
    name: 'source',
    required: false,
    description: 'Code or name of the system the file comes from',
  })
  create(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
    @CurrentReader() reader: Reader,
    @Query({ schema: how }) { source, overwrite, dryRun }: z.infer<typeof how>,
  ): Promise<ToldImport> {
    return this.upload.receive(request, async (file) => {
      const sent = { ...file, ...actorOf(reader), channel: 'api' as const, unitId: importPlace(reader) };
      const result = await this.imports.take({ ...sent, source, overwrite }, dryRun);
      reply.status(result.state === 'refused' ? 422 : dryRun ? 200 : 201);
      return result;
    });
  }

  /** What became of a file, or how far it is. */
  @Get(':id')
  read(@Param('id', ParseIntPipe) id: number, @CurrentReader() reader: Reader): Promise<ToldImport> {
    return this.imports.told(reader, id);
  }

  /** The rows that stayed out, as they stand in the file, with the reason: to be corrected and sent by themselves. */
  @Get(':id/faulty-rows')
  faultyRows(
    @Param('id', ParseIntPipe) id: number,
    @CurrentReader() reader: Reader,
  ): Promise<StreamableFile> {
    return this.downloads.faultyRows(reader, id);
  }

  /** Writes a checked file; it goes on behind the answer. Refused when what was found no longer holds. */
  @Post(':id/confirmation')
  async confirm(
    @Param('id', ParseIntPipe) id: number,
    @CurrentReader() reader: Reader,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Body({ schema: agreement }) { overwrite }: z.infer<typeof agreement>,
  ): Promise<ToldImport> {
    if (!(await this.acts.confirm(reader, id, { overwrite, now: this.clock.now() })))
      throw new AppError('IMPORT_OUTDATED', { id });
    void reply.status(202);
    return this.imports.told(reader, id);
  }

  /** Calls a file off that is not written yet, or takes back what was written; that goes on behind the answer. */
  @Delete(':id')
  async remove(
    @Param('id', ParseIntPipe) id: number,
    @CurrentReader() reader: Reader,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ToldImport> {
    await this.acts.remove(reader, id, { actor: actorOf(reader).actor, now: this.clock.now() });
    void reply.status(202);
    return this.imports.told(reader, id);
  }
}
