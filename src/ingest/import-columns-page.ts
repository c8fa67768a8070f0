import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock';
import { AppError } from '../platform/errors';
import type { FormFault } from '../web/page';
import type { Reader } from '../web/reader';
import { FIELDS, FIELD_WORDS, type Field } from './fields';
import { isMappable } from './import-acts.service';
import { runHref } from './import-address';
import { importReach } from './import-reach';
import { columnFaults } from './import-words';
import type { RunColumn, RunDetail } from './run';
import { RunLog } from './run-log.service';

/** What the portal's payloads nest in a case; no column of a list holds it. */
const NESTED: Field = 'supplements';
const OPTIONS = FIELDS.filter((field) => field !== NESTED).map((field) => ({
  value: field,
  label: FIELD_WORDS[field].label,
}));
/** A channel may be told by a column of ticks for each. */
const SHARED: Field = 'channel';

const inputOf = (i: number): string => `cot_${i}`;

/** The page on which a person says what the columns of a file hold. */
@Injectable()
export class ImportColumnsPage {
  constructor(
    private readonly runs: RunLog,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError IMPORT_NOT_FOUND, IMPORT_NOT_CHECKED */
  async run(reader: Reader, id: number): Promise<RunDetail> {
    const run = await this.runs.detail(id, importReach(reader));
    if (!isMappable(run, this.clock.now())) throw new AppError('IMPORT_NOT_CHECKED', { id });
    return run;
  }

  model(run: RunDetail, fields: (Field | null)[] = run.columns.map((c) => c.field)) {
    const seems = run.state === 'refused' && run.mappedBy === null;
    return {
      run: { fileName: run.fileName, sheet: run.sheet, href: runHref(run.id) },
      source: run.sourceName,
      seems,
      options: OPTIONS,
      columns: run.columns.map(({ heading, samples }, i) => ({
        id: inputOf(i),
        heading,
        samples,
        field: fields[i] ?? '',
        nested: fields[i] === NESTED,
      })),
    };
  }

  /** What was chosen for each column, and what is wrong with it. */
  read(run: RunDetail, form: Record<string, string>): { fields: (Field | null)[]; faults: FormFault[] } {
    const fields = run.columns.map((column, i) => fieldIn(form[inputOf(i)], column));
    const faults = fields.flatMap((field, i) => {
      const first = fields.indexOf(field);
      if (field === null || field === SHARED || first === i) return [];
      const heading = run.columns[first]!.heading;
      return [{ field: inputOf(i), text: columnFaults.twice(FIELD_WORDS[field].label, heading) }];
    });
    if (!fields.includes('code')) faults.unshift({ field: inputOf(0), text: columnFaults.noCode });
    return { fields, faults };
  }
}

function fieldIn(text: string | undefined, column: RunColumn): Field | null {
  if (column.field === NESTED) return NESTED;
  return FIELDS.find((field) => field === text && field !== NESTED) ?? null;
}
