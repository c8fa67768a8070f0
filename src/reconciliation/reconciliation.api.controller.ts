import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { instant } from '../cases/case-json';
import { CurrentReader, Roles, type Reader } from '../web/reader';
import type { FindingView } from './finding-view';
import { reconciliationApiQuery } from './reconciliation-query';
import { ReconciliationService } from './reconciliation.service';

type ApiQuery = z.infer<typeof reconciliationApiQuery>;

@ApiTags('reconciliation')
@Controller('api/v1/reconciliation')
@Roles('officer', 'supervisor', 'administrator')
export class ReconciliationApiController {
  constructor(private readonly reconciliation: ReconciliationService) {}

  /** Suspected false overdue and promises that differ from the calendar, by cause, 50 a page. */
  @Get()
  @ApiOkResponse({ description: 'The findings of the filter, newest deadline first within each cause' })
  async list(@CurrentReader() reader: Reader, @Query({ schema: reconciliationApiQuery }) query: ApiQuery) {
    const { cause = null, state = null, year = null, page } = query;
    const { total, rows } = await this.reconciliation.list(reader, { cause, state, year, page });
    return { total, page, findings: rows.map(presentFinding) };
  }
}

const presentFinding = (row: FindingView) => ({
  code: row.code,
  cause: row.cause,
  state: row.state,
  procedure: row.procedure,
  applicant: row.applicant,
  sourceSays: row.source,
  calendarSays: row.calendar,
  deadlineAt: instant(row.about),
  promisedAt: instant(row.promisedAt),
  computedDueAt: instant(row.computedDueAt),
  resultAt: instant(row.resultAt),
  twinCode: row.twinCode,
  sources: row.sources,
});
