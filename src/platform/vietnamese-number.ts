/** 2141 → "2.141"; 3.8 → "3,8". `decimals` fixes how many follow the comma, else at most two. */
export function vietnameseNumber(value: number, decimals?: number): string {
  const text = decimals === undefined ? String(Math.round(value * 100) / 100) : value.toFixed(decimals);
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '.');
  return fraction ? `${grouped},${fraction}` : grouped;
}
