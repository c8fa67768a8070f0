import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { bootstrapFacts } from './app.bootstrap';
import { createWebApp } from './app.factory';
import { FirstAccount } from './auth/first-account';
import { ConfigurationError } from './platform/config';
import { consoleText } from './platform/console-text';
import type { DataKind } from './platform/data-folder';
import { AppError } from './platform/errors';
import { choosePort } from './platform/free-port';
import { Progress } from './platform/progress';
import { announceRun } from './platform/run-record';
import { Runtime } from './platform/runtime';
import { Shutdown } from './platform/shutdown';
import { DemoService } from './samples/demo.service';
import { claim, openGround } from './service';
import { startWorker } from './worker';

const progress = new Progress(process.stdout);
const shutdown = new Shutdown();

async function main(kind: DataKind): Promise<void> {
  shutdown.onSignals(
    () => progress.line(`\n${consoleText.stopping}`),
    () => progress.line(consoleText.stopped),
  );
  const { runtime, clock } = await openGround(kind, process.env, progress, shutdown);
  const app = await progress.step(consoleText.program, () => createWebApp(runtime, clock));
  shutdown.opened(() => app.close());
  await claim(app, kind);
  const accounts = kind === 'demo' ? await loadDemo(app) : await firstStart(app);
  const url = runtime.env.ROLE === 'worker' ? await startWorker(app) : await startWeb(app);
  if (kind === 'demo') await app.get(DemoService).deliver();
  shutdown.opened(
    announceRun({ dataDir: runtime.dataDir, url, externalDatabase: Boolean(runtime.env.DATABASE_URL) }),
  );
  for (const line of summary(runtime, url, accounts)) progress.line(line);
}

async function startWeb(app: NestFastifyApplication): Promise<string> {
  const runtime = app.get(Runtime);
  const { HOST, PORT } = runtime.env;
  const port = await choosePort(HOST, PORT);
  await app.listen(port, HOST);
  const { port: bound } = app.getHttpServer().address() as { port: number };
  if (PORT === undefined && bound !== 3000) progress.line(consoleText.portTaken(3000, bound));
  const host = HOST === '0.0.0.0' || HOST === '::' ? '127.0.0.1' : HOST;
  runtime.listeningAt(`http://${host.includes(':') ? `[${host}]` : host}:${bound}`);
  return runtime.publicUrl();
}

async function firstStart(app: NestFastifyApplication): Promise<string[]> {
  await progress.step(consoleText.facts, () => bootstrapFacts(app));
  const made = await app.get(FirstAccount).run();
  return made ? [consoleText.firstAccount(made.username, made.password)] : [];
}

async function loadDemo(app: NestFastifyApplication): Promise<string[]> {
  const demo = app.get(DemoService);
  await demo.prepare(progress);
  await progress.step(consoleText.facts, () => bootstrapFacts(app));
  await demo.load(progress);
  return demo.accounts();
}

function summary(runtime: Runtime, url: string | null, accounts: string[]): string[] {
  const data = runtime.env.DATABASE_URL ? consoleText.dataOutside : consoleText.dataAt(runtime.dataDir);
  const ready = url === null ? consoleText.readyWorker : consoleText.ready(url);
  return ['', ready, data, ...accounts, consoleText.howToStop];
}

main(process.argv[2] === 'demo' ? 'demo' : 'real').catch(async (e: unknown) => {
  const expected = e instanceof AppError || e instanceof ConfigurationError;
  console.error(expected ? [e.message, (e as Partial<AppError>).remedy].filter(Boolean).join('\n') : e);
  await shutdown.close().catch(() => undefined);
  process.exit(1);
});
