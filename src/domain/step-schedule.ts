/**
 * When each step of a case is due (NĐ 61/2018 Đ19.5–19.7). The term of a step counts from the instant it began:
 * reception for the first, the handing over for the next; one that has not begun is planned from the end of the one
 * before. It counts as the deadline of a case does, by the calendar of the department that answers for it, with the
 * pauses of the case left out; no step is due after the case itself. A supplement that starts the whole term anew
 * starts that of the step under way anew. A consultation runs beside the steps and is due on its own.
 */
import { closedPauses, type CaseClock } from './case-clock';
import { computeTerm, type ProcessingLimit, type TimeOfDayPolicy } from './deadline';
import { dayOf, type LocalSecond } from './local-date';
import type { LimitStep } from './step-limits';
import { CalendarNotCovered, type WorkingCalendar } from './working-calendar';

/** The case went to another step, by name, or only to another department. */
export interface Handover {
  at: LocalSecond;
  step: string | null;
  department: string | null;
}

export interface Consultation {
  /** the body asked */
  body: string;
  askedAt: LocalSecond;
  /** null while the answer is awaited */
  answeredAt: LocalSecond | null;
  /** null where nobody set a term */
  term: Pick<LimitStep, 'amount' | 'unit'> | null;
}

/** passed, held: the case went on without anybody telling when, so there is no verdict on the step. */
export type StepState =
  'done' | 'late' | 'running' | 'overdue' | 'paused' | 'planned' | 'skipped' | 'passed' | 'held';

export interface ScheduledStep extends Pick<LimitStep, 'name' | 'department' | 'kind'> {
  /** null where nobody set a term */
  amount: number | null;
  unit: LimitStep['unit'];
  /** The instant it began, or is planned to begin; null when nobody can say. */
  startsAt: LocalSecond | null;
  begun: boolean;
  endedAt: LocalSecond | null;
  /** null while the clock stands still, or without a term or a calendar */
  dueAt: LocalSecond | null;
  state: StepState;
}

export interface ScheduleInput {
  steps: readonly LimitStep[];
  clock: CaseClock;
  limit: ProcessingLimit | null;
  timeOfDay: TimeOfDayPolicy;
  /** By the name of the department; null and unknown names give the calendar of the office. */
  calendarOf: (department: string | null) => WorkingCalendar;
  /** The computed due of the case. */
  caseDue: LocalSecond | null;
  /** oldest first */
  handovers: readonly Handover[];
  /** The department that has the case, as its source says; null where it does not. */
  heldBy: string | null;
  /** oldest first */
  consultations: readonly Consultation[];
  now: LocalSecond;
}

type Term = Pick<LimitStep, 'amount' | 'unit'>;

/** When the step began, for each step; null for those that did not. */
function beginnings(
  steps: readonly LimitStep[],
  { clock, handovers }: ScheduleInput,
): (LocalSecond | null)[] {
  const began: (LocalSecond | null)[] = steps.map((_, i) => (i === 0 ? clock.receivedAt : null));
  let current = 0;
  for (const { at, step, department } of handovers) {
    const target =
      step === null
        ? steps.findIndex((s, i) => i > current && department !== null && s.department === department)
        : steps.findIndex((s) => s.name === step);
    if (target < 0 || target === current) continue;
    // Handed back: what came after has not begun any more.
    began.fill(null, target + 1);
    began[target] ??= at;
    current = target;
  }
  return began;
}

function dueOf(
  term: Term,
  from: LocalSecond,
  calendar: WorkingCalendar,
  input: Pick<ScheduleInput, 'clock' | 'limit' | 'timeOfDay'> & { first: boolean; paused: boolean },
): LocalSecond | null {
  const { clock, limit, timeOfDay, first, paused } = input;
  const pauses = paused ? closedPauses(clock).filter((pause) => pause.to > from) : [];
  const counted: ProcessingLimit = {
    ...{ amount: term.amount, unit: term.unit, supplementMode: 'extend-working-days' },
    ...{
      receptionCutoff: first ? (limit?.receptionCutoff ?? null) : null,
      timeOfDay: limit?.timeOfDay ?? null,
    },
  };
  try {
    const own = { ...clock, receivedAt: from, startedAt: from, pauses, openPause: null };
    return computeTerm({ clock: own, limit: counted, calendar, timeOfDay }).dueAt;
  } catch (error) {
    if (error instanceof CalendarNotCovered) return null;
    throw error;
  }
}

/** Days are compared by date, hours by the instant. */
const isPast = (at: LocalSecond, due: LocalSecond | null, unit: LimitStep['unit']): boolean =>
  due !== null && (unit === 'working-days' ? dayOf(at) > dayOf(due) : at > due);

function stateOf(step: Omit<ScheduledStep, 'state'>, paused: boolean, now: LocalSecond): StepState {
  if (step.endedAt !== null) return isPast(step.endedAt, step.dueAt, step.unit) ? 'late' : 'done';
  if (!step.begun) return 'planned';
  if (paused) return 'paused';
  return isPast(now, step.dueAt, step.unit) ? 'overdue' : 'running';
}

/**
 * How far the case went without a handing over being told: the step of the department that has it, or past all steps
 * when it has ended; 0 when the first step is under way, or when handings over are told.
 */
function untoldProgress(steps: readonly LimitStep[], { clock, handovers, heldBy }: ScheduleInput): number {
  if (handovers.length > 0 || steps.length < 2) return 0;
  if (clock.stoppedAt !== null) return steps.length;
  if (heldBy === null || steps[0]!.department === heldBy) return 0;
  return Math.max(
    0,
    steps.findIndex((step) => step.department === heldBy),
  );
}

function processingSteps(input: ScheduleInput): ScheduledStep[] {
  const { clock, caseDue, calendarOf, now } = input;
  const steps = input.steps.filter((step) => step.kind === 'processing');
  const began = beginnings(steps, input);
  const untold = untoldProgress(steps, input);
  let before: LocalSecond | null = null;
  return steps.map((step, i): ScheduledStep => {
    const next = began.slice(i + 1).find((at) => at !== null) ?? null;
    const own = began[i] ?? null;
    if (own === null && next !== null)
      return { ...step, startsAt: null, begun: false, endedAt: null, dueAt: null, state: 'skipped' };
    const endedAt = own === null ? null : (next ?? clock.stoppedAt);
    const startsAt = own ?? before;
    const from = startsAt === null ? null : underWay(startsAt, endedAt, clock);
    const stands = clock.openPause !== null && (endedAt === null || endedAt > clock.openPause.from);
    const due =
      from === null || stands
        ? null
        : dueOf(step, from, calendarOf(step.department), { ...input, first: i === 0, paused: true });
    const dueAt = due === null || caseDue === null ? due : Math.min(due, caseDue);
    before = dueAt;
    if (untold > 0 && i <= untold)
      return { ...step, startsAt, begun: false, endedAt: null, dueAt, state: i < untold ? 'passed' : 'held' };
    const told = { ...step, startsAt, begun: own !== null, endedAt, dueAt };
    return { ...told, state: stateOf(told, stands, now) };
  });
}

/** A term under way when the whole term began anew counts from there. */
const underWay = (began: LocalSecond, ended: LocalSecond | null, clock: CaseClock): LocalSecond =>
  ended !== null && ended <= clock.startedAt ? began : Math.max(began, clock.startedAt);

function consultation(asked: Consultation, planned: LimitStep | null, input: ScheduleInput): ScheduledStep {
  const term = asked.term ?? planned;
  const dueAt = term && consultationDue({ ...asked, term }, input.calendarOf(null), input.timeOfDay);
  const told = {
    ...{ name: planned?.name ?? asked.body, department: asked.body, kind: 'consultation' as const },
    ...{ amount: term?.amount ?? null, unit: term?.unit ?? ('working-days' as const) },
    ...{ startsAt: asked.askedAt, begun: true, endedAt: asked.answeredAt, dueAt },
  };
  return { ...told, state: stateOf(told, false, input.now) };
}

/** When the body asked has to have answered; null without a term or a calendar. Pauses of the case do not matter. */
export function consultationDue(
  { askedAt, term }: Consultation,
  calendar: WorkingCalendar,
  timeOfDay: TimeOfDayPolicy,
): LocalSecond | null {
  if (term === null) return null;
  const clock: CaseClock = {
    ...{ receivedAt: askedAt, startedAt: askedAt, pauses: [], openPause: null },
    ...{ restarted: false, restarts: [], supplementRequests: 0, stoppedAt: null },
  };
  return dueOf(term, askedAt, calendar, { clock, limit: null, timeOfDay, first: false, paused: false });
}

/** The steps of the limit in their order, then the consultations that it does not foresee. */
export function scheduleSteps(input: ScheduleInput): ScheduledStep[] {
  const processing = processingSteps(input);
  const left = [...input.consultations];
  const foreseen = input.steps.map((step): ScheduledStep => {
    if (step.kind === 'processing') return processing.shift()!;
    const at = left.findIndex((c) => c.body === step.department || c.body === step.name);
    const [asked] = at < 0 ? [] : left.splice(at, 1);
    if (asked) return consultation(asked, step, input);
    return { ...step, startsAt: null, begun: false, endedAt: null, dueAt: null, state: 'planned' };
  });
  return [...foreseen, ...left.map((asked) => consultation(asked, null, input))];
}
