import { auditHash, canonicalJson, storable } from './audit-hash';

const facts = {
  at: new Date('2026-11-23T02:00:00.123Z'),
  actor: 'Lò Văn Pao',
  userId: 7,
  action: 'unit.updated',
  subject: 'unit:XA',
  detail: { b: 1, a: [true, null] },
};

describe('hash of an audit entry', () => {
  it('does not depend on the order of keys', () => {
    expect(canonicalJson({ b: { y: 1, x: 2 }, a: [{ d: 1, c: 2 }] })).toBe(
      '{"a":[{"c":2,"d":1}],"b":{"x":2,"y":1}}',
    );
    expect(auditHash({ ...facts, detail: { a: [true, null], b: 1 } }, null)).toEqual(auditHash(facts, null));
  });

  it.each([
    ['the instant', { at: new Date('2026-11-23T02:00:00.124Z') }],
    ['who', { actor: 'Lò Văn Páo' }],
    ['the account', { userId: null }],
    ['what', { action: 'unit.created' }],
    ['on what', { subject: 'unit:XB' }],
    ['the detail', { detail: { b: 1, a: [true] } }],
  ])('changes with %s', (_, change) => {
    expect(auditHash({ ...facts, ...change }, null)).not.toEqual(auditHash(facts, null));
  });

  it('changes with the entry before', () => {
    const previous = auditHash(facts, null);
    expect(auditHash(facts, previous)).not.toEqual(auditHash(facts, null));
  });

  it('is taken over what the database can keep', () => {
    expect(storable({ at: facts.at, gone: undefined, text: 'a\u0000b\ud800' })).toEqual({
      at: '2026-11-23T02:00:00.123Z',
      text: 'ab\ufffd',
    });
    expect(storable(undefined)).toEqual({});
  });
});
