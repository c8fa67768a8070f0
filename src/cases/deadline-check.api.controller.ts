import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { isoLocal } from '../domain/local-date';
import { Roles } from '../web/reader';
import { DeadlineCheckPages } from './deadline-check-pages.service';

const instant = (at: Date | null): string | null => at && `${isoLocal(at)}+07:00`;

@ApiTags('deadline-checks')
@Controller('api/v1/deadline-checks')
@Roles('administrator')
export class DeadlineCheckApiController {
  constructor(private readonly pages: DeadlineCheckPages) {}

  /** The newest comparison of stored deadlines with recomputed ones. */
  @Get('latest')
  @ApiOkResponse({ description: 'When it ran, over how many cases, and how many values differ' })
  async latest() {
    const { startedAt, finishedAt, ...check } = await this.pages.latest();
    return { ...check, startedAt: instant(startedAt), finishedAt: instant(finishedAt) };
  }
}
