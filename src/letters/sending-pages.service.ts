import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Database } from '../database/transaction';
import { paddedNumber } from '../documents/document-format';
import { Clock } from '../platform/clock';
import { EVIDENCE_LIMIT_MB } from '../reconciliation/evidence-file';
import type { Reader } from '../web/reader';
import { typed } from '../web/typed-instant';
import { addresseeOf } from './addressee';
import { CHANNELS, type DeliveryForm } from './delivery.service';
import type { Letter } from './letter';
import { SendingAttempts } from './sending-attempts.service';
import type { MessageForm } from './sending-form';
import { SendingLetters } from './sending-letters.service';
import { SendingMessages } from './sending-messages.service';

export const SENDING_LIST = '/thu-xin-loi/theo-lo/lan-gui';

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
    private readonly letters: SendingLetters,
    private readonly attempts: SendingAttempts,
    private readonly messages: SendingMessages,
    private readonly clock: Clock,
  ) {}

  async page(reader: Reader, codes: string[], { record, message }: TypedSending): Promise<object> {
    const letters = await this.letters.of(reader, codes);
    const single = letters.length === 1;
    const attempts = single ? await this.attempts.ofLetter(reader, letters[0]!.id) : [];
    const { newest, mail, phone } = await this.messages.reach(this.database.pool, letters);
    const own = message?.den === undefined ? {} : { address: message.den };
    const byMail = message?.kenh === 'email';
    return {
      letters: letters.map(letterView),
      single,
      mayWrite: reader.role === 'clerk',
      base: `/thu-xin-loi/${single ? letters[0]!.code : 'theo-lo'}`,
      channels: CHANNELS,
      limitMb: EVIDENCE_LIMIT_MB,
      token: randomUUID(),
      newest,
      attempts,
      ...{ waiting: attempts.some((a) => a.result === 'waiting'), many: false },
      form: record ?? this.emptyForm(letters),
      faulty: record ? 'record' : message ? (byMail ? 'mail' : 'phone') : 'attempts',
      mail: { ...mail, ...(byMail ? own : {}) },
      phone: { ...phone, channel: message && !byMail ? message.kenh : 'sms', ...(byMail ? {} : own) },
    };
  }

  /** Messages of one form, or the newest ones. */
  async list(reader: Reader, token: string | null): Promise<object> {
    const attempts = await this.attempts.messages(reader, token);
    const here = `${SENDING_LIST}${token === null ? '' : `?lan=${encodeURIComponent(token)}`}`;
    const count = (result: string) => attempts.filter((a) => a.result === result).length;
    const counts = { sent: count('sent'), waiting: count('waiting'), failed: count('failed') };
    return { attempts, counts, waiting: counts.waiting > 0, many: true, token, here };
  }

  private emptyForm(letters: Letter[]): DeliveryForm {
    const { day, time } = typed(this.clock.now());
    const who = letters.length === 1 ? letterView(letters[0]!).who : '';
    return { cach: null, ngay: day, gio: time, nguoi_nhan: who, quan_he: '', minh_chung: '' };
  }
}

function letterView({ code, number, suffix, procedureName, applicantName, applicantKind }: Letter) {
  const { name } = addresseeOf(applicantName, applicantKind, null);
  return { code, label: `${paddedNumber(number ?? 0)}/${suffix}`, procedure: procedureName, who: name };
}
