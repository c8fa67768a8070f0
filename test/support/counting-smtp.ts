import { type AddressInfo } from 'node:net';
import { setTimeout as after } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';

export interface CountingMailServer {
  url: string;
  /** How often each Message-ID was accepted. */
  accepted: Map<string, number>;
  close(): Promise<void>;
}

/** A real SMTP server that takes its time with each mail and keeps nothing of it but the Message-ID. */
export async function startCountingMailServer(delay: number): Promise<CountingMailServer> {
  const accepted = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, _session, done) {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        const id = /^Message-ID:\s*(\S+)/im.exec(Buffer.concat(pieces).toString('latin1'))?.[1] ?? '?';
        accepted.set(id, (accepted.get(id) ?? 0) + 1);
        void after(delay).then(() => done());
      });
    },
  });
  // A killed client is no fault of the server.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    accepted,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
