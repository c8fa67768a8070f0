import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { consoleText } from '../platform/console-text';
import type { Progress } from '../platform/progress';
import { ACCOUNTS } from './sample-commune';
import { SampleFollowUp } from './sample-follow-up.service';
import { SampleImport } from './sample-import.service';
import { SampleOffice } from './sample-office.service';
import { SampleRepository } from './sample.repository';

const text = consoleText.sample;

/** The sample commune of `npm run demo`. */
@Injectable()
export class DemoService {
  constructor(
    private readonly database: Database,
    private readonly samples: SampleRepository,
    private readonly office: SampleOffice,
    private readonly files: SampleImport,
    private readonly followUp: SampleFollowUp,
  ) {}

  /** Loads the sample unless it is there; a load that was killed is taken up again. */
  load(progress: Progress): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.samples.lock(tx);
      if (await this.samples.isLoaded(tx)) return;
      await this.files.importAll(progress);
      await this.followUp.run(tx, progress);
      await this.samples.markLoaded(tx);
    });
  }

  /** Units and accounts, before any other fact: the usual first start would make an unnamed commune. */
  prepare(progress: Progress): Promise<void> {
    return this.database.transaction(async (tx) => {
      await this.samples.lock(tx);
      if (!(await this.samples.isLoaded(tx))) await progress.step(text.office, () => this.office.build());
    });
  }

  /** Once the application is up: the mails of the alerts go to the local mailbox. */
  deliver(): Promise<void> {
    return this.followUp.deliver(this.database.pool);
  }

  accounts(): string[] {
    const lines = ACCOUNTS.map((a) =>
      text.account(a.username, text.roles[a.role], `${a.fullName}, ${a.title}`),
    );
    return ['', text.accounts(this.office.password()), ...lines, ''];
  }
}
