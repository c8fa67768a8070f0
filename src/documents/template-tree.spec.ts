import { mapText, plainText, TemplateFault, templateTree } from './template-tree';

it('keeps classes, spans and the order of words', () => {
  expect(templateTree('<article><p class="number">Số: <b>05</b>/XL<br>x</p></article>')).toEqual({
    t: 'root',
    k: [
      {
        t: 'article',
        k: [
          {
            t: 'p',
            c: 'number',
            k: ['Số: ', { t: 'b', k: ['05'] }, '/XL', { t: 'br', k: [] }, 'x'],
          },
        ],
      },
    ],
  });
});

it('white space between blocks is no paragraph', () => {
  const tree = templateTree('<article>\n  <p>a</p>\n</article>\n\n<article>\n<p>b</p></article>\n');
  expect(tree.k).toHaveLength(2);
  expect(plainText(tree)).toBe('a\nb\n');
});

it('entities are decoded, so that data is printed as it was', () => {
  expect(
    plainText(templateTree('<p>&lt;script&gt; &amp; &quot;x&quot; &#x27;y&#x27; &#x60;&#x3D;</p>')),
  ).toBe('<script> & "x" \'y\' `=\n');
});

it('a cell may span columns and rows', () => {
  const [table] = templateTree('<table><tr><td colspan="2" rowspan="3">x</td></tr></table>').k;
  expect(table).toMatchObject({ k: [{ k: [{ t: 'td', cs: 2, rs: 3 }] }] });
});

it.each([
  ['<script>alert(1)</script>', '<script>'],
  ['<p>a<img src="x"></p>', '<img>'],
  ['<p style="color:red">a</p>', 'style'],
  ['<p onclick="x()">a</p>', 'onclick'],
  ['<article>text</article>', 'outside a paragraph'],
  ['<article><p>a<p>b</p></article>', 'not closed'],
  ['<article><p>a', 'not closed'],
  ['<div>'.repeat(40) + '</div>'.repeat(40), 'deeper'],
])('refuses %s', (html, named) => {
  expect(() => templateTree(html)).toThrow(TemplateFault);
  expect(() => templateTree(html)).toThrow(named);
});

it('changes every text of a tree and nothing else', () => {
  const tree = mapText(templateTree('<p class="a">x<b>y</b></p>'), (t) => t.toUpperCase());
  expect(tree.k[0]).toEqual({ t: 'p', c: 'a', k: ['X', { t: 'b', k: ['Y'] }] });
});
