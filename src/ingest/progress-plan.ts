import type { ActContext, ActPlan } from '../cases/case-act';
import type { NewEvent } from '../cases/case-act.repository';
import { countingEvents, PAUSE_KINDS } from '../cases/case-events';
import type { CaseEventRow } from '../cases/case.repository';
import { toInstant, toLocalSecond } from '../domain/local-date';
import { labels } from '../platform/labels';
import { timeText, type FaultArgs, type FaultCode } from './faults';
import { rankOf } from './merge-columns';
import { changeOf, correctionOf, endsTold, factsAfter, handoverOf, isReception } from './progress-facts';
import { pausesBetween, pausesNow, takenBack, type PauseMoment } from './progress-pauses';
import type { ProgressRecord } from './progress-record';
import { isProgress, isTold, progressIn, toldBy } from './progress-told';
import { PROGRESS_REASON } from './push-words';
import { STATUS_WORDS } from './vocabulary';

/** What a line of progress writes; null when it was told before, or cannot have been. */
export interface ProgressPlan {
  write: Pick<Extract<ActPlan, { faults: null }>, 'events' | 'change'> | null;
  /** Why it cannot be written, or what is worth a look. */
  note: { code: FaultCode; args: FaultArgs } | null;
}

type Known = Pick<ActContext, 'found' | 'events' | 'now'>;

export interface ProgressFrom {
  /** Code of the system that tells it. */
  system: string;
  /** As in `case_event.source`. */
  source: string;
  /** The department the line names, where it names one. */
  department: { id: number; name: string } | null;
}

/** Kinds of entries that tell how far a case is. */
const TELLING = new Set([
  ...['received', 'transferred', 'finished', 'returned', 'withdrawn', 'stopped', 'refused'],
  ...PAUSE_KINDS,
]);
const tells = (e: CaseEventRow): boolean =>
  e.data.approximate !== true && (TELLING.has(e.kind) || isProgress(e));

/** The newest line moves the case; one that comes late only fills its history. */
export function planProgress(p: ProgressRecord, known: Known, from: ProgressFrom): ProgressPlan {
  const { found, events } = known;
  const at = toInstant(p.at);
  const counting = countingEvents(events);
  if (isTold(p, progressIn(counting))) return { write: null, note: null };
  if (at < found.receivedAt) {
    const received = timeText(toLocalSecond(found.receivedAt));
    return { write: null, note: { code: 'PROGRESS_BEFORE_RECEPTION', args: { received } } };
  }
  const line: NewEvent = { kind: 'noted', at, source: from.source, data: toldBy(p) };
  if (counting.some((e) => tells(e) && e.at > at)) return filled(p, known, line);
  const back = rankOf(p.status) < rankOf(found.status);
  const moved = { from: labels.caseStatus[found.status] ?? '', to: labels.caseStatus[p.status] ?? '' };
  if (back && found.source !== from.system)
    return { write: { events: [line], change: {} }, note: { code: 'PROGRESS_KEPT', args: moved } };
  const write = applied(p, known, line, from);
  return { write, note: back ? { code: 'STATUS_BACK', args: moved } : null };
}

/** In the history only; with its neighbours it may begin or end a pause all the same. */
function filled(p: ProgressRecord, { events, now }: Known, line: NewEvent): ProgressPlan {
  const told = progressIn(countingEvents(events)).map(({ at, data }) => ({
    at,
    status: Number(data.status),
  }));
  const between = told.some((step) => step.at > line.at);
  const { added, voided } = between
    ? pausesBetween(told, { at: line.at, status: p.status })
    : { added: [], voided: [] };
  const back = takenBack(events, voided, { source: line.source, now, reason: PROGRESS_REASON });
  const write = { events: [line, ...added.map((m) => pauseOf(m, p, line)), ...back], change: {} };
  return { write, note: { code: 'PROGRESS_LATE', args: {} } };
}

function applied(
  p: ProgressRecord,
  { found, events, now }: Known,
  line: NewEvent,
  { department }: ProgressFrom,
): ProgressPlan['write'] {
  const facts = factsAfter(p.status, line.at, found);
  const told = (kind: string, at: Date, data: object = { progress: true }): NewEvent => ({
    ...{ kind, at, source: line.source, data },
  });
  const handover = handoverOf(p, department, found);
  const changes = correctionOf(facts, found);
  return {
    events: [
      line,
      ...(isReception(p.status, found) ? [told('received', line.at)] : []),
      ...pausesNow(p.status, line.at, countingEvents(events)).map((m) => pauseOf(m, p, line)),
      ...(handover ? [told('transferred', line.at, handover.data)] : []),
      ...endsTold(facts, found).map(({ kind, at }) => told(kind, at)),
      ...(changes ? [told('corrected', now, { changes })] : []),
    ],
    change: { ...changeOf(facts), ...(handover && { handler: handover.handler }) },
  };
}

const pauseOf = ({ kind, at, stops }: PauseMoment, p: ProgressRecord, { source }: NewEvent): NewEvent => ({
  ...{ kind, at, source },
  data: stops
    ? { progress: true, ground: p.content ?? STATUS_WORDS.official[p.status - 1] }
    : { progress: true },
});
