import { parsed } from './template-structure';
import { TemplateFault, templateTree } from './template-tree';

export type MarkupFaultKind =
  'tag' | 'attribute' | 'unclosed' | 'stray' | 'outside' | 'field-in-tag' | 'too-deep';

export interface MarkupFault {
  kind: MarkupFaultKind;
  found: string;
  /** from 1 */
  line: number;
}

interface OpenTag {
  name: string;
  line: number;
}

const TAG = /<(\/?)([a-z][a-z0-9]*)\b[^<>]*>/gi;
/** What is left of a tag when whole tags are taken away: a field would stand inside it. */
const BROKEN = /<(?:[a-z/!?]|$)/i;

/**
 * What is wrong with the tags of a text, whichever way its conditions go: every branch closes what it opens, and
 * only what the paper knows is used. Pure.
 */
export function markupFaults(source: string, parts: Readonly<Record<string, string>>): MarkupFault[] {
  const program = parsed(source);
  if (typeof program === 'number') return [];
  const faults = branchFaults(program);
  return faults.length > 0 ? faults : paperFaults(source, parts);
}

function branchFaults(program: hbs.AST.Program): MarkupFault[] {
  const open: OpenTag[] = [];
  const faults = program.body.flatMap((node) => {
    if (node.type === 'BlockStatement') return branchesOf(node).flatMap(branchFaults);
    if (node.type !== 'ContentStatement') return [];
    const { value, loc } = node as hbs.AST.ContentStatement;
    return contentFaults(value, loc.start.line, open);
  });
  return [...faults, ...open.map(({ name, line }) => fault('unclosed', `<${name}>`, line))];
}

function branchesOf(node: hbs.AST.Node): hbs.AST.Program[] {
  const { program, inverse } = node as Partial<hbs.AST.BlockStatement>;
  return [program, inverse].filter((branch) => branch !== undefined);
}

function contentFaults(text: string, firstLine: number, open: OpenTag[]): MarkupFault[] {
  const lineAt = (index: number): number => firstLine + (text.slice(0, index).match(/\n/g)?.length ?? 0);
  const faults: MarkupFault[] = [];
  for (const { 0: tag, 1: closing, 2: name = '', index } of text.matchAll(TAG)) {
    if (name.toLowerCase() === 'br') continue;
    if (!closing) open.push({ name, line: lineAt(index) });
    else if (open.some((o) => o.name === name)) faults.push(...closedUpTo(name, open));
    else faults.push(fault('stray', tag, lineAt(index)));
  }
  const rest = text.replace(TAG, (tag) => ' '.repeat(tag.length));
  const broken = BROKEN.exec(rest);
  if (broken) {
    const line = (text.slice(broken.index).split('\n')[0] ?? '').slice(0, 30);
    faults.push(fault('field-in-tag', line, lineAt(broken.index)));
  }
  return faults;
}

/** A tag ends; those opened after it should have ended before. */
function closedUpTo(name: string, open: OpenTag[]): MarkupFault[] {
  const inner = open.splice(open.map((o) => o.name).lastIndexOf(name)).slice(1);
  return inner.map((tag) => fault('unclosed', `<${tag.name}>`, tag.line));
}

const fault = (kind: MarkupFaultKind, found: string, line: number): MarkupFault => ({ kind, found, line });

const PAPER: [RegExp, MarkupFaultKind][] = [
  [/^tag not allowed on paper: (.*)$/, 'tag'],
  [/^attribute not allowed on paper: (.*) of <.*>$/, 'attribute'],
  [/^tag not closed: (.*)$/, 'unclosed'],
  [/^text outside a paragraph: (.*)$/, 'outside'],
];

/** The text with all its branches one after the other, read as the paper reads it. */
function paperFaults(source: string, parts: Readonly<Record<string, string>>): MarkupFault[] {
  const skeleton = skeletonOf(source, parts);
  try {
    templateTree(skeleton);
    return [];
  } catch (error) {
    if (!(error instanceof TemplateFault)) throw error;
    for (const [pattern, kind] of PAPER) {
      const found = pattern.exec(error.message)?.[1];
      if (found !== undefined) return [fault(kind, found, lineWhere(skeleton, found))];
    }
    return [fault('too-deep', '', 1)];
  }
}

/** Marks without their braces, on the lines where they stand. */
const skeletonOf = (source: string, parts: Readonly<Record<string, string>>): string =>
  source.replace(/\{\{(!--[^]*?--|[^]*?)\}\}/g, (whole, mark: string) => {
    const inside = mark.replace(/^~|~$/g, '').trim();
    const part = /^>\s*([\w-]+)$/.exec(inside)?.[1];
    const lines = '\n'.repeat(whole.match(/\n/g)?.length ?? 0);
    if (part !== undefined) return skeletonOf(parts[part] ?? '', parts).replace(/\n/g, ' ') + lines;
    return (/^([#/!^]|else\b)/.test(inside) ? '' : 'x') + lines;
  });

function lineWhere(text: string, found: string): number {
  const index = text.toLowerCase().indexOf(found.replace(/>$/, ''));
  const words = index < 0 ? text.replace(/\s/g, ' ').indexOf(found) : index;
  return words < 0 ? 1 : text.slice(0, words).split('\n').length;
}
