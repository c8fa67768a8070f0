import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import { labels } from '../platform/labels';
import type { Reader } from '../web/reader';
import { CaseImport } from './case-import.service';
import { timeText } from './faults';
import type { Field } from './fields';
import { ImportRules } from './import-rules';
import { KnownCaseRepository, type KnownCase } from './known-case.repository';
import type { ProgressPlan } from './progress-plan';
import { PROGRESS_KEYS, toProgress, type ProgressRecord, type ReadProgress } from './progress-record';
import { ProgressWriter } from './progress-writer.service';
import type { Pushed } from './push';
import { PushDesk, type PushRun, type Taken } from './push-desk.service';
import type { PushOrigin } from './push-run.repository';
import { wordPushFault } from './push-words';
import { RowFaults } from './row-faults';

type Note = NonNullable<ProgressPlan['note']>;

/** Progress of cases that another system sends: each line goes to its case, at its own moment. */
@Injectable()
export class PushProgress {
  constructor(
    private readonly desk: PushDesk,
    private readonly rules: ImportRules,
    private readonly known: KnownCaseRepository,
    private readonly cases: CaseImport,
    private readonly writer: ProgressWriter,
  ) {}

  push(of: PushOrigin, reader: Reader, lines: Record<string, unknown>[]): Promise<Pushed> {
    return this.desk.take(of, {
      read: async (now) => {
        const reading = await this.rules.reading({ unitId: of.unitId, startedAt: now });
        const rules = { ...reading, serialShift: 0, word: wordPushFault };
        return lines.map((line, i) => toProgress(i + 1, line, rules));
      },
      write: (tx, run, read) => this.write(tx, run, reader, read),
    });
  }

  private async write(tx: Tx, run: PushRun, reader: Reader, read: ReadProgress[]): Promise<Taken> {
    // Whatever the order in which they came.
    const records = read.flatMap(({ record }) => record ?? []).sort((a, b) => a.at - b.at);
    const known = await this.knownCases(tx, reader, records);
    const taken = new TakenProgress(read);
    for (const record of records) {
      const found = known.get(record.code);
      const refused = refusalOf(found, reader);
      if (refused || !found) taken.refuse(record, refused!);
      else taken.add(record, found, await this.writer.write(tx, reader, run, found, record));
    }
    await this.writer.compute(tx, [...taken.changed]);
    return taken.result();
  }

  private async knownCases(tx: Tx, reader: Reader, records: ProgressRecord[]) {
    const found = await this.known.byCode(
      tx,
      records.map((r) => r.code),
    );
    const within = found.map((c) => c.unitId).filter((id) => reader.communeIds.includes(id));
    await this.cases.takeTurns(tx, within);
    return new Map(found.map((c) => [c.code, c]));
  }
}

function refusalOf(found: KnownCase | undefined, reader: Reader): Note | null {
  if (!found) return { code: 'CASE_UNKNOWN', args: {} };
  return reader.communeIds.includes(found.unitId) ? null : { code: 'CODE_OF_OTHER_UNIT', args: {} };
}

/** The field a note is about, with what it says; default: the status. */
const ABOUT: Partial<Record<Note['code'], [Field, (record: ProgressRecord) => string]>> = {
  CASE_UNKNOWN: ['code', (record) => record.code],
  CODE_OF_OTHER_UNIT: ['code', (record) => record.code],
  PROGRESS_BEFORE_RECEPTION: ['receivedAt', (record) => timeText(record.at)],
};

/** What became of the lines of one request. */
class TakenProgress {
  readonly changed = new Set<number>();
  private updated = 0;
  private faulty: number;
  private readonly faults;
  private readonly warnings: Taken['warnings'] = [];
  private readonly departments: string[] = [];

  constructor(private readonly read: ReadProgress[]) {
    this.faulty = read.filter(({ record }) => record === null).length;
    this.faults = read.flatMap((r) => r.faults);
  }

  refuse(record: ProgressRecord, note: Note): void {
    this.faulty += 1;
    this.faults.push(...notesOf(record, note).faults);
  }

  add(
    record: ProgressRecord,
    { id }: KnownCase,
    { changed, note, made }: Awaited<ReturnType<ProgressWriter['write']>>,
  ): void {
    if (made !== null) this.departments.push(made);
    if (!changed && note) return this.refuse(record, note);
    if (note) this.warnings.push(...notesOf(record, note).warnings);
    if (!changed) return;
    this.updated += 1;
    this.changed.add(id);
  }

  result(): Taken {
    const { updated, faulty, warnings, departments } = this;
    const rows = this.read.length;
    const faults = [...this.faults].sort((a, b) => a.line - b.line);
    const counts = { rows, created: 0, updated, unchanged: rows - updated - faulty, faulty };
    return { ...counts, faults, warnings, procedures: [], departments };
  }
}

function notesOf(record: ProgressRecord, note: Note): RowFaults {
  const { line, code } = record;
  const notes = new RowFaults({ line, carried: 0, values: { code } }, PROGRESS_KEYS, wordPushFault);
  const [field, told] = ABOUT[note.code] ?? ['status', ({ status }) => labels.caseStatus[status] ?? ''];
  notes.add(field, told(record), note.code, note.args);
  return notes;
}
