import { Injectable } from '@nestjs/common';
import type { Actor } from '../auth/user.service';
import { AuditService } from '../audit/audit.service';
import { Database } from '../database/transaction';
import { AppError, type ErrorCode } from '../platform/errors';
import { WebhookKeys } from './webhook-keys';
import { type Webhook, WebhookRepository } from './webhook.repository';
import { AddressRefused, WebhookSender } from './webhook.sender';

const REFUSALS: Record<AddressRefused['fault'], ErrorCode> = {
  'no-url': 'WEBHOOK_ADDRESS_UNREADABLE',
  scheme: 'WEBHOOK_ADDRESS_SCHEME',
  credentials: 'WEBHOOK_ADDRESS_CREDENTIALS',
  private: 'WEBHOOK_ADDRESS_PRIVATE',
  'unknown-host': 'WEBHOOK_HOST_UNKNOWN',
};

export interface WebhookToAdd {
  unitId: number | null;
  unitName: string;
  name: string;
  url: string;
}

/** What an administrator does with gateways; every act is audited, the secret never. */
@Injectable()
export class WebhookService {
  constructor(
    private readonly database: Database,
    private readonly webhooks: WebhookRepository,
    private readonly sender: WebhookSender,
    private readonly audit: AuditService,
    private readonly keys: WebhookKeys,
  ) {}

  /**
   * @returns the secret in clear: the only moment it is shown
   * @throws AppError WEBHOOK_ADDRESS_…, WEBHOOK_HOST_UNKNOWN, WEBHOOK_IN_USE
   */
  async add(by: Actor, { unitId, unitName, name, url }: WebhookToAdd): Promise<string> {
    const address = (await this.checked(url)).href;
    const { secret, sealedSecret, createdAt } = this.keys.make();
    const made = { unitId, name, url: address, sealedSecret, createdBy: by.actor, createdAt };
    await this.database.transaction(async (tx) => {
      const id = await this.webhooks.insert(tx, made);
      if (id === undefined) throw new AppError('WEBHOOK_IN_USE', { unit: unitName });
      const detail = { name, unitId, url: address };
      await this.audit.record(tx, { ...by, action: 'webhook.created', subject: `webhook:${id}`, detail });
    });
    return secret;
  }

  switchOff(by: Actor, { id, name }: Webhook): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.webhooks.switchOff(tx, id);
      const detail = { name };
      await this.audit.record(tx, { ...by, action: 'webhook.closed', subject: `webhook:${id}`, detail });
    });
  }

  /** Whether letters are told to citizens through it. */
  openToCitizens(by: Actor, { id, name }: Webhook, open: boolean): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.webhooks.openToCitizens(tx, id, open);
      const detail = { name, forCitizens: open };
      await this.audit.record(tx, { ...by, action: 'webhook.changed', subject: `webhook:${id}`, detail });
    });
  }

  private async checked(url: string): Promise<URL> {
    try {
      return await this.sender.check(url);
    } catch (error) {
      if (error instanceof AddressRefused) throw new AppError(REFUSALS[error.fault], { url });
      throw error;
    }
  }
}
