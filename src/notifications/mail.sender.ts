export interface MailAttachment {
  filename: string;
  contentType: string;
  content: Buffer;
}

/** One message, ready to go: everything in it is already text for its reader. */
export interface Mail {
  /** '<uuid@host>'; the same at every attempt, so that a mail server can drop the second copy. */
  messageId: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  html: string;
  date: Date;
  /** who writes, where it is an office and not this program */
  fromName?: string;
  attachments?: MailAttachment[];
}

/** Hands one mail over: rejects with `DeliveryRefused`, or with another error to be tried again. */
export abstract class MailSender {
  /** False where mails stay on this machine. */
  abstract readonly reachesPeople: boolean;

  /** @returns the server's words when it took the mail */
  abstract send(mail: Mail): Promise<string>;
}
