import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { TEMPLATES_DIR } from '../platform/paths';
import type { Runtime } from '../platform/runtime';
import { trustedHtml, ViewEngine } from './view-engine';

const folder = mkdtempSync(path.join(tmpdir(), 'views-'));
afterAll(() => rmSync(folder, { recursive: true }));

function engineWith(files: Record<string, string>): ViewEngine {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, `${name}.hbs`);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const runtime = { env: { NODE_ENV: 'test' } } as Runtime;
  return new ViewEngine({ url: (name) => `/static/${name}` }, runtime, [TEMPLATES_DIR, folder]);
}

describe('templates', () => {
  const engine = engineWith({
    'pages/t/text': '<p>{{text}}</p>{{html}}',
    'pages/t/partials': "{{> icon name='mail'}}{{#each items}}{{> tag tone=tone text=text}}{{/each}}",
    'pages/t/outer': '{{#each rows}}{{> t-inner this}}{{/each}}',
    'partials/t-inner': '{{name}} of {{@root.commune}};',
    'pages/t/leak': '{{> t-leak}}',
    'partials/t-leak': '{{#if secret}}leaked{{else}}nothing{{/if}}',
  });

  it('values are escaped, HTML of our own code is not', () => {
    const model = { text: '<script>&"', html: trustedHtml('<b>7</b>') };
    expect(engine.fragment('t/text', model, {})).toBe('<p>&lt;script&gt;&amp;&quot;</p><b>7</b>');
  });

  it('a field the view model lacks is an error that names the template', () => {
    expect(() => engine.fragment('t/text', { text: 'x' }, {})).toThrow(/t\/text\.hbs.*"html" not defined/);
  });

  it('a partial gets what it is given and the page as @root, nothing else', () => {
    const rows = [{ name: 'A' }, { name: 'B' }];
    expect(engine.fragment('t/outer', { rows }, { commune: 'Bình Lư' })).toBe('A of Bình Lư;B of Bình Lư;');
    expect(engine.fragment('t/leak', { secret: 1 }, {})).toBe('nothing');
  });

  it('optional parameters of a shared partial may be left out', () => {
    const html = engine.fragment('t/partials', { items: [{ tone: 'soon', text: 'Chờ duyệt' }] }, {});
    expect(html).toContain('<use href="/static/img/icons.svg#mail"/>');
    expect(html).toContain('<span class="tag tone-soon">Chờ duyệt</span>');
  });

  it.each([
    ['an unknown helper', 'pages/t/bad', '{{noSuchHelper x}}', 'noSuchHelper'],
    ['a syntax error', 'pages/t/bad', '{{#if x}}', 'bad.hbs'],
  ])('%s stops the start and names the file', (_, name, text, message) => {
    expect(() => engineWith({ [name]: text })).toThrow(message);
    rmSync(path.join(folder, `${name}.hbs`));
  });
});

describe('form fields', () => {
  const engine = engineWith({
    'pages/t/form': `{{> faults}}{{> field id='ngay' label='Ngày' value=day hint='dd/mm/yyyy'}}{{> field-area id='ly_do' label='Lý do' value=reason}}{{> field-select id='don_vi' label='Đơn vị' options=units value=unit empty='Mọi đơn vị'}}`,
  });
  const model = { day: '31/02/2026', reason: '', unit: '2', units: [{ value: 2, label: 'Phòng Kinh tế' }] };

  it('show their fault, keep the value and point to the message', () => {
    const html = engine.fragment('t/form', model, {
      faults: [{ field: 'ngay', text: 'Ngày không có thật.' }],
    });
    expect(html).toContain('<a href="#ngay">Ngày không có thật.</a>');
    expect(html).toContain('value="31/02/2026"');
    expect(html).toContain('aria-invalid="true" aria-describedby="ngay-loi ngay-goi-y"');
    expect(html).toContain('<p class="err" id="ngay-loi">Ngày không có thật.</p>');
  });

  it('say nothing of faults when there are none', () => {
    const html = engine.fragment('t/form', model, { faults: [] });
    expect(html).not.toContain('aria-invalid');
    expect(html).not.toContain('class="err"');
    expect(html).toContain('<option value="2" selected>Phòng Kinh tế</option>');
  });
});
