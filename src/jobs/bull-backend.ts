import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import {
  type BackendFactory,
  type ConnectionOptions,
  createPostgresBackend,
  createRedisBackend,
  type Job,
  Queue,
  QueueEvents,
  runMigrations,
  Worker,
} from 'bullmq';
import { createHash } from 'node:crypto';
import { Pool } from 'pg';
import { Database } from '../database/transaction';
import { Runtime } from '../platform/runtime';
import { QUEUES } from './catalogue';
import { JobsRepository } from './jobs.repository';
import { within } from './patience';

/** Seconds an idle worker waits before it looks again by itself; news wakes it at once on both stores. */
const IDLE_SECONDS = { postgres: 60, redis: 30 };

/** A message that repeats (one per connection while the store is away) is logged once in this many milliseconds. */
const REPEAT_LOG_AFTER = 60_000;

/** A store that does not answer may not keep the process from stopping. */
const CLOSE_PATIENCE = 2_000;

interface Store {
  kind: 'postgres' | 'redis';
  connection: ConnectionOptions;
  prefix?: string;
  factory: BackendFactory;
  release: () => Promise<void>;
}

/**
 * BullMQ on Redis when REDIS_URL is set, else on PostgreSQL. The choice belongs to the instance: nothing process-wide
 * is touched, so that two applications in one process may differ.
 */
@Injectable()
export class BullBackend implements OnApplicationShutdown {
  private readonly log = new Logger('Jobs');
  private readonly logged = new Map<string, number>();
  private readonly open = new Set<Queue | Worker | QueueEvents>();

  private constructor(private readonly store: Store) {}

  static async open(runtime: Runtime, database: Database, repository: JobsRepository): Promise<BullBackend> {
    const store = runtime.redisUrl
      ? redisStore(runtime.redisUrl, shortId(await repository.databaseIdentity(database.pool)))
      : await postgresStore(runtime.databaseUrl);
    return new BullBackend(store);
  }

  get kind(): Store['kind'] {
    return this.store.kind;
  }

  queue(name: string): Queue {
    return this.watched(new Queue(name, this.options, this.store.factory as never));
  }

  worker(name: string, concurrency: number, handle: (job: Job) => Promise<void>): Worker {
    const options = { ...this.options, concurrency, drainDelay: IDLE_SECONDS[this.kind] };
    return this.watched(new Worker(name, handle, options, this.store.factory as never));
  }

  events(name: string): QueueEvents {
    return this.watched(new QueueEvents(name, this.options, this.store.factory as never));
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.open].map(close));
    await within(CLOSE_PATIENCE, this.store.release()).catch((error: Error) => this.report(error));
  }

  private get options() {
    return { connection: this.store.connection, prefix: this.store.prefix };
  }

  private watched<T extends Queue | Worker | QueueEvents>(source: T): T {
    this.open.add(source);
    (source as Queue).on('error', (error) => this.report(error));
    return source;
  }

  private report(error: Error): void {
    const now = performance.now();
    const last = this.logged.get(error.message);
    if (last !== undefined && now - last < REPEAT_LOG_AFTER) return;
    this.logged.set(error.message, now);
    this.log.warn(`queue (${this.kind}): ${error.message || error.name}`);
  }
}

/** Closes in good order, or by force when the store does not answer: a client left alone reconnects for ever. */
async function close(source: Queue | Worker | QueueEvents): Promise<void> {
  const closed = await within(CLOSE_PATIENCE, source.close()).then(
    () => true,
    () => false,
  );
  if (closed) return;
  const backend = source.getBackend();
  const forced = Promise.allSettled([backend.close(true), backend.disconnect()]);
  await within(CLOSE_PATIENCE, forced).catch(() => undefined);
}

/** BullMQ makes and closes its own clients; a client handed over would never be closed. */
function redisStore(url: string, database: string): Store {
  return {
    kind: 'redis',
    connection: { url, maxRetriesPerRequest: null },
    // Braces: one slot of a Redis cluster. The id: services with different databases may share one Redis.
    prefix: `{dung-hen-${database}}`,
    factory: createRedisBackend as BackendFactory,
    release: async () => undefined,
  };
}

async function postgresStore(connectionString: string): Promise<Store> {
  const pool = new Pool({
    connectionString,
    // The queue may be lost without losing work, so it need not wait for the disk.
    options: '-c search_path=bullmq -c synchronous_commit=off',
    application_name: 'dung-hen jobs',
    // each worker keeps one connection to listen on
    max: QUEUES.length + 4,
    keepAlive: true,
    idleTimeoutMillis: 45_000,
  });
  pool.setMaxListeners(4 * QUEUES.length);
  // A connection that waits for news is nobody's query: without a listener its end would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const client = await pool.connect();
  try {
    await runMigrations(client as never);
  } finally {
    client.release();
  }
  return {
    kind: 'postgres',
    connection: pool as never,
    factory: createPostgresBackend as unknown as BackendFactory,
    release: () => pool.end(),
  };
}

/** Short enough for a key, the same for every process on one database. */
const shortId = (identity: string): string =>
  createHash('sha256').update(identity).digest('hex').slice(0, 12);
