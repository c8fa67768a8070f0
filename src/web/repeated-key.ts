/** Deeper than any payload; what is deeper was made to exhaust a reader. */
export const MAX_DEPTH = 64;

/**
 * A key that an object of the JSON text holds twice, or null. `JSON.parse` keeps the last of the two without a word;
 * comparing the number of colons with the number of keys finds out at the price of one pass.
 */
export function repeatedKey(text: string, parsed: object): string | null {
  if (colonsIn(text) === keysIn(parsed)) return null;
  const open: Set<string>[] = [];
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"\s*:|"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (token.endsWith(':')) {
      const key = JSON.parse(token.slice(0, -1)) as string;
      if (open.at(-1)?.has(key)) return key;
      open.at(-1)?.add(key);
    }
  }
  return null;
}

/** Colons outside of strings. */
function colonsIn(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 58) count += 1;
    else if (code === 34) at = stringEnd(text, at + 1);
  }
  return count;
}

/** Place of the quotation mark that ends the string. */
function stringEnd(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let backslashes = 0;
    while (text.charCodeAt(at - 1 - backslashes) === 92) backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
  return text.length;
}

/** Levels of nesting; no further counted than one beyond what is allowed. */
export function depthOf(value: unknown, depth = 1): number {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return depth;
  let deepest = depth;
  for (const item of Object.values(value))
    if (typeof item === 'object' && item !== null) deepest = Math.max(deepest, depthOf(item, depth + 1));
  return deepest;
}

function keysIn(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + keysIn(item), 0);
  let count = 0;
  for (const item of Object.values(value)) count += 1 + (typeof item === 'object' ? keysIn(item) : 0);
  return count;
}
