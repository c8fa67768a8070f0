import * as fs from 'node:fs';
import * as path from 'node:path';
import { TEMPLATES_DIR } from '../platform/paths';

export type PaperSize = 'A4' | 'A5';

export interface PaperStyle {
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

type Styles = Record<string, PaperStyle> & { body: PaperStyle };

/** How a document looks; lengths of the page in millimetres, of type in points. */
export interface PaperSheet {
  page: { top: number; bottom: number; left: number; right: number; numberSize: number; numberGap: number };
  columns: { header: number[]; footer: number[]; rowGap: number; footerGap: number };
  rule: { stroke: number; gap: number };
  /** A word of so many letters may be broken anywhere. */
  longWord: number;
  styles: Styles;
}

interface StyleTable extends PaperSheet {
  /** what differs from A4 */
  a5: Partial<Omit<PaperSheet, 'styles'>> & { styles: Record<string, Partial<PaperStyle>> };
}

export const PAPER_SIZES: Record<PaperSize, { width: number; height: number }> = {
  A4: { width: 210, height: 297 },
  A5: { width: 148, height: 210 },
};

const FILE = path.join(TEMPLATES_DIR, 'letters', 'typst', 'paper-styles.json');
const sheets = new Map<PaperSize, PaperSheet>();

/** The style table that the PDF is set with, for one size of paper. */
export function paperSheet(paper: PaperSize): PaperSheet {
  const known = sheets.get(paper);
  if (known) return known;
  const { a5, ...a4 } = JSON.parse(fs.readFileSync(FILE, 'utf8')) as StyleTable;
  const styles = Object.entries(a4.styles).map(([name, s]) => [name, { ...s, ...a5.styles[name] }]);
  sheets.set('A4', a4);
  sheets.set('A5', { ...a4, ...a5, styles: Object.fromEntries(styles) as Styles });
  return paperSheet(paper);
}
