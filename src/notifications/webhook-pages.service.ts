import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { AppError } from '../platform/errors';
import { deliveryReason, webhookWords } from '../platform/delivery-words';
import { UnitService } from '../units/unit.service';
import type { Reader } from '../web/reader';
import { WebhookChannel } from './webhook-channel';
import { type Webhook, WebhookRepository } from './webhook.repository';

/** What the page of gateways shows, and the message that tries one. */
@Injectable()
export class WebhookPages {
  constructor(
    private readonly database: Database,
    private readonly webhooks: WebhookRepository,
    private readonly channel: WebhookChannel,
    private readonly units: UnitService,
  ) {}

  async list(reader: Reader, body: unknown) {
    const offices = await this.offices(reader);
    const may = new Set(offices.map((office) => office.unitId));
    const shown = await this.webhooks.inReach(this.database.pool, reader.communeIds);
    const typed = (body ?? {}) as Record<string, unknown>;
    const field = (name: string) => (typeof typed[name] === 'string' ? typed[name] : '');
    return {
      webhooks: shown.map((webhook) => ({ ...webhook, mayChange: may.has(webhook.unitId) })),
      offices: offices.map(({ code, name }) => ({ value: code, label: name })),
      form: { ten: field('ten'), dia_chi: field('dia_chi'), don_vi: field('don_vi') },
      secret: null as string | null,
      newName: '',
    };
  }

  /** The office a gateway is for. @throws UNIT_NOT_FOUND also for those the reader does not administer */
  async office(reader: Reader, code: string): Promise<{ unitId: number | null; name: string }> {
    const found = (await this.offices(reader)).find((office) => office.code === code);
    if (!found) throw new AppError('UNIT_NOT_FOUND', { code });
    return found;
  }

  /** @throws WEBHOOK_NOT_FOUND also for those the reader may not change */
  async find(reader: Reader, id: number): Promise<Webhook> {
    const { webhooks } = await this.list(reader, null);
    const found = webhooks.find((webhook) => webhook.id === id && webhook.mayChange && webhook.active);
    if (!found) throw new AppError('WEBHOOK_NOT_FOUND', { id });
    return found;
  }

  /** @throws WEBHOOK_TEST_FAILED with the gateway's answer */
  async test({ name }: Reader, { id }: Webhook, at: Date): Promise<void> {
    const target = await this.webhooks.target(this.database.pool, id);
    const { subject, text } = webhookWords.test;
    try {
      await this.channel.post(target!, {
        id: `test-${id}-${at.getTime()}`,
        kind: 'test',
        recipient: { name, phone: '' },
        ...{ subject, text, cases: [] },
      });
    } catch (error) {
      const { message } = error as Error;
      throw new AppError('WEBHOOK_TEST_FAILED', {
        cause: `${deliveryReason(message, 'webhook')} (${message}).`,
      });
    }
  }

  /** Communes in reach; all of them together for somebody whose reach is everybody. */
  private async offices(reader: Reader): Promise<{ unitId: number | null; code: string; name: string }[]> {
    const communes = await this.units.communes();
    const own = communes.filter((commune) => reader.communeIds.includes(commune.id));
    const offices = own.map(({ id, code, name }) => ({ unitId: id as number | null, code, name }));
    if (own.length < communes.length || own.length < 2) return offices;
    return [{ unitId: null, code: '', name: webhookWords.everybody }, ...offices];
  }
}
