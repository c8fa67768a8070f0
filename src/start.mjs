// npm run demo | npm start | npm run dev | npm run import … on a fresh machine: installs and builds when needed, runs.
// Plain JavaScript and Node's own modules only, because nothing is installed yet when it starts.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const calledFrom = process.cwd();
process.chdir(root);

const STAMP = 'node_modules/.installed-from';
const NPM_FLAGS = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
const SOURCES = [
  'src',
  'migrations',
  'package.json',
  'nest-cli.json',
  'tsconfig.json',
  'tsconfig.build.json',
];

const [mode = 'start', ...args] = process.argv.slice(2);
/** A command answers on stdout; what is said on the way there goes to stderr. */
const channel = mode === 'cli' ? process.stderr : process.stdout;
const say = (line) => channel.write(`${line}\n`);

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const fits =
    (major === 20 && minor >= 19) ||
    (major === 22 && minor >= 13) ||
    (major === 24 && minor >= 11) ||
    major > 24;
  if (fits) return;
  console.error(`Cần Node.js 20.19, 22.13, 24.11 trở lên; máy này có ${process.version}.`);
  console.error('Tải bản LTS ở https://nodejs.org rồi chạy lại.');
  process.exit(1);
}

function step(what, remedy, work) {
  const started = Date.now();
  say(`  … ${what}`);
  const faults = work();
  if (faults) {
    console.error(`  ✗ ${what}\n${remedy}`);
    process.exit(1);
  }
  const seconds = ((Date.now() - started) / 1000).toFixed(1).replace('.', ',');
  say(`  ✓ ${what} (${seconds} giây)`);
}

/** @returns true when the command failed */
function fails(command, parameters) {
  const stdio = ['ignore', channel.fd, 2];
  return (
    spawnSync(command, parameters, { stdio, shell: process.platform === 'win32' && command === 'npm' })
      .status !== 0
  );
}

const lockHash = () => createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

function isInstalled() {
  if (existsSync(STAMP)) return readFileSync(STAMP, 'utf8') === lockHash();
  return changedAt('node_modules/.package-lock.json') >= changedAt('package-lock.json');
}

function install() {
  if (isInstalled()) return;
  const remedy = 'Kiểm tra kết nối mạng tới kho gói npm (npm ping) và chỗ trống trên đĩa, rồi chạy lại.';
  step(
    'Cài đặt các gói cần dùng',
    remedy,
    () => fails('npm', ['ci', ...NPM_FLAGS]) && fails('npm', ['install', ...NPM_FLAGS]),
  );
  writeFileSync(STAMP, lockHash());
}

function newest(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found || path.endsWith('.spec.ts')) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function build() {
  if (changedAt('dist/src/main.js') >= Math.max(...SOURCES.map(newest), changedAt(STAMP))) return;
  const remedy = 'Mã nguồn chưa dịch được; xem lỗi ở trên.';
  step('Dịch chương trình', remedy, () =>
    fails(process.execPath, ['node_modules/@nestjs/cli/bin/nest.js', 'build']),
  );
}

/** npm signals its shell, and some shells die without passing the signal on: leave when the parent has gone. */
function followParent() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 500).unref();
}

function develop() {
  const nest = ['node_modules/@nestjs/cli/bin/nest.js', 'start', '--watch', '--entryFile', 'src/main'];
  const child = spawn(process.execPath, nest, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 0));
}

async function run(program, parameters) {
  process.argv = [process.argv[0], join(root, 'dist/src', program), ...parameters];
  await import(pathToFileURL(process.argv[1]).href);
}

checkNode();
install();
followParent();
if (mode === 'dev') develop();
else {
  build();
  if (mode === 'prepare') process.exit(0);
  if (mode === 'cli') process.env.CALLED_FROM ??= process.env.INIT_CWD ?? calledFrom;
  await run(mode === 'cli' ? 'cli.js' : 'main.js', mode === 'cli' ? args : [mode]);
}
