/** A mail may be read over a shoulder or forwarded: it names an applicant by initials only. */
const MOST = 6;

/** 'Sùng A Lềnh và Hảng Thị Ly' → 'S.A.L.H.T.L.'; words in small letters are left out. */
export function initials(name: string): string {
  const words = name.normalize('NFC').split(/\s+/);
  const first = words.flatMap((word) => /^\p{Lu}/u.exec(word)?.[0] ?? []);
  return first
    .slice(0, MOST)
    .map((letter) => `${letter}.`)
    .join('');
}
