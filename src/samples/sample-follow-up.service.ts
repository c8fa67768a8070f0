import { Injectable } from '@nestjs/common';
import { AlertService } from '../alerts/alert.service';
import type { Tx } from '../database/transaction';
import { LetterDraftService } from '../letters/letter-draft.service';
import { DeliveryService } from '../notifications/delivery.service';
import { Clock } from '../platform/clock';
import { consoleText } from '../platform/console-text';
import type { Progress } from '../platform/progress';
import { SampleRepository } from './sample.repository';

const text = consoleText.sample;

/** What follows from the imported cases: alerts, their mails, drafts of the letters that are owed. */
@Injectable()
export class SampleFollowUp {
  constructor(
    private readonly samples: SampleRepository,
    private readonly alerts: AlertService,
    private readonly letters: LetterDraftService,
    private readonly delivery: DeliveryService,
    private readonly clock: Clock,
  ) {}

  async run(tx: Tx, progress: Progress): Promise<void> {
    await progress.step(text.alerts, () => this.alerts.sweep());
    // A demonstration at night or on a Sunday shows its mails too.
    await this.samples.makeMailsDue(tx, this.clock.now());
    await progress.step(text.letters, () => this.letters.draftOwed());
  }

  /** The mails of the load, at once; the queue may have some in hand already. */
  async deliver(tx: Tx): Promise<void> {
    const ids = await this.samples.dueMails(tx, this.clock.now());
    for (const id of ids) await this.delivery.deliver(id).catch(() => undefined);
  }
}
