import { seal, unseal } from './sealed-secret';

const KEY = 'a key for tests only, long enough for the check';

describe('a sealed secret', () => {
  it('is read again with the same key and purpose', () =>
    expect(unseal(seal('bí mật', KEY, 'webhook'), KEY, 'webhook')).toBe('bí mật'));

  it('never looks the same twice, and never shows its text', () => {
    expect(seal('secret', KEY, 'webhook')).not.toBe(seal('secret', KEY, 'webhook'));
    expect(Buffer.from(seal('secret', KEY, 'webhook'), 'base64url').toString()).not.toContain('secret');
  });

  it.each([
    ['another key', seal('secret', KEY.replace('key', 'kay'), 'webhook')],
    ['another purpose', seal('secret', KEY, 'session')],
    ['a changed byte', seal('secret', KEY, 'webhook').replace(/.$/, (c) => (c === 'A' ? 'Q' : 'A'))],
  ])('is refused with %s', (_, sealed) => expect(() => unseal(sealed, KEY, 'webhook')).toThrow());
});
