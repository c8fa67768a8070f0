import {
  AlignmentType,
  BorderStyle,
  Header,
  LineRuleType,
  PageNumber,
  Paragraph,
  SectionType,
  TextRun,
  type IParagraphStyleOptions,
  type ISectionPropertiesOptions,
  type IStylesOptions,
} from 'docx';
import { PAPER_SIZES, type PaperSheet, type PaperSize, type PaperStyle } from './paper-styles';

/** Word counts lengths in twentieths of a point, type in halves of one. */
export const twips = (points: number): number => Math.round(points * 20);
export const millimetres = (mm: number): number => twips((mm * 72) / 25.4);

const FONT = 'Times New Roman';
/** A single line of Times New Roman, in ems: Word's line spacing is a multiple of it. */
const SINGLE = 1.15;
const SIDES = {
  left: AlignmentType.LEFT,
  right: AlignmentType.RIGHT,
  center: AlignmentType.CENTER,
  justify: AlignmentType.BOTH,
};

export const styleId = (name: string): string => `VB-${name}`;
/** The short line under a name: a paragraph that is nothing but its upper border. */
export const RULE = 'rule';
/** The end of a letter: as low as can be, or it would begin a page of its own below a full one. */
export const BREAK = 'break';

/** Paragraph styles "VB …" from the table that the PDF is set with. */
export function docxStyles(sheet: PaperSheet): IStylesOptions {
  return {
    default: {
      document: {
        run: { font: FONT, size: sheet.styles.body.size * 2, language: { value: 'vi-VN' }, color: '000000' },
      },
    },
    paragraphStyles: [
      ...Object.entries(sheet.styles).map(([name, s]) => paragraphStyle(name, s)),
      {
        id: styleId(BREAK),
        name: `VB ${BREAK}`,
        run: { size: 2 },
        paragraph: { spacing: { before: 0, after: 0, line: 20, lineRule: LineRuleType.EXACT } },
      },
      {
        id: styleId(RULE),
        name: `VB ${RULE}`,
        run: { size: 2 },
        paragraph: {
          spacing: { before: twips(sheet.rule.gap), line: 20, lineRule: LineRuleType.EXACT },
          border: {
            top: {
              style: BorderStyle.SINGLE,
              size: Math.round(sheet.rule.stroke * 8),
              color: '000000',
              space: 0,
            },
          },
        },
      },
    ],
  };
}

function paragraphStyle(name: string, s: PaperStyle): IParagraphStyleOptions {
  return {
    id: styleId(name),
    name: `VB ${name}`,
    quickFormat: true,
    run: { font: FONT, size: s.size * 2, bold: s.bold, italics: s.italic, allCaps: s.upper },
    paragraph: {
      alignment: SIDES[s.align],
      indent: { firstLine: millimetres(s.indent ?? 0) },
      spacing: {
        before: twips(s.above ?? 0),
        after: twips(s.below ?? 0),
        line: Math.round((s.line / SINGLE) * 240),
        lineRule: LineRuleType.AUTO,
      },
      outlineLevel: name === 'title' ? 0 : name === 'subject' ? 1 : undefined,
    },
  };
}

/** A section per letter: numbers begin anew with each, and show from its second page. */
export function docxSection(paper: PaperSize, { page }: PaperSheet): ISectionPropertiesOptions {
  const { width, height } = PAPER_SIZES[paper];
  return {
    type: SectionType.NEXT_PAGE,
    titlePage: true,
    page: {
      size: { width: millimetres(width), height: millimetres(height) },
      margin: {
        top: millimetres(page.top),
        bottom: millimetres(page.bottom),
        left: millimetres(page.left),
        right: millimetres(page.right),
        header: millimetres(page.top - page.numberGap) - twips(page.numberSize),
        footer: millimetres(page.bottom / 2),
        gutter: 0,
      },
      pageNumbers: { start: 1 },
    },
  };
}

/** Page number: centred in the top margin. The first page of a letter has an empty one. */
export const docxHeaders = ({ page }: PaperSheet): { default: Header; first: Header } => ({
  default: new Header({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ children: [PageNumber.CURRENT], font: FONT, size: page.numberSize * 2 })],
      }),
    ],
  }),
  first: new Header({ children: [new Paragraph({})] }),
});
