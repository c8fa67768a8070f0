import { Injectable } from '@nestjs/common';
import { OnJob } from '../jobs/on-job';
import { DeadlineCheckService } from './deadline-check.service';

@Injectable()
export class DeadlineCheckProcessor {
  constructor(private readonly checks: DeadlineCheckService) {}

  @OnJob('deadlines.verify')
  async verify(): Promise<void> {
    await this.checks.run();
  }
}
