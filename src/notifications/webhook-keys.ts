import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { Clock } from '../platform/clock';
import { Runtime } from '../platform/runtime';
import { seal, unseal } from '../platform/sealed-secret';

const PURPOSE = 'webhook';

/** The secrets that sign messages: made once, kept sealed, shown to nobody again. */
@Injectable()
export class WebhookKeys {
  constructor(
    private readonly runtime: Runtime,
    private readonly clock: Clock,
  ) {}

  make() {
    const secret = `whsec_${randomBytes(32).toString('base64url')}`;
    const sealedSecret = seal(secret, this.runtime.sessionKey, PURPOSE);
    return { secret, sealedSecret, createdAt: this.clock.now() };
  }

  /** @throws Error when it was sealed under another SESSION_KEY */
  read(sealedSecret: string): string {
    try {
      return unseal(sealedSecret, this.runtime.sessionKey, PURPOSE);
    } catch (cause) {
      throw new Error('secret sealed under another SESSION_KEY', { cause });
    }
  }
}
