import * as net from 'node:net';
import { AlertService } from '../../src/alerts/alert.service';
import { rows, type Tx } from '../../src/database/transaction';
import { DeliveryService } from '../../src/notifications/delivery.service';
import { NotificationService } from '../../src/notifications/notification.service';
import { startTestApp, type TestApp } from '../support/app';
import { createCase, createOffice, notifications, useDeadlineRules, type Office } from './alerts-fixture';

const at = (time: string) => new Date(`2026-08-26T${time}:00+07:00`);
const TODAY = '2026-08-26T17:30:00+07:00';

/** What a server answers to each command, until it behaves otherwise. */
type Manner =
  'takes' | 'silent' | 'hangs-up' | 'hangs-up-in-data' | 'refuses-sign-in' | 'busy' | 'unknown-reader';

/** As much of SMTP as it takes to misbehave. */
class UnrulyServer {
  manner: Manner = 'takes';
  accepted: string[] = [];
  private readonly sockets = new Set<net.Socket>();
  private readonly server = net.createServer((socket) => this.greet(socket));

  async listen(port = 0): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(port, '127.0.0.1', resolve));
    return (this.server.address() as net.AddressInfo).port;
  }

  /** Pooled connections are met anew. */
  hangUp(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.hangUp();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private greet(socket: net.Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
    if (this.manner === 'hangs-up') return void socket.destroy();
    if (this.manner !== 'silent') socket.write('220 here\r\n');
    let text = '';
    let inData = false;
    socket.on('data', (piece: Buffer) => {
      text += piece.toString('latin1');
      if (inData && this.manner === 'hangs-up-in-data') return void socket.destroy();
      for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        if (inData) {
          if (/^Message-ID:|^\s<.*@/i.test(line)) this.accepted.push(line.trim());
          if (line !== '.') continue;
          inData = false;
          socket.write('250 taken\r\n');
          continue;
        }
        inData = /^DATA/i.test(line);
        socket.write(`${this.answer(line)}\r\n`);
      }
    });
  }

  private answer(line: string): string {
    if (/^EHLO/i.test(line))
      return this.manner === 'refuses-sign-in' ? '250-here\r\n250 AUTH PLAIN' : '250 here';
    if (/^AUTH/i.test(line)) return '535 wrong password';
    if (/^MAIL/i.test(line)) return this.manner === 'busy' ? '421 too busy' : '250 ok';
    if (/^RCPT/i.test(line)) return this.manner === 'unknown-reader' ? '550 nobody here' : '250 ok';
    return /^DATA/i.test(line) ? '354 go on' : '250 ok';
  }
}

describe('a mail server that', () => {
  const server = new UnrulyServer();
  let port: number;
  let test: TestApp;
  let tx: Tx;
  let office: Office;

  beforeAll(async () => {
    port = await server.listen();
    const SMTP_URL = `smtp://ai:mat-khau@127.0.0.1:${port}/?greetingTimeout=400&socketTimeout=400&connectionTimeout=400`;
    test = await startTestApp({ now: at('09:00'), seed: 'none', env: { ROLE: 'web', SMTP_URL } });
    tx = test.db.manager;
    office = await createOffice(tx);
    await useDeadlineRules(tx);
  });
  beforeEach(async () => {
    test.clock.moveTo(at('09:00'));
    server.manner = 'takes';
    server.hangUp();
    await rows(tx, 'truncate case_record, notification cascade');
    await createCase(tx, office, { code: 'A', deadline: TODAY });
    await test.app.get(AlertService).sweep();
  });
  afterAll(async () => {
    await test.close();
    await server.stop();
  });

  const message = async () => (await notifications(tx))[0]!;
  const deliver = async () => test.app.get(DeliveryService).deliver((await message()).id);

  it.each<[Manner, string]>([
    ['hangs-up', 'hangs up at once'],
    ['hangs-up-in-data', 'drops the connection in the middle of the message'],
    ['silent', 'never says a word'],
    ['busy', 'is too busy'],
    ['refuses-sign-in', 'does not let the service sign in'],
  ])('is found to be %s: the message waits, and goes out when the server behaves again', async (manner) => {
    server.manner = manner;
    await expect(deliver()).rejects.toThrow();
    expect(await message()).toMatchObject({ state: 'pending', attempts: 1, sentAt: null });
    expect((await message()).error).toBeTruthy();
    server.manner = 'takes';
    server.hangUp();
    await deliver();
    expect(await message()).toMatchObject({ state: 'sent', attempts: 2, error: null });
  });

  it('knows no such reader: the message is given up and not begun again', async () => {
    server.manner = 'unknown-reader';
    await deliver();
    expect(await message()).toMatchObject({ state: 'failed', attempts: 1 });
    test.clock.moveTo(at('16:00'));
    await test.app.get(NotificationService).relay();
    await deliver();
    expect(await message()).toMatchObject({ state: 'failed', attempts: 1 });
  });

  it('is away: the message waits and goes out when it is back', async () => {
    await server.stop();
    await expect(deliver()).rejects.toThrow(/ECONNREFUSED|closed/);
    expect((await message()).state).toBe('pending');
    await server.listen(port);
    await deliver();
    expect((await message()).state).toBe('sent');
  });
});

describe('a clock that jumps', () => {
  let test: TestApp;
  let tx: Tx;
  let office: Office;
  beforeAll(async () => {
    test = await startTestApp({ now: at('09:00'), seed: 'none', env: { ROLE: 'web' } });
    tx = test.db.manager;
    office = await createOffice(tx);
    await useDeadlineRules(tx);
  });
  afterAll(() => test.close());
  const raised = async () =>
    (
      await rows<{ key: string }>(
        tx,
        'select r.key from alert a join alert_rule r on r.id = a.rule_id order by a.id',
      )
    ).map((a) => a.key);

  it('back and forth raises nothing twice and leaves nothing out', async () => {
    await createCase(tx, office, { code: 'A', deadline: TODAY });
    const sweep = () => test.app.get(AlertService).sweep();
    await sweep();
    test.clock.moveTo(at('06:00'));
    await sweep();
    expect(await raised()).toEqual(['due-today']);
    // Three days ahead, as after an outage, and back again.
    test.clock.moveTo(new Date('2026-08-29T10:00:00+07:00'));
    await sweep();
    test.clock.moveTo(at('09:30'));
    await sweep();
    test.clock.moveTo(new Date('2026-08-29T10:00:00+07:00'));
    await sweep();
    expect(await raised()).toEqual(['due-today', 'overdue', 'overdue']);
  });
});
