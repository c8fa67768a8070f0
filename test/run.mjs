// npm test: installs what is missing, then every ring of tests. npm run check: only what needs no database.
// Ends with one line 'N passed, N failed' that counts every test and every check.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

const strict = process.env.CI === 'true';
const onlyChecks = process.argv[2] === 'check';
const tally = { passed: 0, failed: 0 };
const failures = [];
const leftOut = [];

const node = (script, args, env = {}) =>
  spawnSync(process.execPath, [script, ...args], { stdio: 'inherit', env: { ...process.env, ...env } })
    .status === 0;

function heading(what) {
  console.log(`\n── ${what} ${'─'.repeat(Math.max(3, 76 - what.length))}`);
}

function count(what, passed, failed) {
  tally.passed += passed;
  tally.failed += failed;
  if (failed > 0) failures.push(`${what}: ${failed}`);
}

function check(what, script, args) {
  heading(what);
  const passed = node(script, args);
  count(what, passed ? 1 : 0, passed ? 0 : 1);
  return passed;
}

/** One ring; its numbers come from jest's own report. */
function ring(what, args, env = {}) {
  heading(what);
  mkdirSync('.data', { recursive: true });
  const report = join('.data', `jest-${process.pid}.json`);
  const passed = node('node_modules/jest/bin/jest.js', [...args, '--json', `--outputFile=${report}`], {
    NODE_ENV: 'test',
    ...env,
  });
  if (!existsSync(report)) return count(what, 0, 1);
  const result = JSON.parse(readFileSync(report, 'utf8'));
  rmSync(report);
  const broken = result.numRuntimeErrorTestSuites + result.numPendingTests + result.numTodoTests;
  const unexplained = !passed && result.numFailedTests + broken === 0 ? 1 : 0;
  count(what, result.numPassedTests, result.numFailedTests + broken + unexplained);
}

function absent(what, remedy) {
  if (strict) {
    count(what, 0, 1);
    console.error(`\n✗ ${what}: not run, and CI=true forbids to leave it out.\n  ${remedy}`);
  } else leftOut.push(`${what}\n    ${remedy}`);
}

function findChromium() {
  const candidates = [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ];
  return candidates.find((path) => path && existsSync(path));
}

function findPoppler() {
  return spawnSync('pdftotext', ['-v'], { stdio: 'ignore' }).error === undefined;
}

/** Spec files that import a module of the test support. */
function specsThatUse(module) {
  return readdirSync('test', { recursive: true })
    .map((name) => join('test', name))
    .filter((file) => file.endsWith('.spec.ts') && readFileSync(file, 'utf8').includes(module))
    .map((file) => file.split(sep).join('/'));
}

/** Address of a Redis that answers PING; null when there is none. */
function findRedis() {
  const url = process.env.TEST_REDIS_URL ?? process.env.REDIS_URL ?? 'redis://127.0.0.1:6379';
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port || 6379), hostname);
    const answer = (found) => {
      socket.destroy();
      resolve(found ? url : null);
    };
    socket.setTimeout(2000, () => answer(false));
    socket.once('error', () => answer(false));
    // any reply will do: -NOAUTH and -DENIED come from a Redis as well
    socket.once('data', () => answer(true));
    socket.once('connect', () => socket.write('PING\r\n'));
  });
}

function report() {
  if (leftOut.length > 0) {
    console.log(`\n${'!'.repeat(80)}\n!!  NOT RUN on this machine:`);
    for (const each of leftOut) console.log(`!!  ${each}`);
    console.log('!'.repeat(80));
  }
  if (failures.length > 0) console.log(`\nFailed: ${failures.join(', ')}`);
  console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
  process.exitCode = tally.failed > 0 ? 1 : 0;
}

function checks() {
  check('format', 'node_modules/prettier/bin/prettier.cjs', [
    '--check',
    '--log-level=warn',
    'src',
    'test',
    'migrations',
  ]);
  check('lint', 'node_modules/eslint/bin/eslint.js', ['src', 'test', 'migrations', '--max-warnings=0']);
  check('types', 'node_modules/typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json']);
}

async function rings() {
  // Patterns come first: --selectProjects takes every word that follows it for a project.
  const unit = ['--selectProjects', 'unit'];
  const service = ['--selectProjects', 'service'];
  ring('unit', unit);
  for (const zone of ['UTC', 'America/New_York'])
    ring(`domain under TZ=${zone}`, ['src/domain/', ...unit], { TZ: zone });

  const redis = await findRedis();
  const withRedis = redis ? { TEST_REDIS_URL: redis } : {};
  if (!redis)
    absent(
      'integration with Redis',
      'Debian, Ubuntu: apt-get install redis-server && redis-server --daemonize yes',
    );
  const withoutPoppler = findPoppler() ? [] : specsThatUse('support/poppler');
  if (withoutPoppler.length > 0)
    absent(`PDF look: ${withoutPoppler.join(', ')}`, 'Debian, Ubuntu: apt-get install poppler-utils');
  const ignored = [...(redis ? [] : ['redis']), ...withoutPoppler];
  const without = ignored.flatMap((pattern) => ['--testPathIgnorePatterns', pattern]);
  const two = [...service, '--maxWorkers=2', ...without];
  ring('integration', ['test/integration/', ...two], withRedis);
  ring('e2e', ['test/e2e/', ...two], withRedis);

  const chromium = findChromium();
  const inBand = [...service, '--runInBand', ...without];
  if (!chromium) absent('browser', 'Debian, Ubuntu: apt-get install chromium; elsewhere set CHROMIUM_PATH');
  else ring('browser', ['test/browser/', ...inBand], { CHROMIUM_PATH: chromium, ...withRedis });
}

heading('install and build');
const ready = node('src/start.mjs', ['prepare']);
count('build', ready ? 1 : 0, ready ? 0 : 1);
if (ready) {
  checks();
  if (!onlyChecks) await rings();
}
report();
