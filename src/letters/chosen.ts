import { z } from 'zod';

const MOST = 5_000;

/** Case codes of the ticked letters: one field, or the same field many times. */
export const chosenCodes = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((value) => [...new Set(value === undefined ? [] : [value].flat())].filter((code) => code !== ''))
  .refine((codes) => codes.length <= MOST);
