/** The same work by the usual means: entities, `save`, deadlines computed one by one. */
import { DataSource, EntitySchema, type DataSourceOptions } from 'typeorm';
import { epochOf } from '../../src/cases/case-deadline';
import { dataSourceOptions } from '../../src/database/data-source';
import { isoDay, toInstant, type LocalSecond } from '../../src/domain/local-date';
import { EarlyDeadlines, type EarlyDeadline } from '../../src/ingest/early-deadline';
import { ImportRules } from '../../src/ingest/import-rules';
import { toPortalRecord, type PortalRecord } from '../../src/ingest/portal-record';
import { boundRows } from '../../src/ingest/source-batches';
import { withSource } from '../../src/ingest/source-file';
import { Runtime } from '../../src/platform/runtime';
import { UnitService } from '../../src/units/unit.service';
import type { ThrowawayService } from './throwaway-service';

type Row = Record<string, unknown>;
const BATCH = 500;

const text = (name: string) => ({ type: 'text' as const, name, nullable: true });
const instant = (name: string) => ({ type: 'timestamptz' as const, name, nullable: true });
const whole = (name: string) => ({ type: 'int' as const, name, nullable: true });

const CASE = new EntitySchema<Row>({
  name: 'BenchCase',
  tableName: 'case_record',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    ...{ code: text('code'), applicantName: text('applicant_name'), address: text('address') },
    ...{ phone: text('phone'), channel: text('channel'), source: text('source'), outcome: text('outcome') },
    ...{ dueState: text('due_state'), outcomeFirst: text('outcome_first'), unitId: whole('unit_id') },
    ...{ procedureId: whole('procedure_id'), status: whole('status'), limitId: whole('limit_id') },
    ...{ versionId: whole('calendar_version_id'), receivedAt: instant('received_at') },
    ...{ promisedAt: instant('promised_at'), promisedFirstAt: instant('promised_first_at') },
    ...{ finishedAt: instant('finished_at'), returnedAt: instant('returned_at') },
    ...{ createdAt: instant('created_at'), updatedAt: instant('updated_at') },
    ...{ computedDueAt: instant('computed_due_at'), deadlineAt: instant('deadline_at') },
    ...{ deadlineDay: { type: 'date', name: 'deadline_day', nullable: true } },
    ...{ settledDay: { type: 'date', name: 'settled_day', nullable: true } },
  },
});

const EVENT = new EntitySchema<Row>({
  name: 'BenchEvent',
  tableName: 'case_event',
  columns: {
    id: { type: 'bigint', primary: true, generated: 'increment' },
    ...{ caseId: { type: 'bigint', name: 'case_id' }, kind: text('kind'), source: text('source') },
    ...{ at: instant('at'), recordedAt: instant('recorded_at') },
  },
});

const date = (at: LocalSecond | null): Date | null => (at === null ? null : toInstant(at));
const ofEpoch = (at: number | null): Date | null => (at === null ? null : new Date(at * 1000));
const day = (at: number | null): string | null => (at === null ? null : isoDay(at));

function caseOf(
  record: PortalRecord,
  unitId: number,
  { procedureId, deadline }: EarlyDeadline,
  now: Date,
): Row {
  return {
    ...{
      unitId,
      procedureId,
      code: record.code,
      applicantName: record.applicantName,
      address: record.address,
    },
    ...{ phone: record.phone, channel: record.channel, source: 'mot-cua', status: record.status ?? 2 },
    ...{ receivedAt: date(record.receivedAt), promisedAt: date(record.promisedAt) },
    ...{ promisedFirstAt: date(record.promisedAt), finishedAt: date(record.finishedAt) },
    ...{ returnedAt: date(record.returnedAt), createdAt: now, updatedAt: now, limitId: deadline.limitId },
    ...{ versionId: deadline.calendarVersionId, computedDueAt: ofEpoch(deadline.computedDue) },
    ...{ dueState: deadline.dueState, deadlineAt: ofEpoch(deadline.deadline) },
    ...{ deadlineDay: day(deadline.deadlineDay), settledDay: day(deadline.settledDay) },
    ...{ outcome: deadline.outcome, outcomeFirst: deadline.outcomeFirst },
  };
}

function eventsOf(caseId: unknown, record: PortalRecord, recordedAt: Date): Row[] {
  const at: [string, Date | null][] = [
    ['received', date(record.receivedAt)],
    ['finished', date(record.finishedAt)],
    ['returned', date(record.returnedAt)],
  ];
  return at
    .filter(([, moment]) => moment !== null)
    .map(([kind, moment]) => ({ caseId, kind, at: moment, recordedAt, source: 'bench' }));
}

async function firstRecords(file: string, service: ThrowawayService, count: number) {
  const unitId = (await service.app.get(UnitService).commune()).id;
  const { rules } = await service.app.get(ImportRules).of({ unitId, startedAt: service.clock.now() });
  const early = new EarlyDeadlines(rules.early!);
  const found: { record: PortalRecord; unitId: number; early: EarlyDeadline }[] = [];
  await withSource(file, rules, async (source) => {
    if (source.kind === 'procedures') throw new Error('a list of cases was expected');
    const { batches, headings } = boundRows(source);
    for await (const rows of batches)
      for (const row of rows) {
        const { record } = toPortalRecord(row, { ...rules, serialShift: 0 }, headings);
        const deadline = record && early.of(record, unitId);
        if (deadline && found.length < count) found.push({ record, unitId, early: deadline });
        if (found.length === count) return;
      }
  });
  return found;
}

/** @returns rows per second, the reading not counted */
export async function saveLikeTypeOrm(
  service: ThrowawayService,
  file: string,
  count: number,
): Promise<number> {
  const records = await firstRecords(file, service, count);
  const options = dataSourceOptions(service.app.get(Runtime).databaseUrl, 1) as DataSourceOptions;
  const own = await new DataSource({
    ...options,
    entities: [CASE, EVENT],
    migrations: [],
  } as DataSourceOptions).initialize();
  const now = new Date(epochOf(0) * 1000);
  const start = process.hrtime.bigint();
  try {
    for (let at = 0; at < records.length; at += BATCH) {
      const batch = records.slice(at, at + BATCH);
      await own.transaction(async (tx) => {
        const saved = await tx
          .getRepository<Row>(CASE)
          .save(batch.map((b) => caseOf(b.record, b.unitId, b.early, now)));
        const events = saved.flatMap((row, i) => eventsOf(row.id, batch[i]!.record, now));
        await tx.getRepository<Row>(EVENT).save(events);
      });
    }
    return records.length / (Number(process.hrtime.bigint() - start) / 1e9);
  } finally {
    await own.destroy();
  }
}
