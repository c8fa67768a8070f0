import { isoLocal, toInstant } from '../domain/local-date';
import { labels } from '../platform/labels';
import type { FormFault } from '../web/page';
import { fault } from '../web/form-fault';
import { typed } from '../web/typed-instant';
import { toldInstant } from './calculation.dto';
import { isTold } from './calculation-question';
import { planPause, planResume, planReturn, type ActContext, type ActPlan } from './case-act';
import { planStop, planWithdrawal } from './case-closing-act';
import type { CaseEventBody, ToldEventKind } from './case-event.dto';
import { countingEvents, instantIn } from './case-events';
import { planTransfer } from './case-handover-act';
import { planPromise, planReception } from './case-promise-act';

/** Moments of the body; null: not told. */
type Moments = Record<'at' | 'since' | 'promisedAt' | 'finishedAt', Date | null>;

/** The inputs of the forms whose rules hold here, as the body calls them. */
const FIELDS: Record<string, string> = {
  ...{ ngay: 'at', gio: 'at', ly_do: 'ground', can_cu: 'legalBasis', loai: 'reason' },
  ...{ ngay_dung: 'since', gio_dung: 'since', hen_ngay: 'promisedAt', hen_gio: 'promisedAt' },
  ...{ don_vi: 'department', can_bo: 'officer', buoc: 'step', noi_dung: 'text' },
  ...{ da_trao: 'at', ngay_trao: 'at', gio_trao: 'at' },
};

/** Day and time as somebody would type them into the form, to the second. */
function inputs(at: Date | null): { day: string; time: string } {
  return at === null ? { day: '', time: '' } : { day: typed(at).day, time: isoLocal(at).slice(11, 19) };
}

/**
 * What an event told by another system writes: the rules are those of the case page.
 * @returns null when the ledger has it already
 */
export function planToldEvent(body: CaseEventBody, context: ActContext): ActPlan | null {
  const { moments, faults } = momentsOf(body);
  const { at } = moments;
  if (faults.length > 0 || !at) return { faults };
  const known = countingEvents(context.events).find(
    (e) => e.kind === body.kind && e.at.getTime() === at.getTime(),
  );
  if (known) return tellsTheSame(known.data, body, moments) ? null : { faults: [twice(body.kind)] };
  const planned = PLANS[body.kind](body, { ...moments, at }, context);
  if (planned.faults === null) return planned;
  // Whoever hands the result over tells the moment of the result in a field of its own.
  const fields = body.kind === 'returned' ? { ...FIELDS, ngay: 'finishedAt' } : FIELDS;
  return { faults: planned.faults.map((f) => ({ ...f, field: fields[f.field] ?? f.field })) };
}

function momentsOf(body: CaseEventBody): { moments: Moments; faults: FormFault[] } {
  const moments: Moments = { at: null, since: null, promisedAt: null, finishedAt: null };
  const faults: FormFault[] = [];
  for (const field of Object.keys(moments) as (keyof Moments)[]) {
    const told = toldInstant(body[field]);
    if (isTold(told)) moments[field] = toInstant(told);
    else if (told === 'unreadable' || field === 'at') faults.push(fault(field, 'INSTANT_UNREADABLE'));
  }
  return { moments, faults };
}

const twice = (kind: ToldEventKind): FormFault =>
  fault('at', 'EVENT_TWICE', {
    what: kind === 'promised-again' ? labels.promisedAgain : labels.eventKind[kind],
  });

/** Of the same kind and moment; what such an event is about must agree where it is told. */
function tellsTheSame(data: Record<string, unknown>, body: CaseEventBody, { promisedAt }: Moments): boolean {
  if (body.kind === 'transferred')
    return data.departmentTo === body.department && (data.officerTo ?? null) === (body.officer || null);
  if (body.kind === 'promised-again') return instantIn(data.promised)?.getTime() === promisedAt?.getTime();
  return true;
}

type Plan = (body: CaseEventBody, moments: Moments & { at: Date }, context: ActContext) => ActPlan;

const pause =
  (loai: 'bo-sung' | 'khac'): Plan =>
  (body, { at }, context) => {
    const { day: ngay, time: gio } = inputs(at);
    const kind = body.reason === 'financial-obligation' && loai === 'khac' ? 'nghia-vu' : loai;
    const form = { loai: kind, ngay, gio, ly_do: body.ground ?? '', can_cu: body.legalBasis ?? '' } as const;
    return planPause(form, context);
  };

const resume =
  (stop: 'supplement-requested' | 'suspended'): Plan =>
  (_, { at, since, promisedAt }, context) => {
    const open = context.openStop?.kind;
    if (open && open !== stop)
      return { faults: [fault('kind', 'EVENT_OTHER_STOP', { open: labels.eventKind[open] })] };
    const [now, before, promise] = [inputs(at), inputs(since), inputs(promisedAt)];
    return planResume(
      {
        ...{ ngay: now.day, gio: now.time, ngay_dung: before.day, gio_dung: before.time },
        ...{ hen_ngay: promise.day, hen_gio: promise.time },
      },
      context,
    );
  };

const settle: Plan = ({ kind }, { at, finishedAt }, context) => {
  const handed = kind === 'returned';
  const [ready, given] = [inputs(handed ? finishedAt : at), inputs(handed ? at : null)];
  return planReturn(
    {
      ...{ ngay: ready.day, gio: ready.time, da_trao: handed ? 'co' : null },
      ...{ ngay_trao: given.day, gio_trao: given.time },
    },
    context,
  );
};

const transfer: Plan = ({ department: name, officer, step, text }, { at }, context) => {
  const department = context.departments.find((d) => d.name === name);
  if (name && !department) return { faults: [fault('department', 'EVENT_DEPARTMENT', { name })] };
  const { day: ngay, time: gio } = inputs(at);
  const form = { don_vi: String(department?.id ?? ''), can_bo: officer ?? '', buoc: step ?? '' };
  return planTransfer({ ngay, gio, ...form, noi_dung: text ?? '' }, context);
};

const close =
  (plan: typeof planStop): Plan =>
  ({ ground, legalBasis }, { at }, context) => {
    const { day: ngay, time: gio } = inputs(at);
    return plan({ ngay, gio, ly_do: ground ?? '', can_cu: legalBasis ?? '' }, context);
  };

const PLANS: Record<ToldEventKind, Plan> = {
  received: (_, moments, context) => planReception(moments, context),
  'supplement-requested': pause('bo-sung'),
  'supplement-received': resume('supplement-requested'),
  suspended: pause('khac'),
  resumed: resume('suspended'),
  transferred: transfer,
  'promised-again': (_, moments, context) => planPromise(moments, context),
  finished: settle,
  returned: settle,
  withdrawn: close(planWithdrawal),
  stopped: close(planStop),
};
