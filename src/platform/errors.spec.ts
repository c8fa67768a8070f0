import { AppError, ERROR_CODES } from './errors';

/** Every placeholder is filled, whatever its name. */
const args = new Proxy({}, { get: () => 'x', has: () => true }) as Record<string, string>;

describe.each(ERROR_CODES)('the error %s', (code) => {
  const error = new AppError(code, args);
  const texts = [error.message, error.remedy].filter((text) => text !== '');

  it('is worded plainly: a sentence, no exclamation, no pleading, nothing left empty', () => {
    for (const text of texts) {
      expect(text).not.toMatch(/!|vui lòng|undefined|\bnull\b|\bNaN\b/i);
      expect(text).toMatch(/^[\p{Lu}“\dx]/u);
      expect(text).toMatch(/[.”x:]$/);
    }
  });

  it('has a status of the 400s or 500s', () => {
    expect(error.status).toBeGreaterThanOrEqual(400);
    expect(error.status).toBeLessThan(600);
  });
});
