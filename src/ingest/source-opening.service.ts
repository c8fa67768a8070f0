import { Injectable } from '@nestjs/common';
import { Database } from '../database/transaction';
import { ColumnMemory } from './column-memory.service';
import { FileRefused } from './file-refused';
import { ImportRules } from './import-rules';
import { IncomingFiles } from './incoming-files';
import { ReaderThread } from './reader-thread';
import type { FixedRules } from './reading-rules';
import type { Run } from './run';
import { RunRows } from './run-rows';
import type { ReaderMessage } from './source-batches';

export type Opened = Extract<ReaderMessage, { kind: 'opened' }>;

interface OpenFile {
  reader: ReaderThread;
  opened: Opened;
  /** Who told what the columns hold; null: their headings did. */
  mappedBy: string | null;
}

/** Opens the file of a run in a reader of its own. */
@Injectable()
export class SourceOpening {
  constructor(
    private readonly database: Database,
    private readonly rules: ImportRules,
    private readonly files: IncomingFiles,
    private readonly memory: ColumnMemory,
    private readonly runs: RunRows,
  ) {}

  /** Hands the open file over and closes it. @throws FileRefused */
  async withReader<T>(
    run: Run,
    use: (reader: ReaderThread, opened: Opened, groundStamp: string) => Promise<T>,
  ): Promise<T> {
    const { rules, groundStamp } = await this.rules.of(run);
    const { reader, opened, mappedBy } = await this.understood(run, rules);
    try {
      await this.runs.opened(this.database.pool, run, opened, mappedBy);
      return await use(reader, opened, groundStamp);
    } finally {
      await reader.close();
    }
  }

  /** A list whose columns somebody explained before is read as that person said. */
  private async understood(run: Run, rules: FixedRules): Promise<OpenFile> {
    if (rules.columns) return this.open(run, rules, run.mappedBy);
    const first = await this.tried(run, rules);
    const refused = first instanceof FileRefused;
    const recalled = await this.memory.recall(
      run,
      (refused ? first.columns : first.opened.columns) ?? [],
      refused ? null : first.opened.shape,
    );
    if (recalled === null && refused) throw first;
    if (recalled === null) return first as OpenFile;
    if (!refused) await first.reader.close();
    return this.open(run, { ...rules, columns: recalled.columns }, recalled.savedBy);
  }

  private async tried(run: Run, rules: FixedRules): Promise<OpenFile | FileRefused> {
    try {
      return await this.open(run, rules, null);
    } catch (e) {
      if (e instanceof FileRefused) return e;
      throw e;
    }
  }

  private async open(run: Run, rules: FixedRules, mappedBy: string | null): Promise<OpenFile> {
    const reader = new ReaderThread(this.files.path(run.id, run.sha256), rules);
    try {
      const opened = await reader.next();
      if (opened.kind !== 'opened') throw new Error(`the reader began with ${opened.kind}`);
      return { reader, opened, mappedBy };
    } catch (e) {
      await reader.close();
      throw e;
    }
  }
}
