import { dayOf, type LocalSecond } from '../domain/local-date';
import { FIELD_WORDS, type CellField } from './fields';
import { dayText, timeText, type FaultCode } from './faults';
import { dayOfFigures } from './column-content';
import type { PortalRecord } from './portal-record';
import type { RowCells, TimeField } from './row-cells';
import type { RowFaults } from './row-faults';
import { dayFigures, suggestCode } from './suggestion';
import { STATUS_WORDS } from './vocabulary';

const SETTLED = [9, 10];
/** Not yet or never received: without its submission such a row has no case to watch. */
const NEVER_RECEIVED = [1, 3];
const isUnreceived = (status: number | null): boolean => status !== null && NEVER_RECEIVED.includes(status);

/** What must hold between the values of one row. Adds to `faults`. */
export function checkRecord(record: PortalRecord, cells: RowCells, faults: RowFaults): void {
  if (record.code === '' && !faults.has('code')) faults.add('code', '', 'CODE_MISSING');
  checkRequired(record, cells, faults);
  checkOrder(record, cells, faults);
  checkSupplements(record, faults);
  checkSettled(record, cells, faults);
  if (record.receivedAt !== null && record.code !== '') checkCode(record.code, record.receivedAt, faults);
}

/** A column that is there must hold what no case can be without; a column that is absent says nothing. */
function checkRequired(record: PortalRecord, cells: RowCells, faults: RowFaults): void {
  const demand = (field: CellField, missing: boolean, code: FaultCode = 'REQUIRED') => {
    if (cells.carries(field) && missing && !faults.has(field))
      faults.add(field, '', code, { label: FIELD_WORDS[field].label.toLowerCase() });
  };
  demand('applicantName', record.applicantName === null);
  demand('procedureName', record.procedureName === null && record.procedureCode === null);
  const unreceived = isUnreceived(record.status);
  const missing = record.receivedAt === null && !(unreceived && record.submittedAt !== null);
  demand('receivedAt', missing, unreceived ? 'NOT_RECEIVED' : 'REQUIRED');
}

/** Results come after reception; the promise by day only, since some systems promise without a time. */
function checkOrder(record: PortalRecord, cells: RowCells, faults: RowFaults): void {
  const { receivedAt, promisedAt, finishedAt, returnedAt } = record;
  if (receivedAt === null) return;
  const late = (field: TimeField, code: FaultCode) =>
    faults.add(field, cells.shown(field), code, { received: dayText(receivedAt) });
  if (finishedAt !== null && finishedAt < receivedAt) late('finishedAt', 'FINISHED_BEFORE_RECEIVED');
  if (returnedAt !== null && returnedAt < receivedAt) late('returnedAt', 'RETURNED_BEFORE_RECEIVED');
  if (promisedAt !== null && dayOf(promisedAt) < dayOf(receivedAt))
    late('promisedAt', 'PROMISED_BEFORE_RECEIVED');
  if (record.submittedAt !== null && dayOf(record.submittedAt) > dayOf(receivedAt))
    late('submittedAt', 'SUBMITTED_AFTER_RECEIVED');
}

/** A ledger that cannot have happened is not written: each request after reception, each answer after its request. */
function checkSupplements({ receivedAt, supplements }: PortalRecord, faults: RowFaults): void {
  for (const { requestedAt, receivedAt: answeredAt } of supplements) {
    const requested = timeText(requestedAt);
    if (receivedAt !== null && requestedAt < receivedAt)
      faults.add('supplements', requested, 'SUPPLEMENT_BEFORE_RECEIVED', {
        requested,
        received: timeText(receivedAt),
      });
    if (answeredAt !== null && answeredAt < requestedAt)
      faults.add('supplements', timeText(answeredAt), 'SUPPLEMENT_ANSWERED_FIRST', {
        requested,
        answered: timeText(answeredAt),
      });
  }
}

/** A settled case without any day of settlement would be on time or late by chance. */
function checkSettled(record: PortalRecord, cells: RowCells, faults: RowFaults): void {
  if (record.status === null || !SETTLED.includes(record.status) || !cells.carries('finishedAt')) return;
  if (record.finishedAt !== null || record.returnedAt !== null) return;
  if (faults.has('finishedAt') || faults.has('returnedAt')) return;
  faults.add('finishedAt', '', 'FINISH_MISSING', { status: STATUS_WORDS.official[record.status - 1] ?? '' });
}

/** No code is refused for its form: codes change with every reform. */
function checkCode(code: string, receivedAt: LocalSecond, faults: RowFaults): void {
  const figures = dayFigures(code);
  const told = figures === null ? null : dayOfFigures(figures);
  if (told === null) faults.add('code', code, 'CODE_FORM', {}, suggestCode(code));
  else if (told !== dayOf(receivedAt))
    faults.add('code', code, 'CODE_DATE', { received: dayText(receivedAt) });
}
