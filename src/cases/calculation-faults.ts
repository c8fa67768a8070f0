import { civil, dayOf, toInstant } from '../domain/local-date';
import type { FormFault } from '../web/page';
import {
  isTold,
  type Asked,
  type AskedLimit,
  type AskedPause,
  type Known,
  type Told,
} from './calculation-question';
import { fault } from '../web/form-fault';
import { typed } from '../web/typed-instant';

export const MOST_PAUSES = 50;
/** With fifty pauses a link stays below the 8,000 characters that common servers take. */
const LONGEST_GROUNDS = 2_500;
const FIRST_YEAR = 2000;
const LAST_YEAR = 2100;
const LARGEST_AMOUNT = 9999;

/** Everything wrong with a question, each at the field it is about: 'receivedAt', 'limit.amount', 'pauses.0.to'. */
export function calculationFaults(asked: Asked, known: Known): FormFault[] {
  return [
    ...choiceFaults(asked),
    ...procedureFaults(asked, known),
    ...(asked.limit ? limitFaults(asked.limit) : []),
    ...receptionFaults(asked),
    ...promiseFaults(asked),
    ...pauseFaults(asked),
    ...(known.place ? [] : [fault('unit', 'UNIT_NOT_FOUND', { code: asked.unit ?? '' })]),
  ];
}

function choiceFaults({ procedure, limit }: Asked): FormFault[] {
  if (procedure === null && limit === null) return [fault('procedure', 'CALCULATION_LIMIT_MISSING')];
  return procedure !== null && limit !== null ? [fault('procedure', 'CALCULATION_LIMIT_TWICE')] : [];
}

function procedureFaults({ procedure, receivedAt }: Asked, known: Known): FormFault[] {
  if (procedure === null) return [];
  if (!known.procedure) return [fault('procedure', 'PROCEDURE_NOT_FOUND', { slug: procedure })];
  if (!isTold(receivedAt) || known.procedure.limitOn(dayOf(receivedAt))) return [];
  const { day } = typed(toInstant(receivedAt));
  return [fault('procedure', 'PROCEDURE_WITHOUT_LIMIT', { procedure, day })];
}

function limitFaults({ amount, unit, receptionCutoff }: AskedLimit): FormFault[] {
  const faults: FormFault[] = [];
  const whole = isTold(amount) && Number.isInteger(amount) && amount >= 1 && amount <= LARGEST_AMOUNT;
  const right = unit === 'same-day' ? amount === null || amount === 0 : whole;
  if (!right) faults.push(fault('limit.amount', 'LIMIT_AMOUNT'));
  if (unit === null) faults.push(fault('limit.unit', 'LIMIT_UNIT_MISSING'));
  if (receptionCutoff === 'unreadable') faults.push(fault('limit.receptionCutoff', 'LIMIT_CUTOFF'));
  return faults;
}

/** A moment that can be read and lies in our time. */
function instantFaults(told: Told, field: string, written: Asked['written']): FormFault[] {
  if (told === 'unreadable')
    return [fault(field, written === 'iso' ? 'INSTANT_UNREADABLE' : 'TIME_UNREADABLE')];
  if (told === null) return [];
  const { year } = civil(dayOf(told));
  const args = { first: FIRST_YEAR, last: LAST_YEAR };
  return year < FIRST_YEAR || year > LAST_YEAR ? [fault(field, 'TIME_OUT_OF_RANGE', args)] : [];
}

function receptionFaults({ receivedAt, written }: Asked): FormFault[] {
  if (receivedAt === null) return [fault('receivedAt', 'RECEPTION_MISSING')];
  return instantFaults(receivedAt, 'receivedAt', written);
}

const isBefore = (told: Told, other: Told): boolean => isTold(told) && isTold(other) && told < other;

function promiseFaults({ promisedAt, receivedAt, written }: Asked): FormFault[] {
  if (isBefore(promisedAt, receivedAt)) return [fault('promisedAt', 'TIME_BEFORE_RECEPTION')];
  return instantFaults(promisedAt, 'promisedAt', written);
}

function pauseFaults(asked: Asked): FormFault[] {
  const { pauses } = asked;
  const grounds = new URLSearchParams({ ly_do: pauses.map(({ ground }) => ground).join('') }).toString();
  const faults = pauses.flatMap((pause, i) => faultsOfPause(pause, `pauses.${i}`, asked));
  if (pauses.length > MOST_PAUSES)
    faults.push(fault('pauses', 'PAUSES_TOO_MANY', { count: pauses.length, most: MOST_PAUSES }));
  if (grounds.length > LONGEST_GROUNDS) faults.push(fault('pauses', 'PAUSE_GROUNDS_TOO_LONG'));
  return [...faults, ...orderFaults(pauses)];
}

function faultsOfPause({ from, to }: AskedPause, field: string, asked: Asked): FormFault[] {
  const faults = [
    ...instantFaults(from, `${field}.from`, asked.written),
    ...instantFaults(to, `${field}.to`, asked.written),
  ];
  if (from === null) faults.push(fault(`${field}.from`, 'PAUSE_START_MISSING'));
  if (isBefore(from, asked.receivedAt)) faults.push(fault(`${field}.from`, 'TIME_BEFORE_RECEPTION'));
  if (isTold(from) && isTold(to) && to <= from) faults.push(fault(`${field}.to`, 'RESUME_BEFORE_PAUSE'));
  return faults;
}

/** Of pauses of one kind, each ends before the next begins; only the last may still stand. */
function orderFaults(pauses: AskedPause[]): FormFault[] {
  const placed = pauses.map((pause, i) => ({ ...pause, i })).filter((p) => isTold(p.from));
  const ordered = placed.sort((a, b) => Number(a.from) - Number(b.from));
  return ordered.flatMap(({ kind, from, to, i }, k): FormFault[] => {
    const same = (p: AskedPause): boolean => p.kind === kind;
    const faults: FormFault[] = [];
    if (ordered.slice(0, k).some((p) => same(p) && isBefore(from, p.to)))
      faults.push(fault(`pauses.${i}.from`, 'PAUSES_OVERLAP'));
    if (to === null && ordered.slice(k + 1).some(same))
      faults.push(fault(`pauses.${i}.to`, 'PAUSE_END_MISSING'));
    return faults;
  });
}
