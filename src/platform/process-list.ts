import * as fs from 'node:fs';

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (e) {
    if ((e as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return !isZombie(pid);
}

/** A dead process that nobody has collected yet: in a container without an init it can stay for good. */
function isZombie(pid: number): boolean {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch {
    return false;
  }
}

/**
 * True when the process lives and its command line holds all the words. Pids are used again after a restart, so a
 * living pid alone proves nothing. Where the system shows no command lines, a living pid has to do.
 */
export function runs(pid: number, words: string[]): boolean {
  if (!isAlive(pid)) return false;
  try {
    const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return words.every((word) => command.includes(word));
  } catch {
    return process.platform !== 'linux';
  }
}
