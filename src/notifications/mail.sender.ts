/** One message, ready to go: everything in it is already text for its reader. */
export interface Mail {
  /** '<uuid@host>'; the same at every attempt, so that a mail server can drop the second copy. */
  messageId: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  date: Date;
}

/** The mail will never be taken: the address is wrong, or the server refused it for good. */
export class MailRefused extends Error {}

/** Hands one mail over: resolves when the server has taken it, rejects with `MailRefused` or to be tried again. */
export abstract class MailSender {
  abstract send(mail: Mail): Promise<void>;
}
