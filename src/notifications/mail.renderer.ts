import { Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { TEMPLATES_DIR } from '../platform/paths';
import { viewHelpers } from '../web/view-helpers';

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

type Part = keyof RenderedMail;
const PARTS: Part[] = ['subject', 'text', 'html'];

const FOLDER = path.join(TEMPLATES_DIR, 'emails');
const OPTIONS = { strict: true, preventIndent: true };

/** templates/emails/<kind>/{subject,text,html}.hbs, compiled at start; strict like the pages. */
@Injectable()
export class MailRenderer {
  private readonly hb = Handlebars.create();
  private readonly templates = new Map<string, Handlebars.TemplateDelegate<object>>();

  constructor() {
    this.hb.registerHelper(viewHelpers(noAssets) as Handlebars.HelperDeclareSpec);
    const entries = readdirSync(FOLDER, { withFileTypes: true });
    for (const { name } of entries.filter((entry) => entry.isFile())) this.share(name);
    for (const { name } of entries.filter((entry) => entry.isDirectory()))
      for (const part of PARTS) this.compile(name, part);
  }

  has(kind: string): boolean {
    return this.templates.has(`${kind}/subject`);
  }

  render(kind: string, model: object): RenderedMail {
    const [subject, text, html] = PARTS.map((part) => this.run(kind, part, model));
    return { subject: subject!.replace(/\s+/g, ' ').trim(), text: tidied(text!), html: html! };
  }

  /** What several mails have in common: <name>.<part>.hbs */
  private share(file: string): void {
    const name = path.basename(file, '.hbs');
    const options = { ...OPTIONS, noEscape: !name.endsWith('.html') };
    this.hb.registerPartial(name, this.hb.compile(readFileSync(path.join(FOLDER, file), 'utf8'), options));
  }

  private run(kind: string, part: Part, model: object): string {
    const template = this.templates.get(`${kind}/${part}`);
    if (!template) throw new Error(`no template templates/emails/${kind}/${part}.hbs`);
    return template(model).normalize('NFC');
  }

  private compile(kind: string, part: Part): void {
    const file = path.join(FOLDER, kind, `${part}.hbs`);
    if (!existsSync(file))
      throw new Error(`${file} is missing: every mail has a subject, a text and an HTML part`);
    const source = readFileSync(file, 'utf8');
    const options = { ...OPTIONS, noEscape: part !== 'html' };
    this.templates.set(`${kind}/${part}`, this.hb.compile(source, options));
  }
}

/** A mail is read far from the service: nothing in it is fetched. */
function noAssets(name: string): string {
  throw new Error(`a mail may not refer to ${name}`);
}

/** Loops of the template leave blank lines behind. */
const tidied = (text: string): string =>
  `${text
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
