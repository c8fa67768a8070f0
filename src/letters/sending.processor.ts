import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '../jobs/catalogue';
import { OnJob } from '../jobs/on-job';
import { SendingQueue } from './sending-queue.service';
import { SendingWork } from './sending-work.service';

@Injectable()
export class SendingProcessor {
  constructor(
    private readonly work: SendingWork,
    private readonly queue: SendingQueue,
  ) {}

  @OnJob('letters.send')
  send({ deliveryId }: JobPayloads['letters.send']): Promise<void> {
    return this.work.send(deliveryId);
  }

  @OnJob('letters.send-left')
  sendLeft(): Promise<void> {
    return this.queue.announceLeft();
  }
}
