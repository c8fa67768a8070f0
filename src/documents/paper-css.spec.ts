import * as fs from 'node:fs';
import * as path from 'node:path';
import { TEMPLATES_DIR } from '../platform/paths';
import { paperCss } from './paper-css';

const FILE = path.join(TEMPLATES_DIR, 'static', 'css', 'letter.css');

it('the preview is styled by the table of the PDF (PAPER_CSS=write makes the file again)', () => {
  if (process.env.PAPER_CSS === 'write') fs.writeFileSync(FILE, paperCss());
  expect(fs.readFileSync(FILE, 'utf8')).toBe(paperCss());
});

it.each([
  ['margins', 'padding: 20mm 15mm 20mm 30mm;'],
  ['body text', 'font: 14pt/1.28 var(--font-doc);'],
  ['first-line indent', 'text-indent: 12.7mm;'],
])('%s are those of Decree 30', (_, css) => {
  expect(paperCss()).toContain(css);
});
