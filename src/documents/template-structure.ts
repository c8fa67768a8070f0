import Handlebars from 'handlebars';

export type ValueKind = 'text' | 'number' | 'day' | 'instant' | 'flag' | 'list' | 'group';

export interface FieldRule {
  kind: ValueKind;
  /** absent in some documents: printed only inside {{#if}} about it */
  optional?: boolean;
}

/** What the text of a document may name. */
export interface StructureRules {
  /** by path: 'addressee.name'; of a list's items 'components[].name', of a list of words 'copies[]' */
  fields: Readonly<Record<string, FieldRule>>;
  /** texts of the shared parts, by name */
  parts: Readonly<Record<string, string>>;
}

export type StructureFaultKind =
  | 'syntax'
  | 'unknown-field'
  | 'unknown-helper'
  | 'helper-use'
  | 'wrong-kind'
  | 'needs-helper'
  | 'not-printed'
  | 'unguarded'
  | 'block'
  | 'block-use'
  | 'not-a-list'
  | 'unescaped'
  | 'decorator'
  | 'part'
  | 'part-use'
  | 'part-unfit';

export interface StructureFault {
  kind: StructureFaultKind;
  /** what is written there */
  found: string;
  /** from 1 */
  line: number;
  /** what would be right there: a helper, a field */
  needs?: string;
}

type Node = hbs.AST.Node;
type Path = hbs.AST.PathExpression;
interface Call {
  path: Node;
  params: hbs.AST.Expression[];
  hash?: hbs.AST.Hash;
}

interface Scope {
  /** '' or the items of a list: 'components[]' */
  items: string;
  /** fields known to be there */
  given: ReadonlySet<string>;
}

interface Work {
  rules: StructureRules;
  faults: StructureFault[];
}

const HELPERS: Record<string, ValueKind[]> = {
  ngayDu: ['day', 'instant'],
  gioNgayDu: ['instant'],
  haiSo: ['number'],
  vietHoaDau: ['text'],
};
/** Names for the editor, in the order of use. */
export const FORM_HELPERS: readonly string[] = [...Object.keys(HELPERS), 'eq'];

const WRITTEN_WITH: Partial<Record<ValueKind, string>> = { day: 'ngayDu', instant: 'gioNgayDu' };
const LITERALS = ['StringLiteral', 'NumberLiteral', 'BooleanLiteral'];
const ITEM_DATA: Record<string, FieldRule> = {
  '@first': { kind: 'flag' },
  '@last': { kind: 'flag' },
  '@index': { kind: 'number' },
};

/** What is wrong with the fields, helpers, blocks and parts of a text, by line. Pure; each fault once. */
export function structureFaults(source: string, rules: StructureRules): StructureFault[] {
  const program = parsed(source);
  if (typeof program === 'number') return [{ kind: 'syntax', found: '', line: program }];
  const work: Work = { rules, faults: [] };
  programFaults(work, program, { items: '', given: new Set() });
  const once = new Map(work.faults.map((fault) => [JSON.stringify(fault), fault]));
  return [...once.values()].sort((a, b) => a.line - b.line);
}

/** The tree of a text, or the line where it cannot be read. */
export function parsed(source: string): hbs.AST.Program | number {
  try {
    return Handlebars.parseWithoutProcessing(source);
  } catch (error) {
    return Number(/line (\d+)/.exec((error as Error).message)?.[1] ?? 1);
  }
}

/** An entry that was put there, none of what every object has. */
const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

const lineOf = (node: Node): number => node.loc?.start.line ?? 1;

export function written(node: Node): string {
  const { original, path, name } = node as unknown as { original?: unknown; path?: Node; name?: Node };
  if (original !== undefined) return String(original);
  const inside = path ?? name;
  return inside ? written(inside) : node.type;
}

function tell(work: Work, node: Node, kind: StructureFaultKind, found: string, needs?: string): void {
  work.faults.push({ kind, found, line: lineOf(node), ...(needs === undefined ? {} : { needs }) });
}

function programFaults(work: Work, program: hbs.AST.Program, scope: Scope): void {
  for (const node of program.body) statementFaults(work, node, scope);
}

function statementFaults(work: Work, node: Node, scope: Scope): void {
  switch (node.type) {
    case 'ContentStatement':
    case 'CommentStatement':
      return;
    case 'MustacheStatement':
      return printedFaults(work, node as hbs.AST.MustacheStatement, scope);
    case 'BlockStatement':
      return blockFaults(work, node as hbs.AST.BlockStatement, scope);
    case 'PartialStatement':
      return partFaults(work, node as hbs.AST.PartialStatement, scope);
    default:
      return tell(work, node, 'decorator', written(node));
  }
}

function printedFaults(work: Work, node: hbs.AST.MustacheStatement, scope: Scope): void {
  const name = written(node.path);
  if (!node.escaped) return tell(work, node, 'unescaped', name);
  if (node.params.length > 0 || node.hash || own(HELPERS, name) || name === 'eq')
    return void helperKind(work, node, scope);
  const kind = fieldKind(work, node.path, scope, true);
  if (kind === null || kind === 'text' || kind === 'number') return;
  const helper = WRITTEN_WITH[kind];
  if (helper) tell(work, node, 'needs-helper', name, helper);
  else tell(work, node, 'not-printed', name);
}

/** Checks a helper with its one parameter. @returns the kind it gives, null when something is wrong */
function helperKind(work: Work, node: Node, scope: Scope): ValueKind | null {
  const { path, params, hash } = node as unknown as Call;
  const name = written(path);
  const takes = own(HELPERS, name);
  const [about] = params;
  if (!takes) return (tell(work, node, name === 'eq' ? 'helper-use' : 'unknown-helper', name), null);
  if (params.length !== 1 || hash || !about) return (tell(work, node, 'helper-use', name), null);
  const kind =
    about.type === 'SubExpression' ? helperKind(work, about, scope) : fieldKind(work, about, scope, true);
  if (kind === null) return null;
  if (!takes.includes(kind)) return (tell(work, node, 'wrong-kind', name, written(about)), null);
  return 'text';
}

/** @param printed the value gets on paper: it must be there */
function fieldKind(work: Work, node: Node, scope: Scope, printed: boolean): ValueKind | null {
  const key = keyOf(node, scope);
  const rule = key === null ? undefined : (own(work.rules.fields, key) ?? own(ITEM_DATA, key));
  if (key === null || !rule) return (tell(work, node, 'unknown-field', written(node)), null);
  const lacking = printed
    ? pathsTo(key).find((path) => work.rules.fields[path]?.optional && !scope.given.has(path))
    : undefined;
  if (lacking !== undefined) tell(work, node, 'unguarded', written(node), lacking.replace(/^.*\[\]\./, ''));
  return rule.kind;
}

/** Only names of the present context: no path upwards, no data of the page, no literal. */
function keyOf(node: Node, { items }: Scope): string | null {
  const { type, data, depth, parts, original } = node as Path;
  if (type !== 'PathExpression' || depth > 0) return null;
  if (data) return items && own(ITEM_DATA, original) ? original : null;
  if (original === 'this') return items || null;
  if (original !== parts.join('.')) return null;
  return items ? `${items}.${original}` : original;
}

/** 'contact.phone' -> ['contact', 'contact.phone'] */
const pathsTo = (key: string): string[] =>
  key.split('.').map((_, i, parts) => parts.slice(0, i + 1).join('.'));

function blockFaults(work: Work, node: hbs.AST.BlockStatement, scope: Scope): void {
  const name = written(node.path);
  if (!['if', 'unless', 'each'].includes(name)) return tell(work, node, 'block', name);
  const [about] = node.params;
  if (!about || node.params.length > 1 || node.hash || node.program?.blockParams?.length)
    return tell(work, node, 'block-use', name);
  const inside = name === 'each' ? itemScope(work, about, scope) : scope;
  const known = name === 'each' ? null : conditionKey(work, about, scope);
  if (inside === null) return;
  if (node.program) programFaults(work, node.program, name === 'if' ? withGiven(inside, known) : inside);
  if (node.inverse) programFaults(work, node.inverse, name === 'unless' ? withGiven(scope, known) : scope);
}

function itemScope(work: Work, about: Node, scope: Scope): Scope | null {
  const kind = fieldKind(work, about, scope, false);
  if (kind === null) return null;
  if (kind !== 'list') return (tell(work, about, 'not-a-list', written(about)), null);
  return { items: `${keyOf(about, scope)}[]`, given: new Set() };
}

/** @returns the field that is there where the condition holds */
function conditionKey(work: Work, about: Node, scope: Scope): string | null {
  if (about.type === 'SubExpression') {
    comparisonFaults(work, about, scope);
    return null;
  }
  return fieldKind(work, about, scope, false) === null ? null : keyOf(about, scope);
}

function comparisonFaults(work: Work, node: Node, scope: Scope): void {
  const { path, params, hash } = node as unknown as Call;
  const name = written(path);
  if (name !== 'eq') return tell(work, node, 'unknown-helper', name);
  if (params.length !== 2 || hash) return tell(work, node, 'helper-use', name);
  for (const side of params) if (!LITERALS.includes(side.type)) fieldKind(work, side, scope, false);
}

function withGiven(scope: Scope, key: string | null): Scope {
  return key === null ? scope : { ...scope, given: new Set([...scope.given, ...pathsTo(key)]) };
}

function partFaults(work: Work, node: hbs.AST.PartialStatement, scope: Scope): void {
  const name = written(node.name);
  const text = own(work.rules.parts, name);
  if (text === undefined || node.name.type === 'SubExpression') return tell(work, node, 'part', name);
  if (node.params.length > 0 || node.hash || scope.items) return tell(work, node, 'part-use', name);
  const program = parsed(text);
  const inside: Work = { rules: work.rules, faults: [] };
  if (typeof program !== 'number') programFaults(inside, program, scope);
  const unfit = inside.faults.find((f) => f.kind !== 'unguarded');
  if (unfit) return tell(work, node, 'part-unfit', name, unfit.found);
  const [first] = inside.faults;
  if (first) tell(work, node, 'unguarded', `> ${name}`, first.needs);
}
