import { type AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface TestMailServer {
  /** smtp:// address for SMTP_URL */
  url: string;
  /** Mails accepted so far, oldest first. */
  received: ParsedMail[];
  /** Answers the next mails with this SMTP error; null accepts again. */
  refuse(error: { code: number; message: string } | null): void;
  /** Resolves once `count` mails have arrived. */
  waitFor(count: number): Promise<ParsedMail[]>;
  close(): Promise<void>;
}

/** A real SMTP server in this process. */
export async function startMailServer(): Promise<TestMailServer> {
  const received: ParsedMail[] = [];
  const waiting = new Set<() => void>();
  let refusal: { code: number; message: string } | null = null;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, _session, done) {
      void simpleParser(stream).then((mail) => {
        if (refusal) return done(Object.assign(new Error(refusal.message), { responseCode: refusal.code }));
        received.push(mail);
        done();
        for (const look of waiting) look();
      }, done);
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    refuse: (error) => {
      refusal = error;
    },
    waitFor: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (received.length < count) return;
          waiting.delete(look);
          resolve(received);
        };
        waiting.add(look);
        look();
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
