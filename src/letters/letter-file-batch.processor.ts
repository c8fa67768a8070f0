import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '../jobs/catalogue';
import { OnJob } from '../jobs/on-job';
import { LetterFileBatches } from './letter-file-batches.service';
import { LetterFileMaker } from './letter-file-maker.service';

@Injectable()
export class LetterFileBatchProcessor {
  constructor(
    private readonly maker: LetterFileMaker,
    private readonly batches: LetterFileBatches,
  ) {}

  @OnJob('letters.make-file')
  async make({ batchId }: JobPayloads['letters.make-file']): Promise<void> {
    await this.maker.make(batchId);
  }

  @OnJob('letters.tend-files')
  async tend(): Promise<void> {
    await this.batches.tend();
  }
}
