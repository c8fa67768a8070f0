import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock';
import type { Reader } from '../web/reader';
import { isUndoable } from './import-acts.service';
import { runHref } from './import-address';
import { olderOf } from './import-effects';
import { importReach } from './import-reach';
import { ImportUndo } from './import-undo.service';
import type { RunDetail } from './run';
import { RunLog } from './run-log.service';

/** Pages that ask once more before something that many cases will feel; null when there is nothing to ask. */
@Injectable()
export class ImportConfirmPages {
  constructor(
    private readonly runs: RunLog,
    private readonly undos: ImportUndo,
    private readonly clock: Clock,
  ) {}

  async undo(reader: Reader, id: number) {
    const run = await this.runs.detail(id, importReach(reader));
    if (!isUndoable(run, this.clock.now())) return null;
    const { obstacle, ...forecast } = await this.undos.forecast(run);
    return {
      run: shown(run),
      ...forecast,
      obstacle: obstacle && { message: obstacle.message, remedy: obstacle.remedy },
    };
  }

  async overwrite(reader: Reader, id: number) {
    const run = await this.runs.detail(id, importReach(reader));
    const older = run.summary && olderOf(run.summary, run.asOf);
    if (run.state !== 'checked' || !older) return null;
    return { run: shown(run), older };
  }
}

const shown = ({ id, fileName, sourceName, startedAt, finishedAt, channel, actor }: RunDetail) => ({
  ...{ href: runHref(id), fileName, sourceName, startedAt, finishedAt, channel, actor },
});
