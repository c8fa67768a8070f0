import { Document, Packer, Paragraph } from 'docx';
import { strFromU8, strToU8, unzipSync, zip, type Unzipped } from 'fflate';
import { setImmediate as others } from 'node:timers/promises';
import { blocksOf, type Block } from './docx-blocks';
import { BREAK, docxHeaders, docxSection, docxStyles, styleId } from './docx-styles';
import { printable } from './font-coverage';
import { PAPER_SIZES, paperSheet, type PaperSize } from './paper-styles';
import { mapText, templateTree } from './template-tree';

export interface DocxOptions {
  title: string;
  author: string;
  /** A4 unless told. */
  paper?: PaperSize;
}

/** The library keeps some hundred objects a letter, so only so many are in its hands at once. */
const CHUNK = 10;
const BODY = 'word/document.xml';
const END = `<w:p><w:pPr><w:pStyle w:val="${styleId(BREAK)}"/></w:pPr></w:p>`;

/**
 * Letters that the office can still edit, from the same HTML as the PDF. Each is a section: it begins on a page of
 * its own and counts its pages anew.
 * @param htmls one letter each
 */
export async function docxOf(htmls: string[], o: DocxOptions): Promise<Buffer> {
  if (htmls.length === 0) throw new RangeError('no document to write');
  const bodies: string[] = [];
  let files: Unzipped = {};
  for (let i = 0; i < htmls.length; i += CHUNK) {
    files = unzipSync(await Packer.toBuffer(documentOf(htmls.slice(i, i + CHUNK), o)));
    bodies.push(bodyOf(xmlOf(files)).letters);
    await others();
  }
  const last = xmlOf(files);
  const { start, section } = bodyOf(last);
  const letters = bodies.join('').slice(0, -END.length);
  const divided = letters.replaceAll(END, END.replace('</w:pPr>', `${section}</w:pPr>`));
  return packed({ ...files, [BODY]: strToU8(`${start}${divided}${END}${section}</w:body></w:document>`) });
}

function documentOf(htmls: string[], { title, author, paper = 'A4' }: DocxOptions): Document {
  const sheet = paperSheet(paper);
  const { left, right } = sheet.page;
  const width = ((PAPER_SIZES[paper].width - left - right) * 72) / 25.4;
  const children = htmls.flatMap((html): Block[] => [
    ...blocksOf(mapText(templateTree(html), printable), { sheet, width }),
    new Paragraph({ style: styleId(BREAK) }),
  ]);
  return new Document({
    title: printable(title),
    creator: printable(author),
    lastModifiedBy: printable(author),
    styles: docxStyles(sheet),
    sections: [{ properties: docxSection(paper, sheet), headers: docxHeaders(sheet), children }],
  });
}

const xmlOf = (files: Unzipped): string => strFromU8(files[BODY] ?? new Uint8Array());

/** What comes before the letters, the letters, and the section that all of them share. */
function bodyOf(xml: string): { start: string; letters: string; section: string } {
  const from = xml.indexOf('<w:body>') + '<w:body>'.length;
  const to = xml.lastIndexOf('<w:sectPr');
  return {
    start: xml.slice(0, from),
    letters: xml.slice(from, to),
    section: xml.slice(to, xml.lastIndexOf('</w:body>')),
  };
}

const packed = (files: Unzipped): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    zip(files, { level: 6 }, (error, bytes) =>
      error ? reject(error) : resolve(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
    );
  });
