/**
 * Recognises a department under the many names exports give it: "P. KT", "VP HĐND&UBND", "TTPVHCC xã Bình Lư".
 * A name becomes a key (no marks, short forms spelled out, the commune's own name taken off); equal keys are one
 * department. Names that differ in substance are never merged: a wrong merge cannot be seen, a double can.
 */
export interface CommuneNames {
  /** with its kind, "Xã Bình Lư"; null while the commune has no name yet: then any commune's name is taken off */
  name: string | null;
  province: string | null;
}

const CENTRE_KEY = 'trung tam phuc vu hanh chinh cong';

/** Short form (as one or several key words) -> words spelled out. */
const SHORT_FORMS: Record<string, string> = {
  p: 'phong',
  vp: 'van phong',
  tt: 'trung tam',
  kt: 'kinh te',
  ht: 'ha tang',
  dt: 'do thi',
  vh: 'van hoa',
  xh: 'xa hoi',
  hcc: 'hanh chinh cong',
  pvhcc: 'phuc vu hanh chinh cong',
  ttpvhcc: CENTRE_KEY,
  tthcc: CENTRE_KEY,
  pkt: 'phong kinh te',
  ktht: 'kinh te ha tang',
  kthtdt: 'kinh te ha tang do thi',
  vhxh: 'van hoa xa hoi',
  pvhxh: 'phong van hoa xa hoi',
  vphdnd: 'van phong hdnd',
  vpubnd: 'van phong ubnd',
};

const SPELLED_OUT: [RegExp, string][] = [
  [/\bhoi dong nhan dan\b/g, 'hdnd'],
  [/\buy ban nhan dan\b/g, 'ubnd'],
  [/\b1 cua\b/g, 'mot cua'],
];

const SAME_DEPARTMENT: Record<string, string> = {
  'trung tam hanh chinh cong': CENTRE_KEY,
  'bo phan mot cua': CENTRE_KEY,
  'bo phan tiep nhan tra ket qua': CENTRE_KEY,
  'bo phan tiep nhan tra ket qua giai quyet thu tuc hanh chinh': CENTRE_KEY,
  ubnd: CENTRE_KEY,
  'van phong ubnd': 'van phong hdnd ubnd',
  'van phong ubnd hdnd': 'van phong hdnd ubnd',
};

const OFFICIAL_NAMES = [
  'Trung tâm Phục vụ hành chính công',
  'Văn phòng HĐND và UBND',
  'Phòng Kinh tế',
  'Phòng Kinh tế, Hạ tầng và Đô thị',
  'Phòng Văn hóa - Xã hội',
];

/** Letters and digits without marks, in lower case, words parted by one blank. */
export const plainWords = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** Equal keys are one department of the commune. */
export function departmentKey(name: string, commune: CommuneNames): string {
  const spelled = plainWords(name)
    .split(' ')
    .map((word) => SHORT_FORMS[word] ?? word)
    .filter((word) => word !== 'va')
    .join(' ');
  const usual = SPELLED_OUT.reduce((text, [from, to]) => text.replace(from, to), spelled);
  const own = withoutCommune(usual, commune);
  return own === '' ? CENTRE_KEY : (SAME_DEPARTMENT[own] ?? own);
}

/** The keys under which an existing unit is found; the centre answers to every name of a centre. */
export function keysOfUnit(
  unit: { name: string; kind: string; aliases: string[] },
  commune: CommuneNames,
): string[] {
  const own = [unit.name, ...unit.aliases].map((name) => departmentKey(name, commune));
  return unit.kind === 'centre' ? [...own, CENTRE_KEY] : own;
}

/** The name a new department gets: the official one when the file used a well-known short form. */
export function officialName(name: string, commune: CommuneNames): string {
  const key = departmentKey(name, commune);
  const official = OFFICIAL_NAMES.find((known) => departmentKey(known, commune) === key);
  return official ?? name.normalize('NFC').replace(/\s+/g, ' ').trim();
}

function withoutCommune(words: string, commune: CommuneNames): string {
  const withoutProvince = cutEnd(words, commune.province ? plainWords(commune.province) : null);
  if (commune.name === null) return withoutProvince.replace(ANY_COMMUNE, '').trim();
  const own = plainWords(commune.name);
  const place = own.replace(KIND, '');
  const rest = cutEnd(withoutProvince, own);
  if (rest === place) return '';
  return rest.replace(BARE_KIND, '').trim();
}

const cutEnd = (words: string, end: string | null): string =>
  end !== null && (words === end || words.endsWith(` ${end}`)) ? words.slice(0, -end.length).trim() : words;

const KIND = /^(xa|phuong|dac khu|thi tran) /;
/** "ỦY BAN NHÂN DÂN XÃ" names no commune but means the own one; "địa phương" is no ward. */
const BARE_KIND = /(?<!\bdia)(^| )(xa|phuong|dac khu|thi tran)$/;
/** From the kind of commune to the end; "xã hội" is no commune, "địa phương" is no ward. */
const ANY_COMMUNE = /(?<!\bdia)(^| )(xa(?! hoi\b)|phuong|dac khu|thi tran)( .*)?$/;
