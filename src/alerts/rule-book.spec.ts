import { RuleBook, type StoredRule } from './rule-book';

const rule = (
  id: number,
  key: string,
  unitId: number | null = null,
  procedureId: number | null = null,
  active = true,
): StoredRule => ({
  ...{ id, key, name: key, unitId, procedureId, active },
  ...{ theme: 'deadline', moment: 'before', amount: 2, measure: 'working-days' },
  ...{ recipients: ['officer'], channels: ['email'], urgency: 'day', climbTo: [], climbHours: 4 },
});
const ids = (rules: StoredRule[], communeId: number, procedureId = 50) =>
  new RuleBook(rules).of(communeId, procedureId).map((r) => r.id);

describe('the rules of a commune', () => {
  const common = [rule(1, 'before-2'), rule(2, 'overdue')];

  it('are the common ones', () => expect(ids(common, 7)).toEqual([1, 2]));

  it('replace a common one of the same key, for this commune only', () => {
    const rules = [...common, rule(3, 'before-2', 7)];
    expect(ids(rules, 7)).toEqual([2, 3]);
    expect(ids(rules, 8)).toEqual([1, 2]);
  });

  it('may switch a common one off', () => {
    expect(ids([...common, rule(3, 'overdue', 7, null, false)], 7)).toEqual([1]);
  });

  it('leave out what is switched off for all', () => {
    expect(ids([rule(1, 'before-2', null, null, false), rule(2, 'overdue')], 7)).toEqual([2]);
  });

  it('give way to those of a procedure, whoever made them', () => {
    const rules = [...common, rule(3, 'overdue', 7), rule(4, 'overdue', null, 50), rule(5, 'overdue', 8, 50)];
    expect(ids(rules, 7, 50)).toEqual([1, 4]);
    expect(ids(rules, 7, 51)).toEqual([1, 3]);
    expect(ids(rules, 8, 50)).toEqual([1, 5]);
  });
});
