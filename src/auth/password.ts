import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { plainWords } from '../units/department-name';
import type { ErrorCode } from '../platform/errors';

/** OWASP's second choice for argon2id: 19 MiB, two passes, one lane. */
const PARAMETERS = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 };

export const LEAST_LENGTH = 10;
/** Hashing is work: nobody may ask for much of it. */
export const GREATEST_LENGTH = 200;

/** Keyboards write Vietnamese letters composed or combined; both are the same password. */
const composed = (password: string): string => password.normalize('NFC');

export const hashPassword = (password: string): Promise<string> => hash(composed(password), PARAMETERS);

export const verifyPassword = (stored: string, password: string): Promise<boolean> =>
  verify(stored, composed(password));

/** The reason why a password is refused, or null. */
export function passwordFault(password: string, username: string): ErrorCode | null {
  const text = composed(password);
  if ([...text].length < LEAST_LENGTH) return 'PASSWORD_TOO_SHORT';
  const plain = plainWords(text).replaceAll(' ', '');
  if (new Set(text).size < 4) return 'PASSWORD_TOO_EASY';
  if (isRun(text) || holdsName(plain, plainWords(username).replaceAll(' ', ''))) return 'PASSWORD_TOO_EASY';
  if (/^(matkhau|password|dunghen|quantri|qwertyuiop|admin)[0-9]*$/.test(plain)) return 'PASSWORD_TOO_EASY';
  return null;
}

/** A short name such as "lan" may well occur inside a good phrase. */
const holdsName = (plain: string, name: string): boolean =>
  plain.replace(/[0-9]/g, '') === name || (name.length >= 5 && plain.includes(name));

/** "1234567890", "abcdefghij", "9876543210" */
function isRun(text: string): boolean {
  const steps = [...text].slice(1).map((c, i) => (c.codePointAt(0) ?? 0) - (text.codePointAt(i) ?? 0));
  const rises = steps.filter((step) => step === 1 || step === -9).length;
  const falls = steps.filter((step) => step === -1 || step === 9).length;
  return rises === steps.length || falls === steps.length;
}

/** Letters and digits that cannot be mistaken for each other on paper. */
const ALPHABET = 'abcdefghkmnpqrstuvwxyz23456789';

/** 16 characters in groups of four, 78 bits: "k7mp-x2rd-9wtn-hq4c". */
export function generatePassword(): string {
  const group = () => Array.from({ length: 4 }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('');
  return [group(), group(), group(), group()].join('-');
}
