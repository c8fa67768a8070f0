/** '<20260826024200000.uuid@host>'; the host is that of the sender's address. */
export function messageIdOf(at: Date, unique: string, from: string): string {
  const host = /@([^\s>@]+)/.exec(from)?.[1] ?? 'localhost';
  return `<${at.toISOString().replace(/\D/g, '')}.${unique}@${host}>`;
}

/** The part before the host: the same at every attempt. */
export const localPartOf = (messageId: string): string => messageId.replace(/^<|@.*$/g, '');
