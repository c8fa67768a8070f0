import { PAPER_SIZES, paperSheet, type PaperSheet, type PaperSize, type PaperStyle } from './paper-styles';

type Declarations = Record<string, string | undefined>;
type Rule = [selector: string, declarations: Declarations];

/** The style sheet of the preview, from the same table the PDF is set with: templates/static/css/letter.css. */
export function paperCss(): string {
  const rules = [...sheetRules('A4', '.paper'), ...changed(sheetRules('A5', '.paper.paper--a5'))];
  const body = rules.map(([selector, d]) => block(selector, d)).join('\n');
  return `/* Made by src/documents/paper-css.ts from the style table of the PDF; not edited by hand. */\n@layer components {\n${body}\n}\n`;
}

function sheetRules(paper: PaperSize, at: string): Rule[] {
  const sheet = paperSheet(paper);
  return [
    ...frame(paper, sheet),
    ...Object.entries(sheet.styles).flatMap(([name, s]) => ruleOf(name, s, sheet)),
  ].map(([selector, declarations]) => [selector.replaceAll('.paper', at), declarations]);
}

/** Only what differs from A4. */
function changed(rules: Rule[]): Rule[] {
  const a4 = sheetRules('A4', '.paper.paper--a5');
  return rules.flatMap(([selector, declarations], i): Rule[] => {
    const known = a4[i]?.[1] ?? {};
    const other = Object.entries(declarations).filter(([key, value]) => known[key] !== value);
    return other.length > 0 ? [[selector, Object.fromEntries(other)]] : [];
  });
}

function frame(paper: PaperSize, { page, columns, styles }: PaperSheet): Rule[] {
  const mm = (widths: number[]): string => widths.map((w) => `${w}mm`).join(' ');
  return [
    [
      '.paper',
      {
        width: `${PAPER_SIZES[paper].width}mm`,
        'min-height': `${PAPER_SIZES[paper].height}mm`,
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

function ruleOf(name: string, s: PaperStyle, { rule }: PaperSheet): Rule[] {
  const selector = name === 'body' ? '.paper p' : name === 'to' ? '.paper .to' : `.paper .${name}`;
  const shrunk = name === 'to' || s.rule !== undefined;
  const rules: Rule[] = [
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
