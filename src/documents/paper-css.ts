import * as fs from 'node:fs';
import * as path from 'node:path';
import { TEMPLATES_DIR } from '../platform/paths';

interface PaperStyle {
  size: number;
  line: number;
  align: 'left' | 'center' | 'right' | 'justify';
  bold?: boolean;
  italic?: boolean;
  upper?: boolean;
  balance?: boolean;
  rule?: number;
  indent?: number;
  above?: number;
  below?: number;
}

interface PaperStyles {
  page: { top: number; bottom: number; left: number; right: number };
  columns: { header: number[]; footer: number[]; rowGap: number; footerGap: number };
  rule: { stroke: number; gap: number };
  styles: Record<string, PaperStyle> & { body: PaperStyle };
}

type Declarations = Record<string, string | undefined>;

const SHEET = path.join(TEMPLATES_DIR, 'letters', 'typst', 'paper-styles.json');

/** The style sheet of the preview, from the same table the PDF is set with: templates/static/css/letter.css. */
export function paperCss(): string {
  const sheet = JSON.parse(fs.readFileSync(SHEET, 'utf8')) as PaperStyles;
  const rules = [
    ...frame(sheet),
    ...Object.entries(sheet.styles).flatMap(([name, s]) => ruleOf(name, s, sheet)),
  ];
  const body = rules.map(([selector, d]) => block(selector, d)).join('\n');
  return `/* Made by src/documents/paper-css.ts from the style table of the PDF; not edited by hand. */\n@layer components {\n${body}\n}\n`;
}

function frame({ page, columns, styles }: PaperStyles): [string, Declarations][] {
  const mm = (widths: number[]): string => widths.map((w) => `${w}mm`).join(' ');
  return [
    [
      '.paper',
      {
        width: '210mm',
        'min-height': '297mm',
        padding: mm([page.top, page.right, page.bottom, page.left]),
        background: '#fff',
        color: '#000',
        font: `${styles.body.size}pt/${styles.body.line} var(--font-doc)`,
        'overflow-wrap': 'anywhere',
      },
    ],
    [
      '.paper header',
      { display: 'grid', 'grid-template-columns': mm(columns.header), 'row-gap': `${columns.rowGap}pt` },
    ],
    [
      '.paper footer',
      {
        display: 'grid',
        'grid-template-columns': mm(columns.footer),
        'margin-top': `${columns.footerGap}pt`,
      },
    ],
    ['.paper .keep', { 'break-inside': 'avoid' }],
    ['.paper .blank', { display: 'inline-block', width: '12mm' }],
    ['.paper .unbroken', { 'white-space': 'nowrap' }],
    ['.paper .missing', { background: 'var(--soon-bg)', color: 'var(--soon-fg)' }],
    ['.paper th,\n  .paper td', { padding: '4pt', border: '0.5pt solid #000' }],
  ];
}

function ruleOf(name: string, s: PaperStyle, { rule }: PaperStyles): [string, Declarations][] {
  const selector = name === 'body' ? '.paper p' : name === 'to' ? '.paper .to' : `.paper .${name}`;
  const shrunk = name === 'to' || s.rule !== undefined;
  const rules: [string, Declarations][] = [
    [
      selector,
      {
        ...(name === 'to'
          ? { display: 'grid', 'grid-template-columns': 'auto auto', 'column-gap': '2mm' }
          : {}),
        width: shrunk ? 'fit-content' : undefined,
        margin: `${length(s.above)} ${shrunk ? 'auto' : '0'} ${length(s.below)}`,
        'font-size': `${s.size}pt`,
        'line-height': String(s.line),
        'font-weight': s.bold ? '700' : undefined,
        'font-style': s.italic ? 'italic' : undefined,
        'text-align': s.align,
        'text-indent': s.indent ? `${s.indent}mm` : '0',
        'text-transform': s.upper ? 'uppercase' : undefined,
        'text-wrap': s.balance ? 'balance' : undefined,
      },
    ],
  ];
  if (s.rule !== undefined)
    rules.push([
      `${selector}::after`,
      {
        content: "''",
        display: 'block',
        width: `${s.rule * 100}%`,
        margin: `${rule.gap}pt auto 0`,
        'border-top': `${rule.stroke}pt solid #000`,
      },
    ]);
  return rules;
}

const length = (points: number | undefined): string => (points ? `${points}pt` : '0');

function block(selector: string, declarations: Declarations): string {
  const lines = Object.entries(declarations).flatMap(([key, value]) =>
    value ? [`    ${key}: ${value};`] : [],
  );
  return `  ${selector} {\n${lines.join('\n')}\n  }`;
}
