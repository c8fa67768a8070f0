import type { LimitUnit } from './deadline';
import { stepFaults, type StepUnit, type TypedStep } from './step-limits';

const step = (amount: number | null, unit: StepUnit = 'working-days', more: Partial<TypedStep> = {}) => ({
  ...{ name: 'Thẩm định', department: 'Phòng Kinh tế', kind: 'processing' as const, amount, unit },
  ...more,
});

type Short = [amount: number, unit?: StepUnit];

describe('the steps of a limit together', () => {
  it.each<[number, LimitUnit, Short[], string]>([
    [5, 'working-days', [[1], [3], [1]], 'as many working days as the limit has'],
    [5, 'working-days', [[4], [8, 'working-hours']], 'eight working hours are worth a working day'],
    [16, 'working-hours', [[2]], 'a working day is worth eight working hours'],
    [10, 'days', [[10]], 'working days no more than the calendar days'],
    [1, 'months', [[22]], '22 working days a month'],
    [0, 'same-day', [[8, 'working-hours']], 'eight hours within the day'],
    [0, 'same-day', [[1]], 'a working day within the day'],
  ])('%d %s allow %j: %s', (amount, unit, steps) => {
    expect(
      stepFaults(
        { amount, unit },
        steps.map((s) => step(...s)),
      ),
    ).toEqual([]);
  });

  it.each<[number, LimitUnit, Short[], [number, number, StepUnit]]>([
    [5, 'working-days', [[3], [3]], [6, 5, 'working-days']],
    [5, 'working-days', [[5], [1, 'working-hours']], [41, 40, 'working-hours']],
    [8, 'working-hours', [[1], [1, 'working-hours']], [9, 8, 'working-hours']],
    [8, 'working-hours', [[2]], [16, 8, 'working-hours']],
    [10, 'days', [[11]], [11, 10, 'working-days']],
    [1, 'months', [[23]], [23, 22, 'working-days']],
    [0, 'same-day', [[9, 'working-hours']], [9, 8, 'working-hours']],
    [0, 'same-day', [[2]], [2, 1, 'working-days']],
  ])('%d %s refuse %j', (amount, unit, steps, [sum, allowed, told]) => {
    const faults = stepFaults(
      { amount, unit },
      steps.map((s) => step(...s)),
    );
    expect(faults).toEqual([{ fault: 'sum', sum, allowed, unit: told }]);
  });

  it('a consultation is no part of the sum', () => {
    const consultation = step(15, 'working-days', { kind: 'consultation' });
    expect(stepFaults({ amount: 5, unit: 'working-days' }, [step(5), consultation])).toEqual([]);
  });

  it('nothing is said about the sum while the limit cannot be read', () => {
    expect(stepFaults(null, [step(900)])).toEqual([]);
  });
});

describe('a step of a limit', () => {
  it.each<[string, Partial<TypedStep>, string[]]>([
    ['needs a name', { name: ' ' }, ['name']],
    ['needs a department', { department: null }, ['department']],
    ['needs an amount', { amount: null }, ['amount']],
    ['takes at least one', { amount: 0 }, ['amount']],
    ['takes whole ones', { amount: 1.5 }, ['amount']],
    ['takes fewer than ten thousand', { amount: 10_000 }, ['amount']],
    ['tells all its faults', { name: '', department: null, amount: -1 }, ['name', 'department', 'amount']],
    [
      'needs them as a consultation too',
      { kind: 'consultation', amount: 0, department: null },
      ['department', 'amount'],
    ],
  ])('%s', (_, wrong, expected) => {
    const faults = stepFaults({ amount: 5, unit: 'working-days' }, [step(1), step(1, 'working-days', wrong)]);
    expect(faults).toEqual(expected.map((fault) => ({ fault, index: 1 })));
  });
});
