const PART = String.raw`[^\s@<>()[\]\\,;:"\p{C}]+`;
const ADDRESS = new RegExp(`^${PART}@${PART}$`, 'u');

/** RFC 5321 4.5.3.1.3 */
const LONGEST = 254;

/** True for a plain address. Line breaks, lists and names around it are refused: they would add headers or readers. */
export const isMailAddress = (text: string): boolean => text.length <= LONGEST && ADDRESS.test(text);
