import type { DueStep } from '../domain/due-explanation';
import { toInstant } from '../domain/local-date';
import type { CalculationAnswer } from './calculation-answer.dto';
import type { Answer } from './calculation.service';
import { instant, presentAccount } from './case-json';
import { accountView, clockTime } from './due-view';

function presentMismatch(steps: DueStep[]): CalculationAnswer['mismatch'] {
  const found = steps.find((step) => step.kind === 'mismatch');
  if (!found) return null;
  const { promisedAt, dueAt, cause, workingDays } = found;
  return { promisedAt: instant(toInstant(promisedAt)), dueAt: instant(toInstant(dueAt)), cause, workingDays };
}

/**
 * The REST form of an answer.
 * @param base address of this service, without a slash at the end
 */
export function presentCalculation(answer: Answer, sentences: string[], base: string): CalculationAnswer {
  const { limit, place, procedure } = answer;
  const view = accountView(answer.account, limit);
  const { state, at, since, forecast, year } = view.due;
  const { receptionCutoff: cutoff } = limit;
  return {
    // There is always a limit: a procedure without one was refused.
    due: {
      state: state as CalculationAnswer['due']['state'],
      at: instant(at),
      since: instant(since),
      forecast,
      year,
    },
    procedure: procedure && { code: procedure.code, name: procedure.name },
    limit: {
      amount: limit.amount,
      unit: limit.unit,
      receptionCutoff: cutoff === null ? null : clockTime(cutoff),
      supplementMode: limit.supplementMode,
      timeOfDay: limit.timeOfDay ?? place.timeOfDay,
    },
    calendar: { version: place.calendarVersionId, unit: place.code },
    account: presentAccount(view),
    mismatch: presentMismatch(answer.account.steps),
    sentences,
    link: `${base}${answer.link}`,
  };
}
