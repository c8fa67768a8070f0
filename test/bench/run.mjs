// npm run bench: installs and builds what is missing, then measures. stdout carries the answer only.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));

const run = (args, stdio) =>
  // UTC is the zone in which the libraries compared with are quickest.
  spawnSync(process.execPath, args, { stdio, env: { ...process.env, TZ: 'UTC' } }).status ?? 1;

process.exitCode =
  run(['src/start.mjs', 'prepare'], ['ignore', 2, 2]) ||
  run(
    ['--require', './test/support/compile-typescript.cjs', 'test/bench/main.ts', ...process.argv.slice(2)],
    'inherit',
  );
