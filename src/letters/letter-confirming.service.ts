import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { JobQueue } from '../jobs/job-queue';
import { Clock } from '../platform/clock';
import type { FormFault } from '../web/page';
import type { Reader } from '../web/reader';
import type { Confirmation } from './confirmation';
import type { Letter } from './letter';
import { LetterComposer } from './letter-composer';
import { LetterFiles } from './letter-files.service';
import { LetterNumbering, type Numbered } from './letter-numbering.service';

/** Files of so many letters are made before the answer; the rest by the job. */
const AT_ONCE = 100;

/** What follows the commit. Nothing here can lose a number: files are made again from the frozen text. */
@Injectable()
export class AfterNumbering {
  constructor(
    private readonly files: LetterFiles,
    private readonly jobs: JobQueue,
  ) {}

  async committed({ ids }: Numbered): Promise<void> {
    await this.files.keep(ids.slice(0, AT_ONCE));
    if (ids.length > AT_ONCE) await this.jobs.enqueue('letters.keep-files', {});
  }
}

/** Opens the transaction that takes the numbers. */
@Injectable()
export class LetterConfirming {
  constructor(
    private readonly database: Database,
    private readonly numbering: LetterNumbering,
    private readonly composer: LetterComposer,
    private readonly after: AfterNumbering,
    private readonly clock: Clock,
  ) {}

  async confirm(reader: Reader, chosen: Letter[], c: Confirmation): Promise<Numbered | FormFault[]> {
    const unitId = chosen[0]!.unitId;
    // read before the transaction: it must not wait for a second connection
    const { settings } = await this.composer.office(unitId);
    const calendar = await this.composer.calendar(unitId);
    const now = this.clock.now();
    const context = { reader, unitId, settings, calendar, now };
    const result = await this.database.transaction((tx) => this.numbering.take(tx, chosen, c, context));
    if (!Array.isArray(result)) await this.after.committed(result);
    return result;
  }
}
