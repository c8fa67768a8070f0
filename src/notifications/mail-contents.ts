import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/transaction';
import { MailRenderer, type RenderedMail } from './mail.renderer';
import type { ClaimedNotification } from './notification.repository';

/** The view model of one notification's mail, `recipient` left out; null when there is nothing left to tell. */
export type ComposeMail = (tx: Tx, notificationId: number) => Promise<object | null>;

/**
 * What a mail says is known to later features only: they register here, under the name of the template. The content
 * is composed when the mail goes out, so that it tells what is true then.
 */
@Injectable()
export class MailContents {
  private readonly composers = new Map<string, ComposeMail>();

  constructor(private readonly renderer: MailRenderer) {}

  register(template: string, compose: ComposeMail): void {
    if (!this.renderer.has(template)) throw new Error(`no templates/emails/${template}`);
    this.composers.set(template, compose);
  }

  async of({ id, template, recipient }: ClaimedNotification, tx: Tx): Promise<RenderedMail | null> {
    const compose = this.composers.get(template);
    if (!compose) throw new Error(`nobody composes the mail '${template}'`);
    const model = await compose(tx, id);
    return model && this.renderer.render(template, { ...model, recipient: { name: recipient.name } });
  }
}
