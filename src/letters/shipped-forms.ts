import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { partialsOf } from '../documents/template-fields';
import { TEMPLATES_DIR } from '../platform/paths';

/** What a document is made for; more than one form may serve a kind, each in its time. */
export type DocumentKind =
  | 'extension-apology'
  | 'late-apology'
  | 'past-apology'
  | 'system-error-slip'
  | 'supplement-request'
  | 'stop-notice';

export type PaperSize = 'A4' | 'A5';

/** What a version of a form says: its text, when it is valid and on what paper it is printed. */
export interface FormContent {
  form: string;
  /** day 'YYYY-MM-DD' */
  validFrom: string;
  validTo: string | null;
  paper: PaperSize;
  /** document that prescribes the form */
  basis: string;
  source: string;
  /** the shared parts the text uses, by name */
  parts: Record<string, string>;
}

export interface ShippedForm extends FormContent {
  name: string;
  serves: DocumentKind[];
}

const HOME = path.join(TEMPLATES_DIR, 'letters');

const textOf = (...names: string[]): string =>
  fs
    .readFileSync(path.join(HOME, ...names), 'utf8')
    .normalize('NFC')
    .trimEnd();

/** Every shared part that comes with the program. */
export const SHARED_PARTS: Readonly<Record<string, string>> = Object.fromEntries(
  fs
    .readdirSync(path.join(HOME, 'partials'))
    .map((file) => file.replace(/\.hbs$/, ''))
    .sort()
    .map((name) => [name, textOf('partials', `${name}.hbs`)]),
);

/** The shared parts a text uses, also through another part. Names of no part are left out. */
export function partsUsed(source: string): Record<string, string> {
  const used = new Map<string, string>();
  const open = partialsOf(source);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const text = SHARED_PARTS[name];
    if (text === undefined || used.has(name)) continue;
    used.set(name, text);
    open.push(...partialsOf(text));
  }
  return Object.fromEntries([...used].sort(([a], [b]) => a.localeCompare(b)));
}

type Listed = Omit<ShippedForm, 'source' | 'parts'>;
const { forms: listed } = JSON.parse(textOf('forms.json')) as { forms: Listed[] };

/** The forms that come with the program: templates/letters/*.hbs, with their dates in forms.json. */
export const SHIPPED_FORMS: readonly ShippedForm[] = listed.map((facts) => {
  const source = textOf(`${facts.form}.hbs`);
  return { ...facts, source, parts: partsUsed(source) };
});

/** The forms that serve a kind. */
export const formsServing = (kind: DocumentKind): string[] =>
  SHIPPED_FORMS.filter((f) => f.serves.includes(kind)).map((f) => f.form);

/** "Thư xin lỗi về hồ sơ đã trả kết quả quá hạn" */
export const formName = (form: string): string => SHIPPED_FORMS.find((f) => f.form === form)?.name ?? form;

/** Two versions with the same sum say the same. */
export const formSum = ({ form, validFrom, validTo, paper, basis, source, parts }: FormContent): string =>
  createHash('sha256')
    .update(JSON.stringify([form, validFrom, validTo, paper, basis, source, Object.entries(parts).sort()]))
    .digest('hex');
