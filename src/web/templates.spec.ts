import { readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { PROJECT_ROOT, TEMPLATES_DIR } from '../platform/paths';

const read = (file: string) => readFileSync(file, 'utf8');
const filesIn = (folder: string, ending: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => name.split(path.sep).join('/'));
const templates = ['pages', 'partials', 'layouts'].flatMap((folder) =>
  filesIn(path.join(TEMPLATES_DIR, folder), '.hbs').map((name) => `${folder}/${name}`),
);

describe('templates of pages', () => {
  it('exist for every @Page', () => {
    const missing = filesIn(path.join(PROJECT_ROOT, 'src'), '.controller.ts').flatMap((file) =>
      [...read(path.join(PROJECT_ROOT, 'src', file)).matchAll(/@Page\(\s*'([^']+)'/g)]
        .map(([, name]) => `pages/${name}.hbs`)
        .filter((name) => !templates.includes(name))
        .map((name) => `${file}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it.each(templates)('%s keeps the content security policy and writes nothing unescaped', (name) => {
    const text = read(path.join(TEMPLATES_DIR, name)).replace(/\{\{!--[^]*?--\}\}/g, '');
    expect(text).not.toMatch(/\{\{\{|\{\{&/);
    expect(text).not.toMatch(/ style=|<style|<script(?! src=)| on[a-z]+=|hx-on|javascript:|js:/);
    expect(text).not.toMatch(/(?:src|href|action)="https?:/);
  });

  it.each(templates)('%s: every form that changes something carries the token', (name) => {
    const text = read(path.join(TEMPLATES_DIR, name));
    const forms = text.match(/<form\b[^>]*method="post"[^]*?<\/form>/g) ?? [];
    const bare = forms.filter((form) => !/\{\{> csrf\}\}|csrfToken/.test(form));
    expect(bare).toEqual([]);
  });
});
