import { Injectable } from '@nestjs/common';
import { OnJob } from '../jobs/on-job';
import { SessionService } from './session.service';

@Injectable()
export class SessionProcessor {
  constructor(private readonly sessions: SessionService) {}

  @OnJob('sessions.prune')
  async prune(): Promise<void> {
    await this.sessions.prune();
  }
}
