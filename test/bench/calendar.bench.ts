import { disagreements, ORACLE_QUESTIONS } from '../fixtures/calendar/oracle-questions';
import { speedOfCalendar } from './calendar-speed';
import { reDating } from './re-dating';
import { figure, measured, type Bench, type Measurement } from './report';

function oracle(say: (line: string) => void): Measurement {
  const asked = ORACLE_QUESTIONS.reduce((sum, { count }) => sum + count, 0);
  say(`  ${figure(asked)} câu ngẫu nhiên, so với cách đếm từng phút`);
  const wrong = ORACLE_QUESTIONS.flatMap(({ name, count, ask }) => disagreements(name, count, ask, count));
  return measured({
    id: 'calendar.oracle',
    what: 'Sai khác với cách đếm từng phút',
    value: wrong.length,
    unit: `/ ${figure(asked)} câu`,
    target: { atMost: 0 },
  });
}

/** Targets 1 and 9. */
export const bench: Bench = async (say) => [
  ...(await speedOfCalendar(say)),
  oracle(say),
  ...(await reDating(say)),
];
