import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as zlib from 'node:zlib';
import { TEMPLATES_DIR } from '../platform/paths';

const STATIC_DIR = path.join(TEMPLATES_DIR, 'static');
const PREFIX = '/static/';

/** Order decides within a cascade layer; pages follow in alphabetical order, print is last. */
const STYLE_ORDER = [
  'tokens',
  'fonts',
  'base',
  'layout',
  'components',
  'data',
  'states',
  'signature',
  'charts',
];

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff2': 'font/woff2',
};

/** Files of packages, served under our own names: nothing is ever fetched from another host. */
const PACKAGED: Record<string, string> = {
  'fonts/source-sans-3-latin.woff2':
    '@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2',
  'fonts/source-sans-3-vietnamese.woff2':
    '@fontsource-variable/source-sans-3/files/source-sans-3-vietnamese-wght-normal.woff2',
  'fonts/tinos-regular.ttf': '@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf',
  'fonts/tinos-bold.ttf': '@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf',
  'fonts/tinos-italic.ttf': '@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf',
  'fonts/tinos-bold-italic.ttf': '@expo-google-fonts/tinos/700Bold_Italic/Tinos_700Bold_Italic.ttf',
  'js/htmx.js': 'htmx.org/dist/htmx.min.js',
};

type Coding = 'br' | 'gzip';

interface StaticFile {
  url: string;
  type: string;
  body: Buffer;
  encoded: Map<Coding, Buffer>;
}

const COMPRESS: Record<Coding, (body: Buffer) => Buffer> = {
  br: (body) => zlib.brotliCompressSync(body, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (body) => zlib.gzipSync(body, { level: 9 }),
};

/** Comments and indentation only: what is served stays readable. */
const lighten = (css: string): string =>
  css
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\s*\n\s*/g, '\n')
    .trim();

function styleSheets(): string[] {
  const all = readdirSync(path.join(STATIC_DIR, 'css'))
    .filter((f) => f.endsWith('.css'))
    .map((f) => path.basename(f, '.css'))
    .sort();
  const rest = all.filter((name) => !STYLE_ORDER.includes(name) && name !== 'print');
  return [...STYLE_ORDER, ...rest, 'print'];
}

/**
 * Everything the browser may keep for ever: one style sheet, two scripts, pictures, fonts. Names carry a hash of the
 * content. Text is compressed at start; the large letter fonts only when somebody lacks Times New Roman.
 */
@Injectable()
export class StaticFiles {
  private readonly byName = new Map<string, StaticFile>();
  private readonly byUrl = new Map<string, StaticFile>();

  constructor() {
    for (const name of readdirSync(path.join(STATIC_DIR, 'img')))
      this.add(`img/${name}`, readFileSync(path.join(STATIC_DIR, 'img', name)));
    for (const [name, file] of Object.entries(PACKAGED)) this.add(name, readFileSync(require.resolve(file)));
    for (const name of readdirSync(path.join(STATIC_DIR, 'js')))
      this.add(`js/${name}`, readFileSync(path.join(STATIC_DIR, 'js', name)));
    const css = styleSheets().map((name) =>
      readFileSync(path.join(STATIC_DIR, 'css', `${name}.css`), 'utf8'),
    );
    const linked = lighten(css.join('\n')).replace(/url\(['"]([^'"]+)['"]\)/g, (_, address: string) => {
      return `url("${this.url(address.replace(PREFIX, ''))}")`;
    });
    this.add('app.css', Buffer.from(linked));
    for (const file of this.byUrl.values()) if (!file.url.includes('/fonts/')) this.encode(file);
  }

  /** @throws Error when there is no such file: a typing mistake in a template. */
  url(name: string): string {
    const file = this.byName.get(name);
    if (!file) throw new Error(`no static file ${name}`);
    return file.url;
  }

  /** Bytes on the wire, for the budget. */
  size(name: string, coding: Coding): number {
    const file = this.byName.get(name);
    return (file?.encoded.get(coding) ?? file?.body)?.length ?? 0;
  }

  register(server: FastifyInstance): void {
    server.get(`${PREFIX}*`, (request, reply) => this.answer(request, reply));
  }

  private answer(request: FastifyRequest, reply: FastifyReply): void {
    const file = this.byUrl.get(request.url.split('?')[0] ?? '');
    if (!file) return reply.callNotFound();
    void reply
      .header('content-type', file.type)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('vary', 'accept-encoding');
    if (file.type === TYPES['.ttf'] && !file.encoded.size) this.encode(file);
    const accepted = String(request.headers['accept-encoding'] ?? '');
    const coding = (['br', 'gzip'] as const).find((c) => accepted.includes(c) && file.encoded.has(c));
    if (coding) void reply.header('content-encoding', coding);
    void reply.send(coding ? file.encoded.get(coding) : file.body);
  }

  private add(name: string, body: Buffer): void {
    const { dir, name: base, ext } = path.posix.parse(name);
    const hash = createHash('sha256').update(body).digest('hex').slice(0, 10);
    const url = `${PREFIX}${path.posix.join(dir, `${base}.${hash}${ext}`)}`;
    const file = { url, type: TYPES[ext] ?? 'application/octet-stream', body, encoded: new Map() };
    this.byName.set(name, file);
    this.byUrl.set(url, file);
  }

  private encode(file: StaticFile): void {
    const codings: Coding[] = file.type === TYPES['.ttf'] ? ['gzip'] : ['br', 'gzip'];
    for (const coding of codings) file.encoded.set(coding, COMPRESS[coding](file.body));
  }
}
