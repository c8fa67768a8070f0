import * as fs from 'node:fs';
import { builtinModules } from 'node:module';
import * as path from 'node:path';
import ts from 'typescript';

const ROOT = path.join(__dirname, '..');
const SRC = path.join(ROOT, 'src');

/** A folder imports only from folders before it. */
const ORDER = [
  ...[
    'domain',
    'platform',
    'database',
    'jobs',
    'documents',
    'web',
    'audit',
    'units',
    'auth',
    'notifications',
  ],
  ...[
    'operations',
    'calendars',
    'cases',
    'ingest',
    'reconciliation',
    'reports',
    'alerts',
    'letters',
    'samples',
  ],
];
/** Files beside the folders; they may import from every folder. */
const APP_FILES = [
  'main.ts',
  'worker.ts',
  'cli.ts',
  'service.ts',
  'app.module.ts',
  'app.factory.ts',
  'app.bootstrap.ts',
  'start.mjs',
];
const KINDS = [
  ...[
    'module',
    'controller',
    'api.controller',
    'service',
    'repository',
    'processor',
    'entity',
    'dto',
    'guard',
  ],
  ...['decorator', 'filter', 'interceptor', 'reader', 'renderer', 'writer', 'sender', 'spec'],
];
const BANNED_NAMES = /^(index|utils?|helpers?|common|misc|shared|types|constants)$/;
/** Libraries that the design decided against, or that would answer a question which is ours. */
const BANNED_LIBRARIES =
  /^(moment|dayjs|luxon|date-fns|date-holidays|lodash|underscore|ramda|axios|class-validator|class-transformer|puppeteer|pdfkit|pdfmake|@prisma\/.*|@mikro-orm\/.*|sequelize|knex|express|passport.*|jsonwebtoken|uuid)$/;

interface Source {
  /** Path below the project, with slashes. */
  name: string;
  lines: number;
  imports: { target: string; typeOnly: boolean }[];
  text: string;
}

function filesBelow(folder: string): string[] {
  if (!fs.existsSync(folder)) return [];
  return (fs.readdirSync(folder, { recursive: true, withFileTypes: true }) as fs.Dirent[])
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function read(file: string): Source {
  const text = fs.readFileSync(file, 'utf8');
  const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const imports: Source['imports'] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const clause = node.importClause;
      const named =
        clause?.namedBindings && ts.isNamedImports(clause.namedBindings) ? clause.namedBindings.elements : [];
      const typeOnly =
        clause?.phaseModifier === ts.SyntaxKind.TypeKeyword ||
        (named.length > 0 && !clause?.name && named.every((element) => element.isTypeOnly));
      imports.push({ target: node.moduleSpecifier.text, typeOnly });
    }
    if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier))
      imports.push({ target: node.moduleSpecifier.text, typeOnly: node.isTypeOnly });
    if (
      ts.isCallExpression(node) &&
      (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require') &&
      node.arguments[0] &&
      ts.isStringLiteral(node.arguments[0])
    )
      imports.push({ target: node.arguments[0].text, typeOnly: false });
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  const name = path.relative(ROOT, file).split(path.sep).join('/');
  return { name, lines: text.split('\n').length - 1, imports, text };
}

const sources = filesBelow(SRC)
  .filter((file) => file.endsWith('.ts'))
  .map(read);
const production = sources.filter((source) => !source.name.endsWith('.spec.ts'));

/** 'src/cases/case-status' for './case-status' in src/cases; undefined for a package. */
function resolved(from: Source, target: string): string | undefined {
  if (!target.startsWith('.')) return undefined;
  return path.posix.join(path.posix.dirname(from.name), target).replace(/\.(ts|js|json)$/, '');
}

const folderOf = (name: string): string | undefined => /^src\/([^/]+)\//.exec(name)?.[1];
const packageOf = (target: string): string =>
  target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');

describe('the layout', () => {
  it('has only the folders of the design and the files of the application beside them', () => {
    const entries = fs.readdirSync(SRC, { withFileTypes: true });
    expect(entries.filter((e) => e.isDirectory() && !ORDER.includes(e.name)).map((e) => e.name)).toEqual([]);
    expect(entries.filter((e) => e.isFile() && !APP_FILES.includes(e.name)).map((e) => e.name)).toEqual([]);
  });

  it('keeps every folder flat', () => {
    expect(sources.filter((s) => s.name.split('/').length > 3).map((s) => s.name)).toEqual([]);
  });

  it('names files <thing>.<kind>.ts or <thing>.ts, in small letters with hyphens', () => {
    const wrong = sources.filter(({ name }) => {
      const [thing = '', ...kind] = path.posix.basename(name, '.ts').split('.');
      if (name.split('/').length === 2) return false;
      const kinds = kind.join('.').replace(/\.spec$/, '');
      return !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(thing) || !(kinds === '' || KINDS.includes(kinds));
    });
    expect(wrong.map((s) => s.name)).toEqual([]);
  });

  it('has no barrel and no drawer for odds and ends', () => {
    const wrong = sources.filter((s) => BANNED_NAMES.test(path.posix.basename(s.name, '.ts')));
    expect(wrong.map((s) => s.name)).toEqual([]);
    const onlyExports = production.filter(
      (s) => s.text.trim() !== '' && /^(\s*export (\*|\{[^}]*\}) from '[^']+';\s*)+$/.test(s.text),
    );
    expect(onlyExports.map((s) => s.name)).toEqual([]);
  });

  it('keeps SQL in repositories', () => {
    const allowed = /\.repository\.ts$|^src\/(database|platform|jobs)\/|\.spec\.ts$/;
    const sql = /`\s*(select|insert into|update|delete from|merge into|with \w+ as \()\s/i;
    expect(production.filter((s) => !allowed.test(s.name) && sql.test(s.text)).map((s) => s.name)).toEqual(
      [],
    );
  });
});

describe('imports', () => {
  it('go only to folders that stand before in the order', () => {
    const wrong = production.flatMap((source) => {
      const from = folderOf(source.name);
      if (!from) return [];
      return source.imports.flatMap(({ target }) => {
        const file = resolved(source, target);
        if (!file?.startsWith('src/')) return [];
        const to = folderOf(`${file}.ts`);
        const backward = !to || ORDER.indexOf(to) > ORDER.indexOf(from);
        return backward ? [`${source.name} -> ${target}`] : [];
      });
    });
    expect(wrong).toEqual([]);
  });

  it('make no cycle between files', () => {
    const known = new Map(production.map((s) => [s.name.replace(/\.ts$/, ''), s]));
    const done = new Set<string>();
    const cycles: string[] = [];
    const walk = (name: string, trail: string[]): void => {
      const at = trail.indexOf(name);
      if (at >= 0) cycles.push([...trail.slice(at), name].join(' -> '));
      if (at >= 0 || done.has(name)) return;
      const source = known.get(name)!;
      for (const { target, typeOnly } of source.imports) {
        const next = typeOnly ? undefined : resolved(source, target);
        if (next && known.has(next)) walk(next, [...trail, name]);
      }
      done.add(name);
    };
    for (const name of known.keys()) walk(name, []);
    expect(cycles).toEqual([]);
  });

  it('use only packages that package.json names, and none that the design decided against', () => {
    const manifest = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const wrong = production.flatMap((source) =>
      source.imports
        .map(({ target }) => target)
        .filter((target) => !target.startsWith('.') && !target.startsWith('node:'))
        .map(packageOf)
        .filter(
          (name) =>
            builtinModules.includes(name) || BANNED_LIBRARIES.test(name) || !(name in manifest.dependencies),
        )
        .map((name) => `${source.name} -> ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('of the domain name nothing outside it: no framework, no file, no clock', () => {
    const wrong = sources
      .filter((s) => folderOf(s.name) === 'domain' && !s.name.endsWith('.spec.ts'))
      .flatMap((s) =>
        s.imports.filter((i) => !i.target.startsWith('./')).map((i) => `${s.name} -> ${i.target}`),
      );
    expect(wrong).toEqual([]);
    const clocks = production.filter(
      (s) => folderOf(s.name) === 'domain' && /new Date\(\)|Date\.now\(/.test(s.text),
    );
    expect(clocks.map((s) => s.name)).toEqual([]);
  });

  it('never use forwardRef', () => {
    expect(production.filter((s) => /\bforwardRef\b/.test(s.text)).map((s) => s.name)).toEqual([]);
  });
});

describe('the code', () => {
  it('keeps files at 300 lines', () => {
    expect(sources.filter((s) => s.lines > 300).map((s) => `${s.name}: ${s.lines}`)).toEqual([]);
  });

  it('asks platform/clock for the time, nothing else', () => {
    // The machine's own waiting (ports, processes) and the queue's timetable run on real time.
    const allowed = [
      'src/platform/clock.ts',
      'src/platform/free-port.ts',
      'src/platform/embedded-postgres.ts',
      'src/jobs/job-schedules.ts',
    ];
    const wrong = production.filter(
      (s) => !allowed.includes(s.name) && /new Date\(\)|Date\.now\(/.test(s.text),
    );
    expect(wrong.map((s) => s.name)).toEqual([]);
  });

  it('reads the environment only in the platform and the application files', () => {
    const wrong = production.filter(
      (s) => /process\.env\b/.test(s.text) && !/^src\/(platform\/|[^/]+\.ts$)/.test(s.name),
    );
    expect(wrong.map((s) => s.name)).toEqual([]);
  });

  it('keeps job handlers shallow: a processor has no method of more than 10 lines', () => {
    const long = production
      .filter((s) => s.name.endsWith('.processor.ts'))
      .filter((s) => /@OnJob\([^)]*\)[^{]*\{\n(?:(?! {2}\})[^\n]*\n){11,}/.test(s.text));
    expect(long.map((s) => s.name)).toEqual([]);
  });

  it('names recurring work only in jobs/schedules.ts', () => {
    expect(production.filter((s) => /@Cron\(/.test(s.text)).map((s) => s.name)).toEqual([]);
  });
});
