/** Letters and digits only, without marks and case: "Mã hồ sơ", "MÃ HỒ SƠ (*)" and "MaHoSo" are one key. */
export const plainKey = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('đ', 'd')
    .replace(/[^a-z0-9]+/g, '');
