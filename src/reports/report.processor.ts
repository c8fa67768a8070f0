import { Injectable } from '@nestjs/common';
import { OnJob } from '../jobs/on-job';
import { ReportRollupService } from './report-rollup.service';

@Injectable()
export class ReportProcessor {
  constructor(private readonly rollup: ReportRollupService) {}

  @OnJob('reports.compact')
  async compact(): Promise<void> {
    await this.rollup.compact();
  }

  @OnJob('reports.verify')
  async verify(): Promise<void> {
    await this.rollup.verify();
  }
}
