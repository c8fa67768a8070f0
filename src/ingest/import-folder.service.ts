import { Injectable, Logger } from '@nestjs/common';
import { Database, type Tx } from '../database/transaction';
import { dayOfInstant, isoDay } from '../domain/local-date';
import { AppError } from '../platform/errors';
import { DroppedFileRepository, type DroppedFile, type SeenFile } from './dropped-file.repository';
import { FolderRuns } from './folder-runs.service';
import { IngestService } from './ingest.service';
import { WatchedFolder } from './watched-folder';
import { folderWords } from './import-words';
import { Runtime } from '../platform/runtime';

/**
 * Files dropped into the folder are taken in without anybody asking. A file is taken when it has not changed from one
 * look to the next, and moved away when its import is over; a look that was cut off is finished by the next one.
 */
@Injectable()
export class ImportFolder {
  private readonly log = new Logger('Imports');
  private readonly folder: WatchedFolder | null;
  private fault: string | null = null;

  constructor(
    private readonly database: Database,
    private readonly dropped: DroppedFileRepository,
    private readonly ingest: IngestService,
    private readonly runs: FolderRuns,
    runtime: Runtime,
  ) {
    const { IMPORT_FOLDER } = runtime.env;
    this.folder = IMPORT_FOLDER ? new WatchedFolder(IMPORT_FOLDER) : null;
  }

  /** What keeps the folder from being used, in words; null when nothing does, or when none is watched. */
  async complaint(): Promise<string | null> {
    const fault = (await this.folder?.fault()) ?? null;
    return fault === null ? null : folderWords.fault[fault];
  }

  /** @returns imports begun */
  async look(): Promise<number> {
    const { folder } = this;
    if (!folder || !(await this.usable(folder))) return 0;
    const begun = await this.database.transaction(async (tx) =>
      (await this.dropped.mayLook(tx)) ? this.through(tx, folder) : [],
    );
    for (const runId of begun) await this.ingest.enqueue(runId);
    return begun.length;
  }

  private async through(tx: Tx, folder: WatchedFolder): Promise<number[]> {
    const there = await folder.files();
    const known = new Map((await this.dropped.all(tx)).map((file) => [file.path, file]));
    const begun: number[] = [];
    for (const file of there) {
      const before = known.get(file.path);
      known.delete(file.path);
      if (!before || !isSame(file, before)) await this.dropped.see(tx, file);
      else if (before.runId === null) begun.push(...(await this.take(tx, folder, file)));
      else await this.clear(tx, folder, before);
    }
    // Somebody took them away, or a look was cut off behind the move.
    for (const { path, state } of known.values())
      if (state === null || this.runs.isOver(state)) await this.dropped.forget(tx, path);
    return begun;
  }

  private async take(tx: Tx, folder: WatchedFolder, { path }: SeenFile): Promise<number[]> {
    try {
      const id = await this.runs.open(tx, folder.at(path), path, WatchedFolder.sourceOf(path));
      await this.dropped.taken(tx, path, id);
      return [id];
    } catch (e) {
      if (!(e instanceof AppError)) throw e;
      await folder.putAside(path, { '.loi.txt': folderWords.refused(path, e.message, e.remedy ?? '') });
      await this.dropped.forget(tx, path);
      return [];
    }
  }

  /** Behind its import the file goes where people find it. */
  private async clear(tx: Tx, folder: WatchedFolder, { path, runId, state }: DroppedFile): Promise<void> {
    if (!this.runs.isOver(state!)) return;
    const { run, beside } = await this.runs.told(runId!);
    if (state === 'refused' || state === 'failed') await folder.putAside(path, beside);
    else await folder.keep(path, isoDay(dayOfInstant(run.startedAt)), beside);
    await this.dropped.forget(tx, path);
  }

  /** Said once, and again when it changes. */
  private async usable(folder: WatchedFolder): Promise<boolean> {
    const fault = await folder.fault();
    if (fault !== this.fault && fault !== null) this.log.warn(folderWords.fault[fault]);
    this.fault = fault;
    return fault === null;
  }
}

const isSame = (a: SeenFile, b: SeenFile): boolean =>
  a.size === b.size && a.modifiedAt.getTime() === b.modifiedAt.getTime();
