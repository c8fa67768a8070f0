import { Inject, Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import * as vm from 'node:vm';
import { Runtime } from '../platform/runtime';
import { StaticFiles } from './static-files';
import { viewHelpers } from './view-helpers';

/** Folders with partials, layouts and pages; tests add their own. */
export const TEMPLATE_FOLDERS = Symbol('template folders');

type Template = Handlebars.TemplateDelegate<unknown>;

/** HTML that our own code has made safe: a letter rendered from its template, a chart. Printed as it is. */
export const trustedHtml = (html: string): Handlebars.SafeString => new Handlebars.SafeString(html);

function* templateFiles(folder: string, under = ''): Generator<{ name: string; file: string }> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const name = under + entry.name;
    if (entry.isDirectory()) yield* templateFiles(path.join(folder, entry.name), `${name}/`);
    else if (name.endsWith('.hbs'))
      yield { name: name.slice(0, -'.hbs'.length), file: path.join(folder, entry.name) };
  }
}

/** `{{> icon}}` without parameters hands over undefined; inside, an optional parameter is then just absent. */
const givenNothing =
  (partial: Template): Template =>
  (context, options) =>
    partial(context ?? {}, options);

/**
 * Handlebars for pages, with its own helpers and partials. All templates are compiled at start, so a broken one
 * stops the service there. Strict: a field the view model lacks is an error. A partial sees only what it is given.
 */
@Injectable()
export class ViewEngine {
  private readonly fresh: boolean;
  private hb = Handlebars.create();
  private pages = new Map<string, Template>();

  constructor(
    @Inject(StaticFiles) private readonly assets: Pick<StaticFiles, 'url'>,
    @Inject(Runtime) runtime: Pick<Runtime, 'env'>,
    @Inject(TEMPLATE_FOLDERS) private readonly folders: string[],
  ) {
    this.fresh = runtime.env.NODE_ENV === 'development';
    this.load();
  }

  has(page: string): boolean {
    return this.pages.has(`pages/${page}`);
  }

  /** Body of a page inside its layout; `locals` reach every template as `@root`. */
  page(template: string, layout: string, model: object, locals: object): string {
    if (this.fresh) this.load();
    const root = { ...model, ...locals };
    const body = trustedHtml(this.run(`pages/${template}`, model, root));
    return this.run(`layouts/${layout}`, { body }, root);
  }

  /** One page template without its layout. */
  fragment(template: string, model: object, locals: object): string {
    return this.run(`pages/${template}`, model, { ...model, ...locals });
  }

  private run(name: string, model: object, root: object): string {
    const template = this.pages.get(name);
    if (!template) throw new Error(`no template templates/${name}.hbs`);
    try {
      return template(model, { data: { root } });
    } catch (e) {
      throw new Error(`templates/${name}.hbs: ${e instanceof Error ? e.message : String(e)}`, { cause: e });
    }
  }

  private load(): void {
    const helpers = viewHelpers((name) => this.assets.url(name));
    this.hb = Handlebars.create();
    this.hb.registerHelper(helpers as Handlebars.HelperDeclareSpec);
    const known = Object.fromEntries(Object.keys(helpers).map((name) => [name, true]));
    for (const { name, file } of this.files('partials'))
      this.hb.registerPartial(name, givenNothing(this.compile(file, known)));
    const pages = new Map<string, Template>();
    for (const kind of ['layouts', 'pages'])
      for (const { name, file } of this.files(kind)) pages.set(`${kind}/${name}`, this.compile(file, known));
    this.pages = pages;
  }

  private files(kind: string) {
    const folders = this.folders.map((folder) => path.join(folder, kind)).filter((f) => existsSync(f));
    return folders.flatMap((folder) => [...templateFiles(folder)]);
  }

  private compile(file: string, knownHelpers: Record<string, boolean>): Template {
    const options = {
      strict: true,
      explicitPartialContext: true,
      knownHelpersOnly: true,
      knownHelpers,
      preventIndent: true,
    } as PrecompileOptions;
    try {
      const code = this.hb.precompile(readFileSync(file, 'utf8').trimEnd(), options);
      return this.hb.template(vm.runInThisContext(`(${String(code)})`) as TemplateSpecification);
    } catch (e) {
      throw new Error(`${file}: ${e instanceof Error ? e.message : String(e)}`, {
        cause: e,
      });
    }
  }
}
