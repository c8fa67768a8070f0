/** Zero-width and direction marks: invisible, and able to make a name read differently from what is stored. */
const INVISIBLE = /[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g;
const CONTROL_OR_BLANK = /[\s\p{Cc}]+/gu;

/** Text as it is stored: NFC, no control or direction characters, single blanks; null when nothing is left. */
export function cleanText(text: string): string | null {
  if (text === '') return null;
  if (isClean(text)) return text;
  const clean = text.normalize('NFC').replace(INVISIBLE, '').replace(CONTROL_OR_BLANK, ' ').trim();
  return clean === '' ? null : clean;
}

/** Latin and Vietnamese letters in their composed form with single blanks between words: almost every cell. */
function isClean(text: string): boolean {
  let afterBlank = true;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 32) {
      if (afterBlank) return false;
      afterBlank = true;
      continue;
    }
    afterBlank = false;
    const plain =
      code < 127 ? code > 32 : (code >= 0xc0 && code < 0x300) || (code >= 0x1ea0 && code <= 0x1ef9);
    if (!plain) return false;
  }
  return !afterBlank;
}

/** A copy of its own: a slice would keep the whole piece of the file it was cut from in memory. */
export const ownCopy = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');
