import { toLocalSecond } from '../domain/local-date';
import type { Consultation } from '../domain/step-schedule';
import { textIn } from './case-events';
import type { CaseEventRow } from './case.repository';

/** A consultation with the entry that tells of the request. */
export interface AskedConsultation extends Consultation {
  id: number;
  content: string | null;
}

/**
 * The consultations of a case, oldest first.
 * @param events that count
 */
export function consultationsOf(events: CaseEventRow[]): AskedConsultation[] {
  const answers = new Map(
    events.filter((e) => e.kind === 'consultation-answered').map((e) => [e.data.request, e.at]),
  );
  return events
    .filter((e) => e.kind === 'consultation-requested')
    .map(({ id, at, data }) => {
      const answer = answers.get(id);
      return {
        ...{ id, body: textIn(data.body) ?? '', content: textIn(data.text), askedAt: toLocalSecond(at) },
        answeredAt: answer ? toLocalSecond(answer) : null,
        term: typeof data.days === 'number' ? { amount: data.days, unit: 'working-days' as const } : null,
      };
    });
}
