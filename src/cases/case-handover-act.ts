import { z } from 'zod';
import { toInstant } from '../domain/local-date';
import {
  sourceOf,
  stateFaults,
  timeFaults,
  typedField as field,
  type ActContext,
  type ActPlan,
} from './case-act';
import { consultationsOf } from './case-consultations';
import { countingEvents } from './case-events';
import { fault } from '../web/form-fault';
import { parseTypedInstant } from '../web/typed-instant';

const moment = { ngay: field, gio: field };

export const transferForm = z.object({
  ...moment,
  don_vi: field,
  can_bo: field,
  buoc: field,
  noi_dung: field,
});
export const consultForm = z.object({ ...moment, co_quan: field, noi_dung: field, so_ngay: field });
export const answerForm = z.object({ ...moment, lan: field, noi_dung: field });

export type TransferForm = z.infer<typeof transferForm>;
export type ConsultForm = z.infer<typeof consultForm>;
export type AnswerForm = z.infer<typeof answerForm>;

const MOST_DAYS = 365;

/** The case goes to another step, department or officer. */
export function planTransfer(form: TransferForm, context: ActContext): ActPlan {
  const { found, departments, reader, now } = context;
  const at = parseTypedInstant(form.ngay, form.gio);
  const department = departments.find((d) => String(d.id) === form.don_vi);
  const officer = form.can_bo || null;
  const faults = [...stateFaults(found, 'open', 'ngay'), ...timeFaults(at, 'ngay', found, now)];
  if (!department) faults.push(fault('don_vi', 'TRANSFER_DEPARTMENT'));
  if (form.buoc && !found.steps.includes(form.buoc)) faults.push(fault('buoc', 'TRANSFER_STEP'));
  const same = department?.name === found.departmentName && officer === found.officerName;
  if (same && !form.buoc) faults.push(fault('don_vi', 'TRANSFER_NOTHING'));
  if (faults.length > 0 || !at || !department) return { faults };
  const data = {
    ...{ departmentFrom: found.departmentName, departmentTo: department.name },
    ...{ officerFrom: found.officerName, officerTo: officer, step: form.buoc || null },
    ...{ text: form.noi_dung || null, by: reader.name },
  };
  return {
    faults: null,
    events: [{ kind: 'transferred', at, source: sourceOf(reader), data }],
    change: { handler: { departmentId: department.id, officerName: officer } },
    action: 'case.transferred',
    detail: { at, department: department.name, officer, step: data.step },
  };
}

/** Another body is asked for its opinion; its term runs beside that of the case (NĐ 61/2018 Đ19.5). */
export function planConsultation(form: ConsultForm, { found, reader, now }: ActContext): ActPlan {
  const at = parseTypedInstant(form.ngay, form.gio);
  const days = /^\d{1,3}$/.test(form.so_ngay) ? Number(form.so_ngay) : 0;
  const faults = [...stateFaults(found, 'open', 'ngay'), ...timeFaults(at, 'ngay', found, now)];
  if (!form.co_quan) faults.push(fault('co_quan', 'CONSULTATION_BODY'));
  if (!form.noi_dung) faults.push(fault('noi_dung', 'CONSULTATION_CONTENT'));
  if (days < 1 || days > MOST_DAYS) faults.push(fault('so_ngay', 'CONSULTATION_DAYS'));
  if (faults.length > 0 || !at) return { faults };
  const data = { body: form.co_quan, text: form.noi_dung, days, by: reader.name };
  return {
    faults: null,
    events: [{ kind: 'consultation-requested', at, source: sourceOf(reader), data }],
    change: {},
    action: 'case.consultation-requested',
    detail: { at, body: form.co_quan, days },
  };
}

/** The body asked has answered. */
export function planAnswer(form: AnswerForm, { found, events, reader, now }: ActContext): ActPlan {
  const at = parseTypedInstant(form.ngay, form.gio);
  const asked = consultationsOf(countingEvents(events)).find(
    (c) => c.answeredAt === null && String(c.id) === form.lan,
  );
  const faults = timeFaults(at, 'ngay', found, now);
  if (!asked) faults.push(fault('lan', 'CONSULTATION_NONE'));
  if (at && asked && at < toInstant(asked.askedAt)) faults.push(fault('ngay', 'ANSWER_BEFORE_REQUEST'));
  if (faults.length > 0 || !at || !asked) return { faults };
  const data = { request: asked.id, body: asked.body, text: form.noi_dung || null, by: reader.name };
  return {
    faults: null,
    events: [{ kind: 'consultation-answered', at, source: sourceOf(reader), data }],
    change: {},
    action: 'case.consultation-answered',
    detail: { at, body: asked.body },
  };
}
