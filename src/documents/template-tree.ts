import { Parser } from 'htmlparser2';

/** A block or inline element of a document; text is a plain string. Short keys: the tree travels as JSON. */
export interface TreeElement {
  t: string;
  /** class: a name of the style table */
  c?: string;
  /** colspan, rowspan */
  cs?: number;
  rs?: number;
  k: TreeNode[];
}
export type TreeNode = TreeElement | string;

const BLOCKS = new Set([
  'article',
  'header',
  'footer',
  'section',
  'div',
  'table',
  'thead',
  'tbody',
  'tr',
  'ul',
  'ol',
]);
const TEXT_BLOCKS = new Set(['p', 'h1', 'h2', 'th', 'td', 'li']);
const INLINE = new Set(['b', 'strong', 'i', 'em', 'u', 'br', 'span', 'sub', 'sup']);
const ATTRIBUTES = new Set(['class', 'colspan', 'rowspan']);
const MAX_DEPTH = 30;

/** A template that uses something the paper does not know. Always a fault of the template, never of the data. */
export class TemplateFault extends Error {}

/**
 * Reads the small subset of HTML that all documents are written in. One tree feeds every kind of output, so what
 * is not in the subset is refused instead of being dropped: a letter must not lose a word silently.
 * @throws TemplateFault naming the tag or attribute.
 */
export function templateTree(html: string): TreeElement {
  const root: TreeElement = { t: 'root', k: [] };
  const open: TreeElement[] = [root];
  const top = (): TreeElement => open[open.length - 1] ?? root;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const element = elementOf(name, attributes);
        if (open.length > MAX_DEPTH) throw new TemplateFault(`deeper than ${MAX_DEPTH}: <${name}>`);
        top().k.push(element);
        open.push(element);
      },
      ontext(text) {
        addText(top(), text);
      },
      onclosetag(name, implied) {
        if (implied && name !== 'br') throw new TemplateFault(`tag not closed: <${name}>`);
        open.pop();
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return root;
}

function elementOf(name: string, attributes: Record<string, string>): TreeElement {
  if (!BLOCKS.has(name) && !TEXT_BLOCKS.has(name) && !INLINE.has(name))
    throw new TemplateFault(`tag not allowed on paper: <${name}>`);
  const unknown = Object.keys(attributes).find((key) => !ATTRIBUTES.has(key));
  if (unknown) throw new TemplateFault(`attribute not allowed on paper: ${unknown} of <${name}>`);
  const element: TreeElement = { t: name, k: [] };
  if (attributes.class) element.c = attributes.class;
  if (attributes.colspan) element.cs = Number(attributes.colspan);
  if (attributes.rowspan) element.rs = Number(attributes.rowspan);
  return element;
}

function addText(parent: TreeElement, raw: string): void {
  const text = raw.replace(/[ \t\r\n]+/g, ' ');
  // white space between blocks is layout of the source file; printed, it would become an empty page
  if (parent.t === 'root' || BLOCKS.has(parent.t)) {
    if (text.trim()) throw new TemplateFault(`text outside a paragraph: ${text.trim().slice(0, 40)}`);
    return;
  }
  const last = parent.k.length - 1;
  if (typeof parent.k[last] === 'string') parent.k[last] += text;
  else parent.k.push(text);
}

/** Every text of the tree, changed in place. */
export function mapText(element: TreeElement, change: (text: string) => string): TreeElement {
  element.k.forEach((node, i) => {
    if (typeof node === 'string') element.k[i] = change(node);
    else mapText(node, change);
  });
  return element;
}

/** The words a reader sees, one line per paragraph: for tests and for search. */
export function plainText(node: TreeNode): string {
  if (typeof node === 'string') return node;
  if (node.t === 'br') return '\n';
  const inner = node.k.map(plainText).join('');
  return TEXT_BLOCKS.has(node.t) ? `${inner.trim()}\n` : inner;
}
