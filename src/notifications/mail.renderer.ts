import { Injectable } from '@nestjs/common';
import Handlebars from 'handlebars';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { textFaults, type TextFault } from '../documents/template-fields';
import {
  fieldsOf,
  MAIL_KINDS,
  WORDED_PARTS,
  type MailKindName,
  type WordedPart,
} from '../platform/mail-labels';
import { TEMPLATES_DIR } from '../platform/paths';
import { viewHelpers } from '../web/view-helpers';
import type { Wording } from './mail-wording.repository';

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

type Template = Handlebars.TemplateDelegate<object>;

const BODIES = ['text', 'html'] as const;
const FOLDER = path.join(TEMPLATES_DIR, 'emails');
const OPTIONS = { strict: true, preventIndent: true };
/** Blocks that words may use. */
const BLOCKS = ['if'];

const sourceOf = (...names: string[]): string => {
  const file = path.join(FOLDER, ...names);
  if (!existsSync(file)) throw new Error(`${file} is missing: every mail has its subject, words and bodies`);
  return readFileSync(file, 'utf8').trimEnd();
};

/** What is wrong with words for a part of a mail. */
export const wordingFaults = (kind: MailKindName, part: WordedPart, source: string): TextFault[] =>
  textFaults(source, { fields: Object.keys(fieldsOf(kind, part)), blocks: BLOCKS });

/**
 * templates/emails/<kind>/{subject,opening,closing,text,html}.hbs, compiled at start; strict like the pages. The first
 * three are the usual words, which an office may replace; they keep to the same rules as its own.
 */
@Injectable()
export class MailRenderer {
  private readonly hb = Handlebars.create();
  private readonly bodies = new Map<string, Template>();
  private readonly usualWords = new Map<string, string>();
  private readonly brief: Template;

  constructor() {
    this.hb.registerHelper(viewHelpers(noAssets) as Handlebars.HelperDeclareSpec);
    for (const entry of readdirSync(FOLDER, { withFileTypes: true }))
      if (entry.isFile()) this.share(entry.name);
    for (const kind of MAIL_KINDS) {
      for (const body of BODIES)
        this.bodies.set(`${kind}/${body}`, this.compile([kind, `${body}.hbs`], body));
      for (const part of WORDED_PARTS) this.adopt(kind, part, sourceOf(kind, `${part}.hbs`));
    }
    this.brief = this.compile(['short.text.hbs'], 'text');
  }

  render(kind: MailKindName, model: object, words: Record<string, string>, own: Wording): RenderedMail {
    const [opening, closing] = (['opening', 'closing'] as const).map((part) =>
      this.worded(kind, part, words, own),
    );
    const [text, html] = BODIES.map((body) =>
      this.bodies.get(`${kind}/${body}`)!({ ...model, opening, closing }),
    );
    return { subject: this.subject(kind, words, own), text: tidied(text!), html: html!.normalize('NFC') };
  }

  subject(kind: MailKindName, words: Record<string, string>, own: Wording): string {
    return this.worded(kind, 'subject', words, own);
  }

  /** A message for a telephone. */
  short(model: object): string {
    return tidied(this.brief(model)).trimEnd();
  }

  /** What is said when the office has not chosen other words. */
  usual(kind: MailKindName, part: WordedPart): string {
    return this.usualWords.get(`${kind}/${part}`)!;
  }

  /** One line. @throws when a field is missing */
  private worded(kind: MailKindName, part: WordedPart, words: Record<string, string>, own: Wording): string {
    const source = own[part] ?? this.usual(kind, part);
    const known = {
      knownHelpersOnly: true,
      knownHelpers: Object.fromEntries(BLOCKS.map((name) => [name, true])),
    };
    const template = Handlebars.create().compile(source, {
      ...OPTIONS,
      ...known,
      noEscape: true,
    } as CompileOptions);
    return template(words).normalize('NFC').replace(/\s+/g, ' ').trim();
  }

  /** What several mails have in common: <name>.<body>.hbs */
  private share(file: string): void {
    const name = path.basename(file, '.hbs');
    this.hb.registerPartial(name, this.compile([file], name.endsWith('.html') ? 'html' : 'text'));
  }

  private compile(file: string[], body: (typeof BODIES)[number]): Template {
    return this.hb.compile(sourceOf(...file), { ...OPTIONS, noEscape: body === 'text' });
  }

  private adopt(kind: MailKindName, part: WordedPart, source: string): void {
    const faults = wordingFaults(kind, part, source);
    if (faults.length > 0) throw new Error(`emails/${kind}/${part}.hbs: ${JSON.stringify(faults)}`);
    this.usualWords.set(`${kind}/${part}`, source);
  }
}

/** A mail is read far from the service: nothing in it is fetched. */
function noAssets(name: string): string {
  throw new Error(`a mail may not refer to ${name}`);
}

/** Loops of the template leave blank lines behind. */
const tidied = (text: string): string =>
  `${text
    .normalize('NFC')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
