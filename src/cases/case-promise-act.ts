import { sourceOf, stateFaults, timeFaults, type ActContext, type ActPlan } from './case-act';
import { fault } from '../web/form-fault';

const WAITING = 1;
const ACCEPTED = 2;

/** Somebody takes up a submission that waited: the clock starts (NĐ 118/2025 Đ17.3). */
export function planReception(
  { at, promisedAt }: { at: Date; promisedAt: Date | null },
  { found, reader, now }: ActContext,
): ActPlan {
  const faults = timeFaults(at, 'at', found, now);
  if (found.status !== WAITING) faults.push(fault('at', 'EVENT_ALREADY_RECEIVED', { code: found.code }));
  if (promisedAt && promisedAt <= at) faults.push(fault('promisedAt', 'PROMISE_NOT_LATER'));
  if (faults.length > 0) return { faults };
  return {
    faults: null,
    events: [{ kind: 'received', at, source: sourceOf(reader), data: { by: reader.name } }],
    change: {
      corrected: { ...{ status: ACCEPTED, receivedAt: at }, finishedAt: null, returnedAt: null },
      ...(promisedAt && { promisedAt }),
    },
    action: 'case.received',
    detail: { at, promisedAt },
  };
}

/** Another system gave the applicant another day; that is no re-promise of an apology. */
export function planPromise(
  { at, promisedAt }: { at: Date; promisedAt: Date | null },
  { found, reader, now }: ActContext,
): ActPlan {
  const faults = [...stateFaults(found, 'open', 'at'), ...timeFaults(at, 'at', found, now)];
  if (!promisedAt) faults.push(fault('promisedAt', 'PROMISE_MISSING'));
  if (promisedAt && promisedAt <= at) faults.push(fault('promisedAt', 'PROMISE_NOT_LATER'));
  if (faults.length > 0 || !promisedAt) return { faults };
  const data = { previous: found.promisedAt, promised: promisedAt, because: 'source', by: reader.name };
  return {
    faults: null,
    events: [{ kind: 'promised-again', at, source: sourceOf(reader), data }],
    change: { promisedAt },
    action: 'case.promised-again',
    detail: { at, promisedAt },
  };
}
