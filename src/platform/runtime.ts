import * as path from 'node:path';
import type { Environment } from './config';
import { keptSecret } from './kept-secret';

export interface RuntimeFacts {
  env: Environment;
  databaseUrl: string;
  dataDir: string;
  sessionKey: string;
}

/** What this process really uses, known once the infrastructure is up. Injectable everywhere. */
export class Runtime {
  readonly env: Environment;
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly dataDir: string;
  /** Secret that signs CSRF tokens and the like. */
  readonly sessionKey: string;
  private address: string | undefined;

  constructor(facts: RuntimeFacts) {
    this.env = facts.env;
    this.databaseUrl = facts.databaseUrl;
    this.redisUrl = facts.env.REDIS_URL;
    this.dataDir = facts.dataDir;
    this.sessionKey = facts.sessionKey;
  }

  /** Address people reach the service at, without a slash at the end. */
  publicUrl(): string {
    const configured = this.env.PUBLIC_URL?.replace(/\/+$/, '');
    return configured ?? this.address ?? `http://127.0.0.1:${this.env.PORT ?? 3000}`;
  }

  listeningAt(address: string): void {
    this.address = address;
  }
}

/** SESSION_KEY when given, else the key made once and kept in the data folder. */
export function sessionKeyOf(env: Environment, dataDir: string): string {
  if (env.SESSION_KEY) return env.SESSION_KEY;
  return keptSecret(path.join(dataDir, 'session-key'), 32);
}
