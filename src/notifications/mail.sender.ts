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

/** Hands one mail over: resolves when the server has taken it, rejects with `DeliveryRefused` or to be tried again. */
export abstract class MailSender {
  abstract send(mail: Mail): Promise<void>;
}
