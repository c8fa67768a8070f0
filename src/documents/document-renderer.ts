import { Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { TEMPLATES_DIR } from '../platform/paths';
import { linesOf, longDay, longInstant, paddedNumber } from './document-format';
import { TemplateFault, templateTree } from './template-tree';

const FOLDERS = ['letters', 'reports'];

const helpers: Record<string, Handlebars.HelperDelegate> = {
  ngayDu: (value: string) => longDay(value),
  gioNgayDu: (value: string) => longInstant(value),
  haiSo: (value: number) => paddedNumber(value),
  cacDong: (value: string) => linesOf(value),
  eq: (a: unknown, b: unknown) => a === b,
  vietHoaDau: (value: string) => value.charAt(0).toLocaleUpperCase('vi') + value.slice(1),
};

/** The text of a form as it was kept: a later version of the program prints it as it was. */
export interface DocumentSource {
  /** of everything below: compiled once */
  sha256: string;
  source: string;
  /** shared parts by name */
  parts: Record<string, string>;
}

/** Texts kept compiled at the same time: those of all offices of a province. */
const KEPT = 500;

const OPTIONS: CompileOptions = {
  // a missing field is an error, not a hole in a letter
  strict: true,
  knownHelpersOnly: true,
  knownHelpers: Object.fromEntries(Object.keys(helpers).map((name) => [name, true])),
};

/** Official documents from templates/letters and templates/reports; apart from the engine of the web pages. */
@Injectable()
export class DocumentRenderer {
  private readonly engine = Handlebars.create();
  private readonly templates = new Map<string, Handlebars.TemplateDelegate>();
  /** Without partials of its own: a form has the parts it was kept with, and no others. */
  private readonly bare = Handlebars.create();
  private readonly compiled = new Map<string, Handlebars.TemplateDelegate>();

  constructor() {
    this.engine.registerHelper(helpers);
    this.bare.registerHelper(helpers);
    for (const folder of FOLDERS) this.load(folder);
  }

  /**
   * The document as HTML of the paper's subset, the source of the PDF.
   * @param template '<folder>/<form>', e.g. 'letters/late-apology'
   */
  html(template: string, model: object): string {
    const render = this.templates.get(template);
    if (!render) throw new TemplateFault(`no template ${template}`);
    return render(normalised(model) as object);
  }

  /** The document as HTML of the paper's subset, with a form as it was kept. */
  render(form: DocumentSource, model: object): string {
    return this.ofSource(form)(normalised(model) as object);
  }

  /** The same document for a page that shows it: only what the paper knows, and no second heading of the page. */
  preview(template: string, model: object): string {
    return forPage(this.html(template, model));
  }

  /** `render` for a page that shows it. */
  renderPreview(form: DocumentSource, model: object): string {
    return forPage(this.render(form, model));
  }

  private ofSource({ sha256, source, parts }: DocumentSource): Handlebars.TemplateDelegate {
    const known = this.compiled.get(sha256);
    if (known) return known;
    const partials = Object.fromEntries(
      Object.entries(parts).map(([name, text]) => [name, compiledIn(this.bare, text, `part ${name}`)]),
    );
    const template = compiledIn(this.bare, source, `form ${sha256}`);
    const render: Handlebars.TemplateDelegate = (model) => template(model, { partials });
    const [oldest] = this.compiled.keys();
    if (this.compiled.size >= KEPT && oldest !== undefined) this.compiled.delete(oldest);
    this.compiled.set(sha256, render);
    return render;
  }

  private load(folder: string): void {
    const home = path.join(TEMPLATES_DIR, folder);
    if (!fs.existsSync(home)) return;
    const partials = path.join(home, 'partials');
    for (const name of hbsFiles(partials))
      this.engine.registerPartial(name, this.compile(path.join(partials, `${name}.hbs`)));
    for (const name of hbsFiles(home))
      this.templates.set(`${folder}/${name}`, this.compile(path.join(home, `${name}.hbs`)));
  }

  private compile(file: string): Handlebars.TemplateDelegate {
    return compiledIn(this.engine, fs.readFileSync(file, 'utf8'), file);
  }
}

function compiledIn(engine: typeof Handlebars, text: string, where: string): Handlebars.TemplateDelegate {
  const source = text.normalize('NFC');
  if (/\{\{~?\{|\{\{~?\s*&/.test(source)) throw new TemplateFault(`unescaped output in ${where}`);
  // without its last line break a partial can stand inside a sentence
  return engine.compile(source.trimEnd(), OPTIONS);
}

function forPage(html: string): string {
  templateTree(html);
  return html
    .replace(/<h1>/g, '<p class="title">')
    .replace(/<h2>/g, '<p class="subject">')
    .replace(/<\/h[12]>/g, '</p>');
}

const hbsFiles = (folder: string): string[] =>
  fs.existsSync(folder)
    ? fs
        .readdirSync(folder)
        .filter((name) => name.endsWith('.hbs'))
        .map((name) => name.slice(0, -'.hbs'.length))
    : [];

/** Texts in NFC: files and keyboards also send decomposed letters, which compare and search differently. */
function normalised(value: unknown): unknown {
  if (typeof value === 'string') return value.normalize('NFC');
  if (Array.isArray(value)) return value.map(normalised);
  if (value instanceof Date || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, normalised(v)]));
}
