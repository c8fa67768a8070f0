import 'reflect-metadata';
import type { INestApplicationContext } from '@nestjs/common';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { bootstrapFacts } from './app.bootstrap';
import { createCommandContext } from './app.factory';
import { ApiKeyService } from './auth/api-key.service';
import { verifyCalendarFile } from './calendars/calendar-cases';
import type { ColumnCounts } from './cases/case-differences';
import { DeadlineComparison } from './cases/deadline-comparison.service';
import { DeadlineService } from './cases/deadline.service';
import { columnViews } from './cases/difference-view';
import { dataKind } from './database/data-kind';
import { Database } from './database/transaction';
import { ImportCommand } from './ingest/import-command.service';
import { ConfigurationError } from './platform/config';
import { consoleText } from './platform/console-text';
import { commandFolder } from './platform/data-folder';
import { AppError } from './platform/errors';
import { Progress } from './platform/progress';
import { Shutdown } from './platform/shutdown';
import { claim, openGround } from './service';
import { ROLES, type Role } from './web/reader';

/** stdout carries the answer only; everything else goes to stderr. */
const progress = new Progress(process.stderr);
const shutdown = new Shutdown();
const text = consoleText.command;

const answer = (lines: string): boolean => process.stdout.write(`${lines}\n`);

/** Where a relative path was typed: npm runs scripts in the project's folder. */
const typedPath = (file: string): string => path.resolve(process.env.CALLED_FROM ?? process.cwd(), file);

interface Command {
  usage: string;
  /** @returns exit code */
  run(args: string[]): Promise<number>;
}

const COMMANDS: Record<string, Command> = {
  import: {
    usage: 'npm run import -- FILE [--source NAME] [--check] [--overwrite] [--faults FILE.xlsx] [--json]',
    run: importFile,
  },
  'api-key': { usage: 'npm run api-key -- NAME --role ROLE [--unit CODE]', run: createApiKey },
  recompute: { usage: 'npm run recompute -- [--check]', run: recompute },
  migrate: { usage: 'npm run migrate', run: migrateOnly },
  'verify-calendar': { usage: 'npm run verify:calendar -- FILE', run: verifyCalendar },
};

async function importFile(args: string[]): Promise<number> {
  const { values, positionals } = parsed('import', args, {
    ...{ json: { type: 'boolean', default: false }, check: { type: 'boolean', default: false } },
    ...{
      overwrite: { type: 'boolean', default: false },
      source: { type: 'string' },
      faults: { type: 'string' },
    },
  });
  const file = existing(typedPath(single('import', positionals, 'FILE')));
  const app = await openApp();
  const fileName = path.basename(file);
  const faults = typeof values.faults === 'string' ? typedPath(values.faults) : null;
  const request = {
    ...{ path: file, fileName, channel: 'command' as const, actor: 'command line' },
    ...{ source: values.source as string | undefined, overwrite: values.overwrite === true },
  };
  const result = await progress.step(text.importing(fileName), () =>
    app
      .get(ImportCommand)
      .run(request, { check: values.check === true, faults }, (at) => progress.now(text.importAt(at))),
  );
  if (result.faultsWritten) progress.line(text.faultsAt(faults!));
  if (values.json) answer(JSON.stringify(result));
  else if (result.state === 'checked') answer(text.checked(fileName, result.effects!, result).join('\n'));
  else if (result.state === 'done') answer(text.imported(fileName, result).join('\n'));
  if (result.state === 'done' || result.state === 'checked') return 0;
  progress.line([result.message, result.remedy].filter(Boolean).join('\n'));
  return 1;
}

async function createApiKey(args: string[]): Promise<number> {
  const { values, positionals } = parsed('api-key', args, {
    role: { type: 'string' },
    unit: { type: 'string' },
  });
  const name = single('api-key', positionals, 'NAME');
  const role = ROLES.find((known) => known === values.role) as Role | undefined;
  if (!role) throw usage('api-key', text.roleMissing(ROLES.join(', ')));
  const app = await openApp();
  const { key, unitCode } = await app
    .get(ApiKeyService)
    .create(name, role, values.unit as string | undefined);
  progress.line(text.keyMade(name, role, unitCode));
  answer(key);
  return 0;
}

async function recompute(args: string[]): Promise<number> {
  const { values } = parsed('recompute', args, { check: { type: 'boolean', default: false } });
  const app = await openApp();
  if (values.check) return compare(app);
  const { changed, moved, columns } = await progress.step(text.recomputing, () =>
    app.get(Database).transaction(async (tx) => {
      await app.get(DeadlineService).holdGround(tx);
      return app.get(DeadlineService).recompute(tx, 'all');
    }),
  );
  answer([text.recomputed(changed, moved), ...columnLines(columns)].join('\n'));
  return 0;
}

async function compare(app: INestApplicationContext): Promise<number> {
  const { cases, differences, columns } = await progress.step(text.comparing, () =>
    app.get(DeadlineComparison).compare(),
  );
  answer([text.compared(cases, differences), ...columnLines(columns)].join('\n'));
  return differences > 0 ? 1 : 0;
}

const columnLines = (columns: ColumnCounts): string[] =>
  columnViews(columns).map(({ name, count }) => `  ${name}: ${count}`);

async function migrateOnly(args: string[]): Promise<number> {
  parsed('migrate', args, {});
  await open();
  return 0;
}

async function verifyCalendar(args: string[]): Promise<number> {
  const { positionals } = parsed('verify-calendar', args, {});
  const { lines, failed } = await verifyCalendarFile(
    existing(typedPath(single('verify-calendar', positionals, 'FILE'))),
  );
  answer(lines.join('\n'));
  return failed > 0 ? 1 : 0;
}

/** The data of the running service when there is exactly one, else the usual folder; beside it or without it. */
async function open() {
  const { dataDir, service } = commandFolder(process.env);
  if (service?.externalDatabase && !process.env.DATABASE_URL)
    throw new AppError('SERVICE_USES_OTHER_DATABASE', { url: service.url ?? '' });
  progress.line(process.env.DATABASE_URL ? consoleText.dataOutside : consoleText.dataAt(dataDir));
  // ROLE=web: a command enqueues jobs, the service handles them.
  return openGround(
    'real',
    { ...process.env, DATA_DIR: dataDir, ROLE: 'web', LOG_LEVEL: 'warn' },
    progress,
    shutdown,
  );
}

async function openApp(): Promise<INestApplicationContext> {
  const { runtime, clock } = await open();
  const app = await createCommandContext(runtime, clock);
  shutdown.opened(() => app.close());
  const known = await dataKind(app.get(Database).pool);
  if (!known) await claim(app, 'real');
  await bootstrapFacts(app);
  return app;
}

function parsed(command: string, args: string[], options: NonNullable<ParseArgsConfig['options']>) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (e) {
    throw usage(command, (e as Error).message);
  }
}

function single(command: string, positionals: string[], what: string): string {
  if (positionals.length !== 1) throw usage(command, text.oneNeeded(what));
  return positionals[0]!;
}

function existing(file: string): string {
  if (!fs.statSync(file, { throwIfNoEntry: false })?.isFile()) throw new AppError('FILE_MISSING', { file });
  return file;
}

const usage = (command: string, cause: string): AppError =>
  new AppError('COMMAND_USAGE', { cause, usage: COMMANDS[command]!.usage });

async function main([name = '', ...args]: string[]): Promise<number> {
  shutdown.onSignals(
    () => progress.line(consoleText.stopping),
    () => progress.line(consoleText.stopped),
  );
  const command = COMMANDS[name];
  if (!command)
    throw new AppError('COMMAND_UNKNOWN', { command: name || '?', known: Object.keys(COMMANDS).join(', ') });
  return command.run(args);
}

main(process.argv.slice(2))
  .catch((e: unknown) => {
    const expected = e instanceof AppError || e instanceof ConfigurationError;
    console.error(expected ? [e.message, (e as Partial<AppError>).remedy].filter(Boolean).join('\n') : e);
    return 1;
  })
  .then(async (code) => {
    await shutdown.close();
    process.stdout.write('', () => process.exit(code)); // a pipe may still be draining
  })
  .catch(() => process.exit(1));
