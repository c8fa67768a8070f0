import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import { Clock } from '../platform/clock';
import { isMailKind, type MailKindName } from '../platform/mail-labels';
import { dayWithWeekday } from '../web/view-helpers';
import { MailRenderer, type RenderedMail } from './mail.renderer';
import { MailWordingRepository, type Wording } from './mail-wording.repository';
import type { ClaimedNotification } from './notification.repository';

/** A case as a short message tells it: no more of its applicant than the initials. */
export interface MessageCase {
  code: string;
  procedure: string;
  applicant: string;
  deadlineAt: Date | null;
  /** why it is told, in words */
  reason: string;
  url: string;
}

/** What a message says. */
export interface MessageContent {
  /** view model of the body, `recipient`, `opening` and `closing` left out */
  model: object;
  /** fields that the chosen words may name: those of its kind in platform/mail-labels.ts */
  words: Record<string, string>;
  /** only alerts name cases */
  cases?: MessageCase[];
}

/** How the messages of one kind are composed. */
export interface MailKind {
  /** null when there is nothing left to tell */
  compose(tx: Tx, notificationId: number): Promise<MessageContent | null>;
  /** made-up content, composed in the same way, to show what such a mail looks like */
  sample(tx: Tx): Promise<MessageContent>;
}

/** Whom a message is for. */
export interface MailReader {
  name: string;
  unitName: string;
}

export interface ShortMessage {
  subject: string;
  text: string;
  cases: MessageCase[];
}

/** Cases a short message names; the rest is counted. */
const SHOWN = 5;

/**
 * What a mail says is known to later features only: they register here, under the name of the template. The content
 * is composed when the mail goes out, so that it tells what is true then.
 */
@Injectable()
export class MailContents {
  private readonly kinds = new Map<MailKindName, MailKind>();

  constructor(
    private readonly renderer: MailRenderer,
    private readonly wordings: MailWordingRepository,
    private readonly clock: Clock,
  ) {}

  register(template: MailKindName, kind: MailKind): void {
    this.kinds.set(template, kind);
  }

  async mail(tx: Tx, claimed: ClaimedNotification): Promise<RenderedMail | null> {
    const content = await this.compose(tx, claimed);
    return (
      content &&
      this.render(claimed.template as MailKindName, content, claimed.recipient, await this.own(tx, claimed))
    );
  }

  /** The same in few words, for a telephone. */
  async message(tx: Tx, claimed: ClaimedNotification): Promise<ShortMessage | null> {
    const content = await this.compose(tx, claimed);
    if (!content) return null;
    const words = this.wordsOf(content, claimed.recipient);
    const cases = content.cases ?? [];
    const subject = this.renderer.subject(
      claimed.template as MailKindName,
      words,
      await this.own(tx, claimed),
    );
    const more = Math.max(0, cases.length - SHOWN);
    return { subject, text: this.renderer.short({ subject, cases: cases.slice(0, SHOWN), more }), cases };
  }

  /** The kind with made-up content and the given words. */
  async sample(tx: Tx, kind: MailKindName, reader: MailReader, own: Wording): Promise<RenderedMail> {
    return this.render(kind, await this.kindOf(kind).sample(tx), reader, own);
  }

  /** A mail to somebody without an account, in the words of the office that writes. */
  async outside(
    tx: Tx,
    kind: MailKindName,
    unitId: number,
    reader: MailReader,
    content: MessageContent,
  ): Promise<RenderedMail> {
    return this.render(kind, content, reader, await this.wordings.of(tx, unitId, kind));
  }

  private async compose(tx: Tx, { id, template }: ClaimedNotification): Promise<MessageContent | null> {
    return this.kindOf(template).compose(tx, id);
  }

  private own(tx: Tx, { template, recipient }: ClaimedNotification): Promise<Wording> {
    return this.wordings.of(tx, recipient.unitId, template);
  }

  private render(
    kind: MailKindName,
    content: MessageContent,
    reader: MailReader,
    own: Wording,
  ): RenderedMail {
    const { model } = content;
    const whole = { now: this.clock.now(), ...model, recipient: { name: reader.name } };
    return this.renderer.render(kind, whole, this.wordsOf(content, reader), own);
  }

  private wordsOf({ words }: MessageContent, reader: MailReader): Record<string, string> {
    const ngay = dayWithWeekday(this.clock.now());
    return { ...words, nguoi_nhan: reader.name, don_vi: reader.unitName, ngay };
  }

  private kindOf(template: string): MailKind {
    const kind = isMailKind(template) ? this.kinds.get(template) : undefined;
    if (!kind) throw new Error(`nobody composes the mail '${template}'`);
    return kind;
  }
}
