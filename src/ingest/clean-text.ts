/** Zero-width and direction marks: invisible, and able to make a name read differently from what is stored. */
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;
const CONTROL_OR_BLANK = /[\s\p{Cc}]+/gu;

/** Latin and Vietnamese letters in their composed form, single blanks between words: almost every cell. */
const CLEAN = /^[!-~\u00c0-\u02ff\u1ea0-\u1ef9]+(?: [!-~\u00c0-\u02ff\u1ea0-\u1ef9]+)*$/;

/** Text as it is stored: NFC, no control or direction characters, single blanks; null when nothing is left. */
export function cleanText(text: string): string | null {
  if (text === '') return null;
  if (CLEAN.test(text)) return text;
  const clean = text.normalize('NFC').replace(INVISIBLE, '').replace(CONTROL_OR_BLANK, ' ').trim();
  return clean === '' ? null : clean;
}

/** A copy of its own: a slice would keep the whole piece of the file it was cut from in memory. */
export const ownCopy = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');
