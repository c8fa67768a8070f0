import { Injectable } from '@nestjs/common';
import { OnJob } from '../jobs/on-job';
import { LetterDraftService } from './letter-draft.service';
import { LetterFiles } from './letter-files.service';

/** Files made in one run; the next hour makes the rest. */
const FILES_A_RUN = 2_000;

@Injectable()
export class LetterProcessor {
  constructor(
    private readonly drafts: LetterDraftService,
    private readonly files: LetterFiles,
  ) {}

  @OnJob('letters.draft-owed')
  async draftOwed(): Promise<void> {
    await this.drafts.draftOwed();
  }

  @OnJob('letters.keep-files')
  async keepFiles(): Promise<void> {
    await this.files.keepMissing(FILES_A_RUN);
  }
}
