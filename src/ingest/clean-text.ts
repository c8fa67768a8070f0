/** Zero-width and direction marks: invisible, and able to make a name read differently from what is stored. */
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;
const CONTROL_OR_BLANK = /[\s\p{Cc}]+/gu;

/** Text as it is stored: NFC, no control or direction characters, single blanks; null when nothing is left. */
export function cleanText(text: string): string | null {
  const clean = text.normalize('NFC').replace(INVISIBLE, '').replace(CONTROL_OR_BLANK, ' ').trim();
  return clean === '' ? null : clean;
}
