import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { Clock } from '../platform/clock';
import { SendingCarriers } from './sending-carriers.service';
import { SendingEffects } from './sending-effects.service';
import { SendingQueue } from './sending-queue.service';

/** Sends one letter. At least once: a crash between the server's acceptance and the mark repeats the Message-ID. */
@Injectable()
export class SendingWork {
  constructor(
    private readonly database: Database,
    private readonly queue: SendingQueue,
    private readonly carriers: SendingCarriers,
    private readonly effects: SendingEffects,
    private readonly clock: Clock,
  ) {}

  async send(id: number): Promise<void> {
    const claimed = await this.queue.claim(id);
    if (!claimed) return;
    let proof: string;
    try {
      proof = await this.carriers.hand(this.database.pool, claimed);
    } catch (error) {
      return this.queue.failed(claimed, error as Error);
    }
    const at = this.clock.now();
    const again = await this.database.transaction(async (tx) => {
      await this.effects.begin(tx);
      return this.effects.sent(tx, claimed, proof, at);
    });
    await this.effects.committed(again);
  }
}
