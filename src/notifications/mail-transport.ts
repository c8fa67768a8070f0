import { createTransport } from 'nodemailer';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { DeliveryRefused } from './delivery-refused';
import { isMailAddress } from './mail-address';
import { type Mail, MailSender } from './mail.sender';
import { localPartOf } from './message-id';
import type { StoredMail } from './mailbox.reader';

/** Together well below the time after which an unfinished attempt may be taken over. */
const TIMEOUTS = {
  dnsTimeout: 10_000,
  connectionTimeout: 15_000,
  greetingTimeout: 15_000,
  socketTimeout: 60_000,
};

const SAFE = { disableFileAccess: true, disableUrlAccess: true };

/** 'Đúng Hẹn <dung-hen@localhost>' -> 'dung-hen@localhost' */
const addressIn = (from: string): string => /<([^>]+)>/.exec(from)?.[1] ?? from;

function composed(mail: Mail, from: string) {
  if (!isMailAddress(mail.to.address))
    throw new DeliveryRefused(`not a mail address: ${JSON.stringify(mail.to.address)}`);
  return {
    ...SAFE,
    from: mail.fromName ? { name: mail.fromName, address: addressIn(from) } : from,
    to: mail.to,
    subject: mail.subject.normalize('NFC'),
    text: mail.text.normalize('NFC'),
    html: mail.html.normalize('NFC'),
    messageId: mail.messageId,
    date: mail.date,
    attachments: mail.attachments,
    // RFC 3834: no out-of-office answer, no loop of bounces
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
  };
}

interface SmtpError extends Error {
  command?: string;
  responseCode?: number;
}

/** 5xx about this recipient or this text. A refused login or sender is our fault and is repaired, then sent. */
const refusedForGood = (e: SmtpError): boolean =>
  (e.responseCode ?? 0) >= 500 && (e.command === 'RCPT TO' || e.command === 'DATA');

/** A pool of connections to the server of SMTP_URL. */
export class SmtpSender extends MailSender {
  readonly reachesPeople = true;
  private readonly transport;

  constructor(
    url: string,
    private readonly from: string,
  ) {
    super();
    // No repetition inside the pool: the queue repeats, and knows how often.
    this.transport = createTransport({ url, pool: true, maxConnections: 3, maxRequeues: 0, ...TIMEOUTS });
  }

  async send(mail: Mail): Promise<string> {
    try {
      const { response } = await this.transport.sendMail(composed(mail, this.from));
      return response;
    } catch (error) {
      if (refusedForGood(error as SmtpError)) throw new DeliveryRefused((error as Error).message);
      throw error;
    }
  }

  close(): void {
    this.transport.close();
  }
}

/** Without a mail server: files that an administrator reads on a page. Sending again replaces the file. */
export class MailboxSender extends MailSender {
  readonly reachesPeople = false;
  private readonly transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

  constructor(
    private readonly folder: string,
    private readonly from: string,
  ) {
    super();
  }

  async send(mail: Mail): Promise<string> {
    const { message } = await this.transport.sendMail(composed(mail, this.from));
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const name = path.join(this.folder, localPartOf(mail.messageId));
    const { messageId, to, subject, text, date } = mail;
    const stored: StoredMail = { messageId, to, subject, text, at: date.toISOString(), from: this.from };
    await this.put(`${name}.eml`, message as Buffer);
    await this.put(`${name}.json`, JSON.stringify(stored, null, 2));
    return 'kept in the mailbox of this machine';
  }

  /** Renamed into place: a reader never meets half a mail. */
  private async put(file: string, content: Buffer | string): Promise<void> {
    const scratch = `${file}.${process.pid}.new`;
    await writeFile(scratch, content, { mode: 0o600 });
    await rename(scratch, file);
  }
}
