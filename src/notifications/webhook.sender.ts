import { Injectable } from '@nestjs/common';
import dns from 'node:dns';
import * as http from 'node:http';
import * as https from 'node:https';
import type { LookupFunction } from 'node:net';
import { Clock } from '../platform/clock';
import { Runtime } from '../platform/runtime';
import { DeliveryRefused } from './delivery-refused';
import { isPublicAddress, literalAddress } from './public-address';
import { SIGNATURE_HEADER, signatureOf } from './webhook-signature';

/** Well below the time after which an unfinished attempt may be taken over. */
const PATIENCE = 15_000;
/** Bytes of an answer that are read: enough to say why it was refused. */
const LONGEST_ANSWER = 2_048;
const QUOTED = 200;

/** Client errors that pass: the receiver is slow or has too much to do. */
const PASSING = new Set([408, 429]);

export interface WebhookMessage {
  url: string;
  secret: string;
  /** the same at every attempt: the receiver drops what it has already */
  idempotencyKey: string;
  body: string;
}

export interface Question {
  authorization: string;
  /** bytes of the answer that are read */
  longest: number;
}

export interface Answer {
  status: number;
  text: string;
}

/** Why an address is not written to. */
export class AddressRefused extends DeliveryRefused {
  constructor(readonly fault: 'no-url' | 'scheme' | 'credentials' | 'private' | 'unknown-host') {
    super(`address refused: ${fault}`);
  }
}

/** Posts a signed message. A name is looked up once, and the connection goes to the address that was looked at. */
@Injectable()
export class WebhookSender {
  private readonly openToPrivate: boolean;

  constructor(
    runtime: Runtime,
    private readonly clock: Clock,
  ) {
    this.openToPrivate = runtime.env.ALLOW_PRIVATE_WEBHOOKS;
  }

  /** @throws AddressRefused unless messages may go there now */
  async check(text: string): Promise<URL> {
    const url = this.permitted(text);
    if (literalAddress(url) !== null) return url;
    await new Promise<void>((resolve, reject) => {
      this.lookup(url.hostname, { all: true }, (error) => {
        if (error instanceof AddressRefused) reject(error);
        else if (error) reject(new AddressRefused('unknown-host'));
        else resolve();
      });
    });
    return url;
  }

  /**
   * @returns status and first words of the answer
   * @throws DeliveryRefused when refused for good, another error when it may be taken later
   */
  async post({ url, secret, idempotencyKey, body }: WebhookMessage): Promise<string> {
    const headers = {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
      'User-Agent': 'dung-hen',
      'Idempotency-Key': idempotencyKey,
      [SIGNATURE_HEADER]: signatureOf(secret, body, this.clock.now()),
    };
    const { status, text } = await this.request(this.permitted(url), headers, body);
    const told = `${status} ${text.slice(0, QUOTED)}`.trim();
    if (status >= 200 && status < 300) return told;
    if (status >= 400 && status < 500 && !PASSING.has(status)) throw new DeliveryRefused(told);
    throw new Error(told);
  }

  /** Posts JSON to another service and reads its answer. @throws AddressRefused, Error when there is no answer */
  async ask(url: string, body: string, { authorization, longest }: Question): Promise<Answer> {
    const headers = {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(body),
      'User-Agent': 'dung-hen',
      Authorization: authorization,
    };
    return this.request(this.permitted(url), headers, body, longest);
  }

  /** What the address says by itself, without asking anybody. */
  private permitted(text: string): URL {
    if (!URL.canParse(text)) throw new AddressRefused('no-url');
    const url = new URL(text);
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && this.openToPrivate))
      throw new AddressRefused('scheme');
    if (url.username || url.password) throw new AddressRefused('credentials');
    const literal = literalAddress(url);
    if (literal !== null && !this.mayReach(literal)) throw new AddressRefused('private');
    return url;
  }

  private mayReach(address: string): boolean {
    return this.openToPrivate || isPublicAddress(address);
  }

  /** One private address among several is enough to refuse: which one is used would be left to chance. */
  private readonly lookup: LookupFunction = (hostname, options, done) => {
    dns.lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '', 0);
      if (found.length === 0 || !found.every(({ address }) => this.mayReach(address)))
        return done(new AddressRefused('private'), '', 0);
      if (options.all) return done(null, found);
      return done(null, found[0]!.address, found[0]!.family);
    });
  };

  /** Redirects are answers like others: nobody checked where they lead. */
  private request(
    url: URL,
    headers: http.OutgoingHttpHeaders,
    body: string,
    longest = LONGEST_ANSWER,
  ): Promise<Answer> {
    const { request } = url.protocol === 'https:' ? https : http;
    const signal = AbortSignal.timeout(PATIENCE);
    return new Promise((resolve, reject) => {
      const sent = request(url, { method: 'POST', headers, agent: false, lookup: this.lookup, signal });
      sent.on('error', (error) => reject(signal.aborted ? new Error('no answer in time') : error));
      sent.on('response', (response) => void answerOf(response, longest).then(resolve, reject));
      sent.end(body);
    });
  }
}

/** Status and the first bytes; the rest is not taken. */
async function answerOf(response: http.IncomingMessage, longest: number): Promise<Answer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= longest) break;
  }
  const text = Buffer.concat(chunks).subarray(0, longest).toString('utf8');
  return { status: response.statusCode ?? 0, text: text.replace(/\s+/g, ' ') };
}
