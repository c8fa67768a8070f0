import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { TEMPLATES_DIR } from '../platform/paths';
import { StaticFiles } from './static-files';

const files = new StaticFiles();
const KIB = 1024;

describe('static files stay within the budget of a slow line', () => {
  it('style sheet at most 16 KB', () => {
    expect(files.size('app.css', 'gzip')).toBeLessThan(16 * KIB);
  });

  it('scripts together at most 20 KB', () => {
    expect(files.size('js/htmx.js', 'gzip') + files.size('js/app.js', 'gzip')).toBeLessThan(20 * KIB);
  });

  it('fonts of the first visit at most 45 KB', () => {
    const fonts = ['fonts/source-sans-3-latin.woff2', 'fonts/source-sans-3-vietnamese.woff2'];
    expect(fonts.reduce((sum, name) => sum + files.size(name, 'br'), 0)).toBeLessThan(45 * KIB);
  });
});

describe('addresses', () => {
  it('carry a hash of the content', () => {
    expect(files.url('app.css')).toMatch(/^\/static\/app\.[0-9a-f]{10}\.css$/);
    expect(files.url('js/htmx.js')).toMatch(/^\/static\/js\/htmx\.[0-9a-f]{10}\.js$/);
  });

  it('of an unknown file are an error', () => {
    expect(() => files.url('img/none.svg')).toThrow('no static file img/none.svg');
  });
});

const css = readdirSync(path.join(TEMPLATES_DIR, 'static', 'css')).map((name) => ({
  name,
  text: readFileSync(path.join(TEMPLATES_DIR, 'static', 'css', name), 'utf8').replace(/\/\*[^]*?\*\//g, ''),
}));

describe('the style sheet works in Chrome 109', () => {
  it.each(css)('$name: no newer syntax, no other host', ({ text }) => {
    expect(text).not.toMatch(/color-mix|oklch|subgrid|@import|https?:|light-dark\(|@scope/);
    expect(text).not.toMatch(/@media \((max|min)-width/); // paper would get the layout of a phone
    expect(text).not.toMatch(/(^|[\s;{])&[\s:.[]/); // nesting
  });
});

describe('text is readable', () => {
  const tokens = Object.fromEntries(
    [...css.find((f) => f.name === 'tokens.css')!.text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(
      ([, name, hex]) => [name, hex!],
    ),
  );
  const luminance = (hex: string): number => {
    const [r, g, b] = [1, 3, 5]
      .map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a: string, b: string): number => {
    const [hi, lo] = [luminance(tokens[a]!), luminance(tokens[b]!)].sort((x, y) => y - x) as [number, number];
    return (hi + 0.05) / (lo + 0.05);
  };
  const tones = ['late', 'today', 'soon', 'week', 'safe', 'pause'];

  it.each(tones)('text of %s on its tint: at least 4.5', (tone) => {
    expect(contrast(`${tone}-fg`, `${tone}-bg`)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(tones)('mark of %s on white: at least 3', (tone) => {
    expect(contrast(`${tone}-solid`, 'surface')).toBeGreaterThanOrEqual(3);
  });

  it.each([
    ['ink', 'paper'],
    ['ink-2', 'paper'],
    ['ink-3', 'paper'],
    ['ink-2', 'paper-2'],
    ['cham-600', 'surface'],
    ['cham-600', 'cham-100'],
    ['surface', 'cham-900'],
    ['surface', 'cham-600'],
    ['surface', 'late-solid'],
    ['surface', 'today-solid'],
  ])('%s on %s: at least 4.5', (text, ground) => {
    expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it('borders of controls on paper: at least 3', () => {
    expect(contrast('line-strong', 'paper')).toBeGreaterThanOrEqual(3);
  });
});
