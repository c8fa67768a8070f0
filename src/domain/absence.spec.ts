import { absenceFault, type AbsenceInput } from './absence';

const absence = (change: Partial<AbsenceInput> = {}): AbsenceInput => ({
  ...{ firstDay: 100, lastDay: 104, today: 98, userId: 1, substituteId: 2, substituteAway: [] },
  ...change,
});

describe('an absence', () => {
  it.each<[string, Partial<AbsenceInput>, ReturnType<typeof absenceFault>]>([
    ['with a substitute', {}, null],
    ['without one', { substituteId: null }, null],
    ['of one day, today', { firstDay: 98, lastDay: 98 }, null],
    ['that began before today', { firstDay: 90 }, null],
    ['that ends before it begins', { lastDay: 99 }, 'order'],
    ['that is over', { firstDay: 90, lastDay: 97 }, 'past'],
    ['of a whole year', { lastDay: 465 }, null],
    ['of more than a year', { lastDay: 466 }, 'too-long'],
    ['for whom oneself stands in', { substituteId: 1 }, 'oneself'],
    [
      'whose substitute is away all the time',
      { substituteAway: [{ firstDay: 99, lastDay: 110 }] },
      'substitute-away',
    ],
    ['whose substitute is away for a part', { substituteAway: [{ firstDay: 102, lastDay: 110 }] }, null],
  ])('%s (%j) is wrong in: %s', (_, change, fault) => expect(absenceFault(absence(change))).toBe(fault));
});
