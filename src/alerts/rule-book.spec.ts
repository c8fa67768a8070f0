import { RuleBook, type StoredRule } from './rule-book';

const rule = (id: number, key: string, unitId: number | null, active = true): StoredRule => ({
  id,
  key,
  unitId,
  active,
  kind: 'before',
  amount: 2,
  recipients: ['department'],
});
const ids = (rules: StoredRule[], communeId: number) => new RuleBook(rules).of(communeId).map((r) => r.id);

describe('the rules of a commune', () => {
  const common = [rule(1, 'before-2', null), rule(2, 'overdue', null)];

  it('are the common ones', () => expect(ids(common, 7)).toEqual([1, 2]));

  it('replace a common one of the same key, for this commune only', () => {
    const rules = [...common, rule(3, 'before-2', 7)];
    expect(ids(rules, 7)).toEqual([2, 3]);
    expect(ids(rules, 8)).toEqual([1, 2]);
  });

  it('may switch a common one off', () => {
    expect(ids([...common, rule(3, 'overdue', 7, false)], 7)).toEqual([1]);
  });

  it('leave out what is switched off for all', () => {
    expect(ids([rule(1, 'before-2', null, false), rule(2, 'overdue', null)], 7)).toEqual([2]);
  });
});
