/** A phone number that is still recognised by who knows it: "0900003867" -> "09xx xxx 867". */
export function maskedPhone(phone: string | null): string | null {
  const digits = phone?.replace(/\D/g, '') ?? '';
  if (digits.length < 7) return phone === null || digits === '' ? null : 'x'.repeat(digits.length);
  return `${digits.slice(0, 2)}xx xxx ${digits.slice(-3)}`;
}
