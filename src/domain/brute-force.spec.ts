/**
 * The engine against a slow oracle that shares no code with it. Seeded; a disagreement is reported with the seed
 * that makes it again: ORACLE_SEED=<seed> npx jest src/domain/brute-force
 */
import { DAY, type DueCase, type Oracle } from '../../test/fixtures/calendar/oracle';
import { disagreements, ORACLE_QUESTIONS } from '../../test/fixtures/calendar/oracle-questions';
import { ledgerOf, randomDueCase } from '../../test/fixtures/calendar/random-cases';
import { explainDue, type DueAccount, type DueStep } from './due-explanation';

/** The due second told by cells and steps alone; the calendar is asked for closings and rest days only. */
function replay(account: DueAccount, c: DueCase, oracle: Oracle): number {
  const minute = (local: number) => local / 60 - oracle.origin;
  const steps = <K extends DueStep['kind']>(kind: K) =>
    account.steps.filter((s): s is Extract<DueStep, { kind: K }> => s.kind === kind);
  const start = minute(account.startedAt);
  const [hours] = steps('hours');
  if (hours) {
    const ran = hours.spans.reduce((sum, { from, to }) => sum + to - from, 0);
    return ran === c.limit.amount * 3600 ? minute(hours.spans.at(-1)!.to) * 60 : NaN;
  }
  const numbered = account.cells.find((cell) => cell.ordinal === c.limit.amount);
  let day: number;
  if (c.limit.unit === 'months') day = steps('months')[0]!.endDay - oracle.firstDay;
  else if (c.limit.unit !== 'same-day') day = numbered!.day - oracle.firstDay;
  else if (steps('same-day')[0]) day = Math.floor(start / DAY);
  else day = steps('cutoff-passed')[0]!.nextDay - oracle.firstDay;
  for (const { from, days, pushes } of steps('paused')) {
    const within = Math.floor(minute(from) / DAY) < day;
    if (pushes || (c.limit.unit === 'months' && within)) day += days.length;
    else if (c.limit.unit === 'same-day' && within) day = oracle.addDays(day, days.length);
  }
  while (!oracle.works(day)) day++;
  for (const { to } of steps('paused')) {
    if (oracle.instant(day, start, c) > minute(to!) * 60) continue;
    day = Math.floor(minute(to!) / DAY);
    while (!oracle.works(day) || oracle.instant(day, start, c) <= minute(to!) * 60) day++;
  }
  return oracle.instant(day, start, c);
}

describe('250,000 random questions, the engine and the oracle agree', () => {
  it.each(ORACLE_QUESTIONS)('on $about ($count)', ({ name, count, ask }) => {
    expect(disagreements(name, count, ask)).toEqual([]);
  });

  it('and they are 250,000', () => {
    expect(ORACLE_QUESTIONS.reduce((sum, { count }) => sum + count, 0)).toBe(250_000);
  });
});

describe('the account of a deadline', () => {
  it('replayed, gives the same instant (25,000)', () => {
    const found = disagreements('replay', 25_000, (chance, calendar, oracle) => {
      const c = { ...randomDueCase(chance), open: null };
      const input = { events: ledgerOf(c, oracle, chance), limit: c.limit, calendar, timeOfDay: c.timeOfDay };
      const account = explainDue({ ...input, today: oracle.firstDay + 100 + chance(900), promisedAt: null });
      const replayed = () =>
        account.due.state === 'due' ? oracle.origin * 60 + replay(account, c, oracle) : 'no-calendar';
      return [c, replayed, () => (account.due.state === 'due' ? account.due.dueAt : account.due.state)];
    });
    expect(found).toEqual([]);
  });
});
