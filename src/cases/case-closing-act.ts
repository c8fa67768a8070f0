import { z } from 'zod';
import {
  sourceOf,
  stateFaults,
  timeFaults,
  typedField as field,
  type ActContext,
  type ActPlan,
} from './case-act';
import { fault } from '../web/form-fault';
import { parseTypedInstant } from '../web/typed-instant';

export const closeForm = z.object({ ngay: field, gio: field, ly_do: field, can_cu: field });
export type CloseForm = z.infer<typeof closeForm>;

/** The applicant takes the case back. */
export function planWithdrawal(form: CloseForm, context: ActContext): ActPlan {
  const faults = form.ly_do ? [] : [fault('ly_do', 'WITHDRAWAL_GROUND')];
  return planEnd(form, context, { kind: 'withdrawn', status: 7, faults });
}

/** The office ends the case without a result; the notice (TT 03/2025, Mẫu 05) states ground and legal basis. */
export function planStop(form: CloseForm, context: ActContext): ActPlan {
  const faults = form.ly_do ? [] : [fault('ly_do', 'STOP_GROUND')];
  if (!form.can_cu) faults.push(fault('can_cu', 'STOP_LEGAL_BASIS'));
  return planEnd(form, context, { kind: 'stopped', status: 8, faults });
}

function planEnd(
  form: CloseForm,
  { found, reader, now }: ActContext,
  end: { kind: 'withdrawn' | 'stopped'; status: number; faults: ReturnType<typeof fault>[] },
): ActPlan {
  const at = parseTypedInstant(form.ngay, form.gio);
  const faults = [
    ...stateFaults(found, 'open', 'ngay'),
    ...timeFaults(at, 'ngay', found, now),
    ...end.faults,
  ];
  if (faults.length > 0 || !at) return { faults };
  const legalBasis = form.can_cu || null;
  const data = { ground: form.ly_do, legalBasis, by: reader.name };
  return {
    faults: null,
    events: [{ kind: end.kind, at, source: sourceOf(reader), data }],
    change: { status: end.status, finishedAt: at },
    action: `case.${end.kind}`,
    detail: { at, legalBasis },
  };
}
