import { z } from 'zod';

const MOST = 5_000;

/** Case codes of the ticked letters: one field, or the same field many times. */
export const chosenCodes = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => [...new Set(value === undefined ? [] : [value].flat())].filter((code) => code !== ''))
  .refine((codes) => codes.length <= MOST);

/** Numbers typed beside the codes, in the same order. */
export const typedNumbers = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => (value === undefined ? [] : [value].flat()).map((text) => text.trim()));

const LARGEST = 99_999;

/** "05" and "5" are the same number; null when it is none. */
export const numberOf = (text: string): number | null => {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= LARGEST ? number : null;
};
