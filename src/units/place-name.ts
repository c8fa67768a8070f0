/** Kinds of the lower of the two levels of local government (Law 72/2025/QH15), and the old one still on paper. */
const COMMUNE_KINDS = ['Xã', 'Phường', 'Đặc khu', 'Thị trấn'];
const KINDS = [...COMMUNE_KINDS, 'Tỉnh', 'Thành phố'];

const kindOf = (name: string, kinds: string[]): string | undefined => {
  const given = name.normalize('NFC').trim().toLowerCase();
  return kinds.find((kind) => given.startsWith(`${kind.toLowerCase()} `));
};

/** True when the name begins with its kind: "Xã Bình Lư", not "Bình Lư". */
export const namesItsKind = (name: string): boolean => kindOf(name, COMMUNE_KINDS) !== undefined;

/** "Xã Bình Lư" -> "Bình Lư" */
export function placeOf(name: string): string {
  const kind = kindOf(name, KINDS);
  return kind ? name.trim().slice(kind.length).trim() : name.trim();
}

/** As inside a sentence: "Xã Bình Lư" -> "xã Bình Lư". */
export function communeLabel(name: string): string {
  const kind = kindOf(name, KINDS);
  return kind ? `${kind.toLowerCase()} ${placeOf(name)}` : name.trim();
}
