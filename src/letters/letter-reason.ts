import * as fs from 'node:fs';
import * as path from 'node:path';
import { fault } from '../web/form-fault';
import { linesOf } from '../documents/document-format';
import { firstUnprintable } from '../documents/font-coverage';
import { TEMPLATES_DIR } from '../platform/paths';
import type { FormFault } from '../web/page';

export const MAX_REASON = 2_000;

/** Objective: outside the office's power; subjective: its own fault. The reports of the year count them apart. */
export const REASON_NATURES = ['objective', 'subjective'] as const;
export type ReasonNature = (typeof REASON_NATURES)[number];

export interface ReasonGroup {
  nature: ReasonNature;
  reasons: string[];
}

/** The catalogue of an office that has not written its own. */
export const shippedReasons = (
  JSON.parse(fs.readFileSync(path.join(TEMPLATES_DIR, 'letters', 'reasons.json'), 'utf8')) as {
    groups: ReasonGroup[];
  }
).groups;

/** What a reason of the catalogue is; null for words of one's own. */
export const natureOf = (reason: string, catalogue: ReasonGroup[]): ReasonNature | null =>
  catalogue.find((group) => group.reasons.some((known) => cleanReason(known) === reason))?.nature ?? null;

/** As it is kept: composed letters, no blank lines, no blanks at the ends. */
export const cleanReason = (typed: string): string =>
  linesOf(typed.normalize('NFC'))
    .map((line) => line.replace(/\s+/g, ' '))
    .join('\n');

/** What a reason of the form `field` lacks; a letter without a reason is against Đ19.9. */
export function reasonFaults(reason: string, field: string): FormFault[] {
  if (!/\p{L}/u.test(reason)) return [fault(field, 'REASON_MISSING')];
  if (reason.length > MAX_REASON)
    return [fault(field, 'REASON_TOO_LONG', { most: MAX_REASON, length: reason.length })];
  const sign = firstUnprintable(reason);
  return sign === undefined ? [] : [fault(field, 'REASON_UNPRINTABLE', { sign })];
}

/** Paragraphs as printed: the template ends the first one, so its own full stop would be the second. */
export function reasonLines(reason: string | null): string[] {
  const [first, ...rest] = reason === null ? [] : linesOf(reason);
  if (first === undefined) return [];
  return [
    first.replace(/[.;,\s]+$/, ''),
    ...rest.map((line) => (/[.;:!?…]$/.test(line) ? line : `${line}.`)),
  ];
}
