import Handlebars from 'handlebars';

/** What somebody who writes a text may use. */
export interface TemplateRules {
  /** names of fields: {{ten}} */
  fields: readonly string[];
  /** names of blocks about one field: {{#if ten}}…{{/if}} */
  blocks: readonly string[];
}

export type TemplateFaultKind =
  'syntax' | 'unknown-field' | 'no-expression' | 'block' | 'unescaped' | 'partial' | 'decorator' | 'tag';

/** One thing a text may not contain. */
export interface TextFault {
  kind: TemplateFaultKind;
  /** what is written there; for 'syntax' the line, from 1 */
  found: string;
}

type Node = hbs.AST.Node;
type Expression = hbs.AST.Expression;

/** '<' before a letter, '/', '!' or '?' begins a tag or a comment in HTML; at the end a field could complete it. */
const TAG = /<(?:[a-z/!?][^\s>]*>?|$)/i;

/**
 * What is wrong with a text of fields and words that goes to people by mail or letter: it may name only the fields
 * and blocks of the rules, and holds no HTML. Pure; each fault once.
 */
export function textFaults(source: string, rules: TemplateRules): TextFault[] {
  let program: hbs.AST.Program;
  try {
    program = Handlebars.parseWithoutProcessing(source);
  } catch (error) {
    const line = /line (\d+)/.exec((error as Error).message)?.[1] ?? '1';
    return [{ kind: 'syntax', found: line }];
  }
  const found = new Map<string, TextFault>();
  for (const fault of faultsOf(program, rules)) found.set(`${fault.kind}/${fault.found}`, fault);
  return [...found.values()];
}

function faultsOf(program: hbs.AST.Program, rules: TemplateRules): TextFault[] {
  return program.body.flatMap((node) => statementFaults(node, rules));
}

function statementFaults(node: Node, rules: TemplateRules): TextFault[] {
  switch (node.type) {
    case 'ContentStatement':
      return tagFaults((node as hbs.AST.ContentStatement).value);
    case 'CommentStatement':
      return [];
    case 'MustacheStatement':
      return mustacheFaults(node as hbs.AST.MustacheStatement, rules);
    case 'BlockStatement':
      return blockFaults(node as hbs.AST.BlockStatement, rules);
    case 'PartialStatement':
    case 'PartialBlockStatement':
      return [{ kind: 'partial', found: nameOf((node as hbs.AST.PartialStatement).name) }];
    default:
      return [{ kind: 'decorator', found: nameOf((node as hbs.AST.Decorator).path) }];
  }
}

function tagFaults(text: string): TextFault[] {
  const tag = TAG.exec(text);
  return tag ? [{ kind: 'tag', found: tag[0] }] : [];
}

function mustacheFaults(node: hbs.AST.MustacheStatement, rules: TemplateRules): TextFault[] {
  const found = nameOf(node.path);
  if (!node.escaped) return [{ kind: 'unescaped', found }];
  if (node.params.length > 0 || node.hash) return [{ kind: 'no-expression', found }];
  return fieldFaults(node.path, rules);
}

function blockFaults(node: hbs.AST.BlockStatement, rules: TemplateRules): TextFault[] {
  const name = nameOf(node.path);
  if (!rules.blocks.includes(name)) return [{ kind: 'block', found: name }];
  const [about] = node.params;
  const plain = node.params.length === 1 && !node.hash && !node.program?.blockParams;
  const own: TextFault[] =
    plain && about ? fieldFaults(about, rules) : [{ kind: 'no-expression', found: name }];
  const inside = [node.program, node.inverse].filter(Boolean).flatMap((program) => faultsOf(program, rules));
  return [...own, ...inside];
}

/** Only a name by itself: no path into another object, no @data, no literal. */
function fieldFaults(expression: Expression, { fields }: TemplateRules): TextFault[] {
  const name = nameOf(expression);
  const path = expression as hbs.AST.PathExpression;
  const byItself =
    expression.type === 'PathExpression' && !path.data && path.depth === 0 && path.parts.length === 1;
  if (byItself && path.original === path.parts[0] && fields.includes(name)) return [];
  return [{ kind: 'unknown-field', found: name }];
}

function nameOf(expression: Node): string {
  const { original, path } = expression as unknown as { original?: unknown; path?: Node };
  if (original !== undefined) return String(original);
  return path ? nameOf(path) : expression.type;
}

/** Names of the shared parts a text uses by itself. Empty when it cannot be read. */
export function partialsOf(source: string): string[] {
  const found = new Set<string>();
  const visitor = new Handlebars.Visitor();
  visitor.PartialStatement = (node) => void found.add(nameOf(node.name));
  try {
    visitor.accept(Handlebars.parseWithoutProcessing(source));
  } catch {
    return [];
  }
  return [...found];
}
