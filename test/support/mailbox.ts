import * as fs from 'node:fs';
import * as path from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';

/** Mails in the local mailbox of a data folder, in the order of their file names. */
export async function readMailbox(dataDir: string): Promise<ParsedMail[]> {
  const folder = path.join(dataDir, 'mailbox');
  if (!fs.existsSync(folder)) return [];
  const names = fs.readdirSync(folder).filter((name) => name.endsWith('.eml'));
  return Promise.all(names.sort().map((name) => simpleParser(fs.readFileSync(path.join(folder, name)))));
}
