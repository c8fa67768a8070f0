import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Database } from '../database/transaction';
import { paddedNumber } from '../documents/document-format';
import type { WorkingCalendar } from '../domain/working-calendar';
import { Clock } from '../platform/clock';
import { deliveryReason } from '../platform/delivery-words';
import { labels } from '../platform/labels';
import { sendingLabels, sendingReason } from '../platform/sending-labels';
import { EVIDENCE_LIMIT_MB } from '../reconciliation/evidence-file';
import { fault } from '../web/form-fault';
import type { Reader } from '../web/reader';
import { typed } from '../web/typed-instant';
import { addresseeOf } from './addressee';
import { CHANNELS, DeliveryService, type DeliveryForm } from './delivery.service';
import { DeliveryRepository, type Attempt, type Contact } from './delivery.repository';
import { LetterComposer } from './letter-composer';
import { LetterMail } from './letter-mail';
import type { Letter } from './letter.repository';
import { LetterWebhook } from './letter-webhook';
import { sendingTiming } from './sending-time';
import { destinationOf, type MessageChannel, type MessageForm } from './sending.service';

/** Messages a page lists. */
const SHOWN = 500;
const TONES = { waiting: 'info', sent: 'safe', failed: 'late' } as const;

/** What was typed into one of the forms of the page. */
export interface TypedSending {
  record?: DeliveryForm;
  message?: Pick<MessageForm, 'kenh' | 'den'>;
}

/** View models: what was sent, and the forms to send more. */
@Injectable()
export class SendingPages {
  constructor(
    private readonly database: Database,
    private readonly records: DeliveryService,
    private readonly deliveries: DeliveryRepository,
    private readonly mail: LetterMail,
    private readonly webhook: LetterWebhook,
    private readonly composer: LetterComposer,
    private readonly clock: Clock,
  ) {}

  async page(reader: Reader, codes: string[], { record, message }: TypedSending): Promise<object> {
    const tx = this.database.pool;
    const letters = await this.records.sendable(reader, codes);
    const ids = letters.map((l) => l.id);
    const contacts = await this.deliveries.contacts(tx, ids);
    const single = letters.length === 1;
    const attempts = single ? await this.views(await this.deliveries.ofLetter(tx, ids[0]!), reader) : [];
    return {
      letters: letters.map(letterView),
      single,
      mayWrite: reader.role === 'clerk',
      base: `/thu-xin-loi/${single ? letters[0]!.code : 'theo-lo'}`,
      channels: CHANNELS,
      limitMb: EVIDENCE_LIMIT_MB,
      token: randomUUID(),
      newest: await this.deliveries.newest(tx, ids),
      attempts,
      ...{ waiting: attempts.some((a) => a.result === 'waiting'), many: false },
      form: record ?? this.emptyForm(letters),
      faulty: record ? 'record' : message ? (message.kenh === 'email' ? 'mail' : 'phone') : 'attempts',
      mail: await this.mailView(letters, contacts, message),
      phone: await this.phoneView(letters, contacts, message),
    };
  }

  /** Messages of one form, or the newest ones. */
  async messages(reader: Reader, token: string | null): Promise<object> {
    const found = await this.deliveries.messages(this.database.pool, reader.communeIds, token, SHOWN);
    const attempts = await this.views(found, reader);
    const count = (result: string) => attempts.filter((a) => a.result === result).length;
    const counts = { sent: count('sent'), waiting: count('waiting'), failed: count('failed') };
    return {
      attempts,
      counts,
      waiting: counts.waiting > 0,
      mayWrite: reader.role === 'clerk',
      many: true,
      token,
    };
  }

  private emptyForm(letters: Letter[]): DeliveryForm {
    const { day, time } = typed(this.clock.now());
    const who = letters.length === 1 ? letterView(letters[0]!).who : '';
    return { cach: null, ngay: day, gio: time, nguoi_nhan: who, quan_he: '', minh_chung: '' };
  }

  private async mailView(letters: Letter[], contacts: Contact[], message: TypedSending['message']) {
    const offered = await this.mail.offered(this.database.pool);
    const own = message?.kenh === 'email' ? message.den : undefined;
    const reach = reachOf(letters, 'email', (id) => contactOf(contacts, id)?.email ?? null);
    return { offered, reaches: this.mail.reachesPeople, address: own ?? reach.first, ...reach };
  }

  private async phoneView(letters: Letter[], contacts: Contact[], message: TypedSending['message']) {
    const [first] = letters as [Letter];
    const offered = await this.webhook.offered(this.database.pool, first.unitId);
    const own = message && message.kenh !== 'email' ? message : undefined;
    const reach = reachOf(letters, 'sms', (id) => contactOf(contacts, id)?.phone ?? null);
    const sms = await this.webhook.text(first, 'sms');
    const zalo = await this.webhook.text(first, 'zalo');
    return { offered, address: own?.den ?? reach.first, channel: own?.kenh ?? 'sms', sms, zalo, ...reach };
  }

  private async views(attempts: Attempt[], reader: Reader) {
    const calendars = new Map<number, WorkingCalendar>();
    for (const unitId of new Set(attempts.map((a) => a.unitId)))
      calendars.set(unitId, await this.composer.calendar(unitId));
    return attempts.map((a) => attemptView(a, calendars.get(a.unitId)!, reader.role === 'clerk'));
  }
}

const contactOf = (contacts: Contact[], id: number): Contact | undefined =>
  contacts.find((c) => c.letterId === id);

function letterView({ code, number, suffix, procedureName, applicantName, applicantKind }: Letter) {
  const { name } = addresseeOf(applicantName, applicantKind, null);
  return { code, label: `${paddedNumber(number ?? 0)}/${suffix}`, procedure: procedureName, who: name };
}

/** Which of the letters a message can reach, and what stands in the way of the others. */
function reachOf(letters: Letter[], channel: MessageChannel, known: (letterId: number) => string | null) {
  const ready: string[] = [];
  const unready: string[] = [];
  for (const { id, code } of letters) {
    const found = destinationOf(channel, known(id));
    if ('to' in found) ready.push(code);
    else unready.push(fault('', found.wrong, { code, address: found.address }).text);
  }
  return { first: known(letters[0]!.id) ?? '', ready, unready };
}

function attemptView(attempt: Attempt, calendar: WorkingCalendar, mayWrite: boolean) {
  const { channel, result, error, at, deadlineAt, number, suffix, evidenceName } = attempt;
  const timing = labels.letter.timing[sendingTiming(at, deadlineAt, calendar)];
  const words = error === null ? null : (sendingReason(error) ?? deliveryReason(error, carrierOf(channel)));
  return {
    ...attempt,
    label: `${paddedNumber(number)}/${suffix}`,
    channelName: labels.letter.channel[channel],
    resultName: sendingLabels.result[result],
    tone: TONES[result],
    timing: result === 'sent' ? timing : null,
    reason: words,
    mayAddFile: mayWrite && result === 'sent' && evidenceName === null,
    mayWithdraw: mayWrite && result === 'waiting' && !attempt.claimed && attempt.attempts > 0,
  };
}

const carrierOf = (channel: string): 'email' | 'webhook' => (channel === 'email' ? 'email' : 'webhook');
