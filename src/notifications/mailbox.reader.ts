import { Injectable } from '@nestjs/common';
import { createReadStream, existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import type { Readable } from 'node:stream';
import { Runtime } from '../platform/runtime';

/** What the local mailbox keeps beside each .eml file, so that showing it needs no parsing of MIME. */
export interface StoredMail {
  messageId: string;
  from: string;
  to: { name: string; address: string };
  subject: string;
  text: string;
  at: string;
}

export interface ListedMail extends StoredMail {
  id: string;
}

const NEWEST = 200;
/** Left part of a Message-ID: time and random part. */
const ID = /^\d{17}\.[0-9a-f-]{36}$/;

/** Below the data folder; used when there is no mail server. */
export const mailboxFolder = (runtime: Runtime): string => path.join(runtime.dataDir, 'mailbox');

@Injectable()
export class MailboxReader {
  private readonly folder: string;

  constructor(runtime: Runtime) {
    this.folder = mailboxFolder(runtime);
  }

  /** Newest first. */
  async list(): Promise<ListedMail[]> {
    if (!existsSync(this.folder)) return [];
    const names = (await readdir(this.folder)).filter((name) => name.endsWith('.json'));
    const dated = await Promise.all(names.map(async (name) => ({ name, at: await this.writtenAt(name) })));
    const newest = dated.sort((a, b) => b.at - a.at).slice(0, NEWEST);
    const mails = await Promise.all(newest.map(({ name }) => this.mail(name.slice(0, -'.json'.length))));
    return mails.filter((mail) => mail !== null).sort((a, b) => b.at.localeCompare(a.at));
  }

  async mail(id: string): Promise<ListedMail | null> {
    const file = path.join(this.folder, `${id}.json`);
    if (!ID.test(id) || !existsSync(file)) return null;
    return { ...(JSON.parse(await readFile(file, 'utf8')) as StoredMail), id };
  }

  /** The message as a mail program would get it. */
  source(id: string): Readable | null {
    const file = path.join(this.folder, `${id}.eml`);
    return ID.test(id) && existsSync(file) ? createReadStream(file) : null;
  }

  private async writtenAt(name: string): Promise<number> {
    return (await stat(path.join(this.folder, name))).mtimeMs;
  }
}
