import { constants } from 'node:fs';
import { access, copyFile, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { SeenFile } from './dropped-file.repository';

/** Where files go that were taken in, and those that were not. */
const TAKEN = 'da-nhap';
const REFUSED = 'loi';

/** Of programs that write a file bit by bit, and of Office while somebody has one open. */
const UNFINISHED = /^[.~]|\.(tmp|part|crdownload|filepart)$/i;

/** A folder on disk in which people and programs drop files. A folder in it names the system they come from. */
export class WatchedFolder {
  constructor(private readonly root: string) {}

  /** What keeps the folder from being used; null when nothing does. */
  async fault(): Promise<'missing' | 'unwritable' | null> {
    const found = await stat(this.root).catch(() => null);
    if (!found?.isDirectory()) return 'missing';
    return access(this.root, constants.R_OK | constants.W_OK).then(
      () => null,
      () => 'unwritable' as const,
    );
  }

  /** Files that may be taken, in the order of their names. */
  async files(): Promise<SeenFile[]> {
    const found: SeenFile[] = [];
    for (const entry of await this.entries('')) {
      if (entry.isFile()) found.push(...(await this.seen(entry.name)));
      if (!entry.isDirectory() || entry.name === TAKEN || entry.name === REFUSED) continue;
      for (const inner of await this.entries(entry.name))
        if (inner.isFile()) found.push(...(await this.seen(path.join(entry.name, inner.name))));
    }
    return found.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** On disk. */
  at(file: string): string {
    return path.join(this.root, file);
  }

  /** Name of the system the files of its folder come from; null for the folder itself. */
  static sourceOf(file: string): string | null {
    const folder = path.dirname(file);
    return folder === '.' ? null : folder;
  }

  /** @param day 'YYYY-MM-DD' @param beside what is put beside it: ending and content */
  async keep(file: string, day: string, beside: Record<string, Buffer | string>): Promise<void> {
    await this.move(file, path.join(TAKEN, day), beside);
  }

  async putAside(file: string, beside: Record<string, Buffer | string>): Promise<void> {
    await this.move(file, REFUSED, beside);
  }

  private async move(file: string, folder: string, beside: Record<string, Buffer | string>): Promise<void> {
    const target = path.join(this.root, folder, path.dirname(file));
    await mkdir(target, { recursive: true });
    const name = await freeName(target, path.basename(file));
    for (const [ending, content] of Object.entries(beside))
      await writeFile(path.join(target, `${name}${ending}`), content);
    await moveFile(this.at(file), path.join(target, name));
  }

  private entries(folder: string) {
    return readdir(path.join(this.root, folder), { withFileTypes: true });
  }

  private async seen(file: string): Promise<SeenFile[]> {
    if (UNFINISHED.test(path.basename(file))) return [];
    const found = await stat(this.at(file)).catch(() => null);
    return found ? [{ path: file, size: found.size, modifiedAt: new Date(Math.floor(found.mtimeMs)) }] : [];
  }
}

/** 'a.xlsx', else 'a (2).xlsx' and so on. */
async function freeName(folder: string, name: string): Promise<string> {
  const { name: stem, ext } = path.parse(name);
  for (let n = 1; ; n++) {
    const wanted = n === 1 ? name : `${stem} (${n})${ext}`;
    const there = await stat(path.join(folder, wanted)).catch(() => null);
    if (!there) return wanted;
  }
}

/** Also to another disk; the first copy goes only when the second is safe. */
async function moveFile(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code !== 'EXDEV') throw e;
    await copyFile(from, to);
    const copy = await open(to, 'r');
    await copy.sync().finally(() => copy.close());
    await rm(from);
  }
}
