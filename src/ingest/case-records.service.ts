import { Injectable } from '@nestjs/common';
import { actorOf } from '../audit/actor';
import { presentWritten } from '../cases/case-json';
import { CaseService } from '../cases/case.service';
import type { FieldFault } from '../platform/error-entry';
import { AppError } from '../platform/errors';
import { Runtime } from '../platform/runtime';
import { faultsText } from '../web/validation';
import type { Reader } from '../web/reader';
import { CASE_RECORD_PATHS, type CaseRecordBody } from './case-record.dto';
import { rowOfCase } from './case-record-row';
import { cleanText } from './clean-text';
import type { Fault } from './faults';
import { importPlace } from './import-reach';
import { IngestSources } from './ingest-sources.service';
import type { Pushed } from './push';
import { PushCases } from './push-cases.service';

export interface CaseRecordAnswer extends ReturnType<typeof presentWritten> {
  outcome: 'created' | 'updated' | 'unchanged';
  /** Worth a look; the case went in. */
  warnings: FieldFault[];
  /** Named for the first time: to be completed. */
  created: { procedures: string[]; departments: string[] };
}

/** One case at a time, for systems that speak no portal. */
@Injectable()
export class CaseRecords {
  constructor(
    private readonly pushes: PushCases,
    private readonly sources: IngestSources,
    private readonly cases: CaseService,
    private readonly runtime: Runtime,
  ) {}

  /** @throws AppError CASE_RECORD_REFUSED with every fault, CASE_RECORD_CODE, CASE_EXISTS, SOURCE_UNKNOWN */
  async write(
    reader: Reader,
    named: string,
    body: CaseRecordBody,
    { source, mustBeNew }: { source: string | undefined; mustBeNew: boolean },
  ): Promise<CaseRecordAnswer> {
    const code = cleanText(named) ?? '';
    if (body.code && cleanText(body.code) !== code)
      throw new AppError('CASE_RECORD_CODE', { code, body: body.code });
    const of = {
      ...{ channel: 'api' as const, unitId: importPlace(reader), ...actorOf(reader) },
      source: await this.sources.pushed(source),
    };
    const sent = { rows: [rowOfCase(code, body)], headings: CASE_RECORD_PATHS, mustBeNew };
    return this.answer(reader, code, await this.pushes.push(of, sent));
  }

  private async answer(reader: Reader, code: string, pushed: Pushed): Promise<CaseRecordAnswer> {
    const { created, updated, faults, warnings, procedures, departments } = pushed;
    if (faults.length > 0) {
      const told = faults.map(fieldFault);
      throw new AppError('CASE_RECORD_REFUSED', { faults: faultsText(told) }, told);
    }
    const { found } = await this.cases.detail(reader, code);
    return {
      outcome: created > 0 ? 'created' : updated > 0 ? 'updated' : 'unchanged',
      ...presentWritten(found, this.runtime.publicUrl()),
      warnings: warnings.map(fieldFault),
      created: { procedures, departments },
    };
  }
}

const fieldFault = ({ column, message, remedy }: Fault): FieldFault => ({
  field: column,
  text: `${message} ${remedy}`,
});
