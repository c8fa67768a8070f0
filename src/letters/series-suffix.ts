import type { DocumentKind } from './shipped-forms';

/** What stands for the kind of document in its sign ("16/XL-TTPVHCC"); each kind has a book of its own. */
const SIGNS: Partial<Record<DocumentKind, string>> = {
  'system-error-slip': 'XN',
  'supplement-request': 'HDHS',
  'stop-notice': 'TB',
};

/**
 * Sign of a document's series, from the office's sign for its letters of apology.
 * 'XL-TTPVHCC' -> 'XN-TTPVHCC' for a confirmation; an office without a dash: 'PXL' -> 'XN-PXL'.
 */
export function seriesSuffix(kind: DocumentKind, letters: string): string {
  const sign = SIGNS[kind];
  if (sign === undefined) return letters;
  const office = letters.includes('-') ? letters.slice(letters.indexOf('-') + 1) : letters;
  return `${sign}-${office}`;
}
