import {
  AlignmentType,
  Paragraph,
  Tab,
  Table,
  TableBorders,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
  type IRunOptions,
} from 'docx';
import { RULE, styleId, twips } from './docx-styles';
import type { PaperSheet } from './paper-styles';
import { plainText, type TreeElement, type TreeNode } from './template-tree';
import { evenWidth, textWidth } from './text-width';

export type Block = Paragraph | Table;

/** Where a block stands. */
export interface Place {
  sheet: PaperSheet;
  /** room in points */
  width: number;
  /** stays on one page with what follows */
  keep?: boolean;
}

const POINTS_PER_MM = 72 / 25.4;
/** Width of the gap of class "blank" in the PDF, in blanks of 13 point. */
const BLANK = ' '.repeat(10);
const TO_GAP = 2 * POINTS_PER_MM;
/** Other machines set Times New Roman a trifle wider; a line must not break for that. */
const SLACK = 3;

const elements = (node: TreeElement): TreeElement[] =>
  node.k.filter((child): child is TreeElement => typeof child !== 'string');

export const blocksOf = (node: TreeElement, place: Place): Block[] =>
  elements(node).flatMap((child) => blockOf(child, place));

function blockOf(node: TreeElement, place: Place): Block[] {
  switch (node.t) {
    case 'p':
      return paragraph(node, node.c ?? 'body', place);
    case 'h1':
      return paragraph(node, 'title', { ...place, keep: true });
    case 'h2':
      return paragraph(node, 'subject', { ...place, keep: true });
    case 'header':
      return [columns(node, place.sheet.columns.header, place)];
    case 'footer':
      return [
        gap(place.sheet.columns.footerGap),
        columns(node, place.sheet.columns.footer, { ...place, keep: true }),
      ];
    case 'section':
      return blocksOf(node, { ...place, keep: place.keep || node.c === 'keep' });
    case 'ul':
    case 'ol':
      return list(node, place);
    case 'table':
      return [ruledTable(node, place)];
    default:
      return node.c === 'to' ? [addressees(node, place)] : blocksOf(node, place);
  }
}

function paragraph(node: TreeElement, name: string, place: Place): Paragraph[] {
  const s = place.sheet.styles[name];
  const text = plainText(node).trim();
  const even = s && (s.balance || s.rule !== undefined) ? evenWidth(text, s, place.width) : undefined;
  const several = s && even && textWidth(text, s) > place.width;
  const own = new Paragraph({
    style: styleId(s ? name : 'body'),
    children: runsOf(node.k),
    keepNext: place.keep,
    keepLines: place.keep,
    indent: several && even + SLACK < place.width ? inside(place.width, even + SLACK) : undefined,
  });
  if (!s?.rule || !even) return [own];
  const rule = inside(place.width, even * s.rule);
  return [own, new Paragraph({ style: styleId(RULE), keepNext: place.keep, indent: rule })];
}

/** Indents that leave so much of the width in the middle. */
const inside = (width: number, used: number): { left: number; right: number } => {
  const side = twips((width - used) / 2);
  return { left: side, right: side };
};

const gap = (points: number): Paragraph =>
  new Paragraph({ keepNext: true, spacing: { before: 0, after: 0, line: twips(points), lineRule: 'exact' } });

function runsOf(nodes: TreeNode[], look: IRunOptions = {}): TextRun[] {
  return nodes.flatMap((node) => {
    if (typeof node === 'string') return [new TextRun({ ...look, text: node })];
    if (node.t === 'br') return [new TextRun({ ...look, break: 1 })];
    if (node.c === 'blank') return [new TextRun({ ...look, text: BLANK })];
    return runsOf(node.c === 'unbroken' ? node.k.map(glued) : node.k, { ...look, ...LOOKS[node.t] });
  });
}

const glued = (node: TreeNode): TreeNode =>
  typeof node === 'string' ? node.replaceAll(' ', '\u00a0') : node;

const LOOKS: Record<string, IRunOptions> = {
  b: { bold: true },
  strong: { bold: true },
  i: { italics: true },
  em: { italics: true },
  u: { underline: {} },
  sub: { subScript: true },
  sup: { superScript: true },
};

/** Cells side by side, without borders: rows of as many as there are widths. */
function columns(node: TreeElement, widths: number[], place: Place): Table {
  const cells = elements(node);
  const rows: TableRow[] = [];
  for (let i = 0; i < cells.length; i += widths.length) {
    const spaced = i > 0 ? [gap(place.sheet.columns.rowGap)] : [];
    const inRow = cells.slice(i, i + widths.length).map((cell, column) => {
      const width = (widths[column] ?? 0) * POINTS_PER_MM;
      const inner = { ...place, width };
      return frame(width, [...spaced, ...(cell.t === 'p' ? blockOf(cell, inner) : blocksOf(cell, inner))]);
    });
    rows.push(new TableRow({ cantSplit: true, children: inRow }));
  }
  return unruled(
    rows,
    widths.map((width) => width * POINTS_PER_MM),
  );
}

/** "Kính gửi:" and the lines beside it, together in the middle of the line. */
function addressees(node: TreeElement, place: Place): Table {
  const [label, lines] = elements(node);
  const style = place.sheet.styles['to-line'] ?? place.sheet.styles.body;
  const room = (part: TreeElement | undefined): number =>
    Math.max(0, ...textLines(part).map((line) => textWidth(line, { ...style, bold: true })));
  const first = textWidth(textLines(label)[0] ?? '', style) + TO_GAP;
  const widths = [first, Math.min(room(lines) + SLACK, place.width - first)];
  const { above = 0, below = 0 } = place.sheet.styles.to ?? {};
  const cell = (part: TreeElement | undefined, width: number): TableCell => {
    const inner = { ...place, width, keep: true };
    const blocks = part ? blockOf(part, inner) : [];
    return frame(width, [gap(above), ...blocks, gap(below)]);
  };
  const row = new TableRow({ cantSplit: true, children: [cell(label, widths[0]!), cell(lines, widths[1]!)] });
  return unruled([row], widths);
}

const textLines = (part: TreeElement | undefined): string[] =>
  part
    ? plainText(part)
        .split('\n')
        .map((line) => line.trim())
    : [];

const frame = (width: number, children: Block[]): TableCell =>
  new TableCell({
    width: { size: twips(width), type: WidthType.DXA },
    children: children.length > 0 ? children : [new Paragraph({})],
  });

const unruled = (rows: TableRow[], widths: number[]): Table =>
  new Table({
    rows,
    columnWidths: widths.map(twips),
    width: { size: twips(widths.reduce((sum, w) => sum + w, 0)), type: WidthType.DXA },
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    borders: TableBorders.NONE,
    margins: { left: 0, right: 0, top: 0, bottom: 0 },
  });

/** Marks are text, as in the PDF: automatic numbers of letters made apart would run on from one to the next. */
function list(node: TreeElement, place: Place): Paragraph[] {
  const left = twips((place.sheet.styles.body.indent ?? 0) * POINTS_PER_MM);
  return elements(node).map((item, i) => {
    const mark = node.t === 'ul' ? '•' : `${i + 1}.`;
    return new Paragraph({
      style: styleId('body'),
      children: [new TextRun({ children: [mark, new Tab()] }), ...runsOf(item.k)],
      indent: { left, hanging: Math.round(left / 2), firstLine: 0 },
      keepNext: place.keep,
    });
  });
}

function ruledTable(node: TreeElement, place: Place): Table {
  const parts = elements(node);
  const rows = parts.flatMap((part) =>
    part.t === 'tr'
      ? [tableRow(part, false)]
      : elements(part).map((row) => tableRow(row, part.t === 'thead')),
  );
  return new Table({ rows, width: { size: twips(place.width), type: WidthType.DXA } });
}

const tableRow = (row: TreeElement, heads: boolean): TableRow =>
  new TableRow({
    cantSplit: true,
    tableHeader: heads,
    children: elements(row).map(
      (cell) =>
        new TableCell({
          columnSpan: cell.cs,
          rowSpan: cell.rs,
          verticalAlign: VerticalAlign.CENTER,
          margins: { left: 80, right: 80, top: 40, bottom: 40 },
          children: [
            new Paragraph({
              style: styleId(cell.t === 'th' ? 'head-cell' : 'cell'),
              alignment: sideOf(cell),
              children: runsOf(cell.k),
            }),
          ],
        }),
    ),
  });

const sideOf = ({ c }: TreeElement): PaperCellSide | undefined =>
  c === 'centre' ? AlignmentType.CENTER : c === 'right' ? AlignmentType.RIGHT : undefined;

type PaperCellSide = (typeof AlignmentType)['CENTER' | 'RIGHT'];
