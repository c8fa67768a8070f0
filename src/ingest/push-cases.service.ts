import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import { AppError } from '../platform/errors';
import { CaseImport } from './case-import.service';
import { PASSING_STAGE } from './case-stage.repository';
import { communeFinder } from './commune-finder';
import type { Fault } from './faults';
import { bitOf, type Field, type SourceRow } from './fields';
import { ImportRules } from './import-rules';
import { KnownCaseRepository } from './known-case.repository';
import { toPortalRecord, type PortalRecord, type ReadRecord } from './portal-record';
import type { Pushed } from './push';
import { PushDesk, type PushRun, type Taken } from './push-desk.service';
import type { PushOrigin } from './push-run.repository';
import { PushStage, type PlacedRecord } from './push-stage.service';
import { wordPushFault } from './push-words';
import { ComparedTooEarly } from './retried';
import { RowNotes } from './row-notes';

export interface SentCases {
  /** Numbered from 1. */
  rows: SourceRow[];
  /** The sender's own names of the fields. */
  headings: Partial<Record<Field, string>>;
  /** A case that is known is an error of the sender. */
  mustBeNew?: boolean;
  /** Who has a case is said by its progress, where there is any: the record names the office that answers for it. */
  handledByProgress?: boolean;
}

interface ReadCases {
  read: ReadRecord[];
  placed: PlacedRecord[];
}

/** Cases that another system sends, on the way that files go: read, staged, compared, written. */
@Injectable()
export class PushCases {
  constructor(
    private readonly desk: PushDesk,
    private readonly rules: ImportRules,
    private readonly known: KnownCaseRepository,
    private readonly stage: PushStage,
    private readonly cases: CaseImport,
  ) {}

  /** @throws AppError CASE_EXISTS when it must be new */
  push(of: PushOrigin, sent: SentCases): Promise<Pushed> {
    return this.desk.take(of, {
      read: (now) => this.read(of.unitId, sent, now),
      write: (tx, run, read) => this.write(tx, run, read, sent),
    });
  }

  private async read(unitId: number, { rows, headings }: SentCases, now: Date): Promise<ReadCases> {
    const reading = await this.rules.reading({ unitId, startedAt: now });
    const rules = { ...reading, serialShift: 0, word: wordPushFault };
    const communeOf = communeFinder(reading.communes);
    const read = rows.map((row) => toPortalRecord(row, rules, headings));
    const placed = read.flatMap(({ record }) => (record ? [{ record, unitId: communeOf(record) }] : []));
    return { read, placed };
  }

  private async write(tx: Tx, run: PushRun, { read, placed }: ReadCases, sent: SentCases): Promise<Taken> {
    await this.cases.takeTurns(
      tx,
      placed.flatMap(({ unitId }) => unitId ?? []),
    );
    if (sent.mustBeNew) await this.refuseKnown(tx, placed);
    const told = sent.handledByProgress ? await this.withoutHandlers(tx, placed) : placed;
    const found = await this.compared(tx, run, told, new RowNotes(sent.headings, wordPushFault));
    const faulty = read.filter(({ record }) => record === null);
    return {
      ...found,
      rows: read.length,
      faulty: faulty.length + found.faulty,
      faults: [...read.flatMap((r) => r.faults), ...found.faults].sort((a, b) => a.line - b.line),
      warnings: [...read.flatMap((r) => (r.record ? r.warnings : [])), ...found.warnings],
    };
  }

  private async refuseKnown(tx: Tx, placed: PlacedRecord[]): Promise<void> {
    const [known] = await this.known.byCode(tx, codesOf(placed));
    if (known) throw new AppError('CASE_EXISTS', { code: known.code });
  }

  /**
   * Communes take no turns with each other: what a neighbour brought between the comparison and the insertion would
   * count as unchanged here. @throws ComparedTooEarly
   */
  private async refuseUnseen(tx: Tx, placed: PlacedRecord[], faults: Fault[]): Promise<void> {
    const units = new Map((await this.known.byCode(tx, codesOf(placed))).map((c) => [c.code, c.unitId]));
    const told = new Set(faults.map((f) => f.caseCode));
    const unseen = placed.some(
      ({ record: { code }, unitId }) => !told.has(code) && units.get(code) !== unitId,
    );
    if (unseen) throw new ComparedTooEarly();
  }

  private async withoutHandlers(tx: Tx, placed: PlacedRecord[]): Promise<PlacedRecord[]> {
    const handed = await this.known.handedByProgress(tx, codesOf(placed));
    return placed.map((p) => (handed.has(p.record.code) ? { ...p, record: withoutHandler(p.record) } : p));
  }

  private async compared(
    tx: Tx,
    { runId, source, now }: PushRun,
    placed: PlacedRecord[],
    notes: RowNotes,
  ): Promise<Omit<Taken, 'rows'>> {
    if (placed.length === 0) return NOTHING;
    const { repeated, names } = await this.stage.fill(tx, placed);
    const lines = placed.map(({ record }) => record.line);
    const range = { first: 1, last: Math.max(...lines), rows: placed.length - repeated.length };
    const context = { runId, source, now, older: false, looking: false, earlyHolds: false };
    const written = await this.cases.write(tx, PASSING_STAGE, range, context, notes);
    const faults = [...repeated.map(notes.repeated), ...written.rejected];
    if (written.unchanged > 0) await this.refuseUnseen(tx, placed, faults);
    const { created, updated, unchanged, warnings } = written;
    return { created, updated, unchanged, faulty: faults.length, faults, warnings, ...names };
  }
}

const codesOf = (placed: PlacedRecord[]): string[] => placed.map(({ record }) => record.code);

const HANDLER = bitOf('departmentName') | bitOf('officerName');

const withoutHandler = (record: PortalRecord): PortalRecord => ({
  ...record,
  ...{ carried: record.carried & ~HANDLER, departmentName: null, officerName: null },
});

const NOTHING: Omit<Taken, 'rows'> = {
  ...{ created: 0, updated: 0, unchanged: 0, faulty: 0 },
  ...{ faults: [], warnings: [], procedures: [], departments: [] },
};
