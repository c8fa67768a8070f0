import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';

/**
 * A secret made on first use and kept in a file. Linking a finished scratch file into place is atomic: of two
 * processes that start at once one makes the secret and both read the same.
 */
export function keptSecret(file: string, bytes: number): string {
  const scratch = `${file}.${randomBytes(6).toString('hex')}`;
  if (!fs.existsSync(file)) {
    fs.writeFileSync(scratch, randomBytes(bytes).toString('base64url'), { mode: 0o600 });
    try {
      fs.linkSync(scratch, file);
    } catch (e) {
      if ((e as NodeJS.ErrnoException).code !== 'EEXIST') throw e;
    } finally {
      fs.rmSync(scratch, { force: true });
    }
  }
  return fs.readFileSync(file, 'utf8').trim();
}
