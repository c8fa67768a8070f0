import { at, officialCalendar } from '../../test/fixtures/calendar/official-calendar';
import { isFalseOverdue, OVERDUE_CAUSES, overdueCauses, type OverdueFacts } from './false-overdue';
import { parseIsoDay } from './local-date';

const calendar = officialCalendar();
const day = parseIsoDay;
/** A Wednesday morning. */
const NOW = at('2026-08-26 09:42');

const open: OverdueFacts = {
  open: true,
  settledDay: null,
  deadlineAt: at('2026-08-24 17:00'),
  computedDueAt: at('2026-08-24 17:00'),
  resultDay: null,
  pausedFrom: null,
  standing: null,
  pauseUntold: false,
  settledElsewhere: false,
  mismatch: 'none',
};
const settled: OverdueFacts = {
  ...open,
  open: false,
  settledDay: day('2026-08-25'),
  resultDay: day('2026-08-25'),
};
const causes = (facts: OverdueFacts): string[] => overdueCauses(facts, NOW, calendar);

type Row = [name: string, facts: OverdueFacts, causes: string[]];

describe('a case that is truly late raises no suspicion', () => {
  it.each<Row>([
    ['overdue, nothing else known', open, []],
    ['settled after the deadline day', settled, []],
    [
      'settled late by the promise and by the calendar',
      { ...settled, computedDueAt: at('2026-08-21 17:00') },
      [],
    ],
    ['overdue without anything to compare with', { ...open, computedDueAt: null }, []],
    ['a result, but after the deadline day', { ...open, resultDay: day('2026-08-25') }, []],
    [
      'papers asked for only after the deadline day, which starts the term anew',
      { ...settled, pausedFrom: at('2026-08-25 08:00'), computedDueAt: at('2026-09-03 17:00') },
      [],
    ],
    ['late in spite of its pause', { ...settled, pausedFrom: at('2026-08-13 10:00') }, []],
    [
      'standing still since after the deadline day',
      {
        ...open,
        computedDueAt: null,
        pausedFrom: at('2026-08-13 10:00'),
        standing: { since: at('2026-08-25 08:00') },
      },
      [],
    ],
  ])('%s', (_name, facts, expected) => {
    expect(causes(facts)).toEqual(expected);
  });
});

describe('a case that is not late raises no suspicion of false overdue', () => {
  const early = {
    resultDay: day('2026-08-20'),
    pausedFrom: at('2026-08-13 10:00'),
    pauseUntold: true,
    settledElsewhere: true,
  };
  it.each<Row>([
    ['the deadline is still to come', { ...open, ...early, deadlineAt: at('2026-08-28 17:00') }, []],
    [
      'the hour promised has passed, the office is open',
      { ...open, ...early, deadlineAt: at('2026-08-26 08:00') },
      [],
    ],
    ['settled on the deadline day', { ...settled, ...early, settledDay: day('2026-08-24') }, []],
    ['withdrawn: nothing is owed any more', { ...open, ...early, open: false, deadlineAt: null }, []],
  ])('%s', (_name, facts, expected) => {
    expect(causes(facts)).toEqual(expected);
  });
});

describe('the causes of false overdue', () => {
  it.each<Row>([
    [
      'still open, though a result lies before the deadline',
      { ...open, resultDay: day('2026-08-21') },
      ['status-not-updated'],
    ],
    [
      'still open, with a result on the deadline day itself',
      { ...open, resultDay: day('2026-08-24') },
      ['status-not-updated'],
    ],
    [
      'settled late by the source, though the ledger knows an earlier result',
      { ...settled, resultDay: day('2026-08-24') },
      ['status-not-updated'],
    ],
    [
      'settled in time once the pause is counted out',
      { ...settled, pausedFrom: at('2026-08-13 10:00'), computedDueAt: at('2026-08-25 17:00') },
      ['pause-not-recorded'],
    ],
    [
      'open, and the deadline counted with the pause is still to come',
      { ...open, pausedFrom: at('2026-08-13 10:00'), computedDueAt: at('2026-08-28 17:00') },
      ['pause-not-recorded'],
    ],
    [
      'standing still since before the deadline',
      {
        ...open,
        computedDueAt: null,
        pausedFrom: at('2026-08-13 10:00'),
        standing: { since: at('2026-08-20 10:00') },
      },
      ['pause-not-recorded'],
    ],
    [
      'standing still since the deadline day, while the office was open',
      {
        ...open,
        computedDueAt: null,
        pausedFrom: at('2026-08-13 10:00'),
        standing: { since: at('2026-08-24 16:59') },
      },
      ['pause-not-recorded'],
    ],
    [
      'standing still, nobody knows since when',
      { ...open, computedDueAt: null, standing: { since: null } },
      ['pause-not-recorded'],
    ],
    [
      'standing still, and the moment known is only when an import learnt of it',
      {
        ...open,
        computedDueAt: null,
        pausedFrom: at('2026-08-13 10:00'),
        pauseUntold: true,
        standing: { since: at('2026-08-25 08:00') },
      },
      ['pause-not-recorded'],
    ],
    [
      'settled late after a pause of which nobody told the beginning',
      { ...settled, pausedFrom: at('2026-08-13 10:00'), pauseUntold: true },
      ['pause-not-recorded'],
    ],
    [
      'settled in time by the calendar, late by a promise that is too early',
      { ...settled, computedDueAt: at('2026-08-25 17:00'), mismatch: 'counted-wrong' },
      ['wrong-calendar'],
    ],
    [
      'open, overdue by the promise, still running by the calendar',
      { ...open, computedDueAt: at('2026-08-26 17:00'), mismatch: 'counted-wrong' },
      ['wrong-calendar'],
    ],
    ['settled in time under another code', { ...open, settledElsewhere: true }, ['duplicate-code']],
    [
      'several causes at once, in the order of the list',
      {
        ...open,
        resultDay: day('2026-08-24'),
        computedDueAt: at('2026-08-28 17:00'),
        settledElsewhere: true,
      },
      ['status-not-updated', 'wrong-calendar', 'duplicate-code'],
    ],
  ])('%s', (_name, facts, expected) => {
    expect(causes(facts)).toEqual(expected);
  });
});

describe('a promise that differs from the calendar without a false overdue', () => {
  it.each<Row>([
    [
      'too early, but the result came in time',
      {
        ...settled,
        settledDay: day('2026-08-21'),
        computedDueAt: at('2026-08-25 17:00'),
        mismatch: 'counted-wrong',
      },
      ['wrong-promise'],
    ],
    [
      'later by a known way to count wrongly, and late by both',
      { ...settled, computedDueAt: at('2026-08-22 17:00'), mismatch: 'counted-wrong' },
      ['wrong-promise'],
    ],
    [
      'of a case withdrawn since',
      { ...open, open: false, deadlineAt: null, mismatch: 'counted-wrong' },
      ['wrong-promise'],
    ],
    [
      'later for no known reason',
      { ...open, deadlineAt: at('2026-08-28 17:00'), mismatch: 'unexplained' },
      ['unexplained-promise'],
    ],
    [
      'beside another cause',
      {
        ...open,
        resultDay: day('2026-08-24'),
        computedDueAt: at('2026-08-21 17:00'),
        mismatch: 'counted-wrong',
      },
      ['status-not-updated', 'wrong-promise'],
    ],
    [
      'never beside the false overdue it made itself',
      { ...open, computedDueAt: at('2026-08-28 17:00'), mismatch: 'counted-wrong' },
      ['wrong-calendar'],
    ],
  ])('%s', (_name, facts, expected) => {
    expect(causes(facts)).toEqual(expected);
  });

  it('is no false overdue', () => {
    expect(OVERDUE_CAUSES.filter((cause) => !isFalseOverdue(cause))).toEqual([
      'wrong-promise',
      'unexplained-promise',
    ]);
  });
});
