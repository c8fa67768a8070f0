import * as net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from './errors';

const USUAL = 3000;
const TRIES = 50;
/** A service stopped a moment ago may still hold its port. */
const PATIENCE = 3_000;

/**
 * The port to listen on: the one asked for, else 3000 or the next free one.
 * @throws AppError PORT_TAKEN, NO_FREE_PORT
 */
export async function choosePort(host: string, asked: number | undefined): Promise<number> {
  if (asked !== undefined) return askedPort(host, asked);
  for (let port = USUAL; port <= USUAL + TRIES; port++) if (await isFree(host, port)) return port;
  throw new AppError('NO_FREE_PORT', { first: USUAL, last: USUAL + TRIES });
}

async function askedPort(host: string, port: number): Promise<number> {
  const until = Date.now() + PATIENCE;
  while (port !== 0 && !(await isFree(host, port))) {
    if (Date.now() > until) throw new AppError('PORT_TAKEN', { host, port });
    await pause(100);
  }
  return port;
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once('error', (e: NodeJS.ErrnoException) => (e.code === 'EADDRINUSE' ? resolve(false) : reject(e)));
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}
