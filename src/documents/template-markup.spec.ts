import { markupFaults } from './template-markup';

const PARTS = { head: '<header>\n<p>{{code}}</p>\n</header>', words: '{{#if a}}x{{/if}}', loose: 'chữ' };

it.each([
  ['paragraphs', '<article>\n<p>a <b>b</b><br>c</p>\n</article>'],
  ['a part', '<article>{{> head}}<p>{{> words}}</p></article>'],
  ['a paragraph in each branch', '{{#if a}}<p>x</p>{{else}}<p class="right">y</p>{{/if}}'],
  ['a list', '<ul>{{#each a}}<li>{{this}}</li>{{/each}}</ul>'],
  ['a table', '<table><tr><td colspan="2">{{a}}</td></tr></table>'],
  ['an entity', '<p>1 &lt; 2 &amp; 3 < 4</p>'],
  ['a comment', '{{!-- <script> --}}<p>a</p>'],
])('%s may be written', (_, source) => expect(markupFaults(source, PARTS)).toEqual([]));

it.each([
  ['a script', '<article>\n<script>x</script></article>', 'tag', '<script>', 2],
  ['a picture', '<p>a\n<img></p>', 'unclosed', '<img>', 2],
  ['a style', '<p>a</p>\n\n<p style="x">a</p>', 'attribute', 'style', 3],
  ['a handler', '<p onclick="x()">a</p>', 'attribute', 'onclick', 1],
  ['an open tag', '<article>\n<p>a\n</article>', 'unclosed', '<p>', 2],
  ['an end of nothing', '<p>a</p>\n</div>', 'stray', '</div>', 2],
  ['a tag opened in a branch only', '{{#if a}}<p>{{/if}}a</p>', 'unclosed', '<p>', 1],
  ['a tag closed in a branch only', '<p>a\n{{#if a}}</p>{{/if}}', 'stray', '</p>', 2],
  ['text outside a paragraph', '<article>\n<p>a</p>\nb c\n</article>', 'outside', 'b c', 3],
  ['text outside, in a branch', '<article>{{#if a}}{{else}}\nb{{/if}}</article>', 'outside', 'b', 2],
  ['a part outside a paragraph', '<article>{{> loose}}</article>', 'outside', 'chữ', 1],
  ['a field in a tag', '<p class="{{a}}">b</p>', 'field-in-tag', '<p class="', 1],
  ['a tag completed by a field', '<p>a</p>\n<{{a}}>', 'field-in-tag', '<', 2],
  ['a comment of HTML', '<p>a<!-- b --></p>', 'field-in-tag', '<!-- b --></p>', 1],
])('%s is refused with its line', (_, source, kind, found, line) =>
  expect(markupFaults(source, PARTS)[0]).toEqual({ kind, found, line }),
);

it('tags too deep are refused', () =>
  expect(markupFaults('<div>'.repeat(40) + '</div>'.repeat(40), PARTS)[0]).toMatchObject({
    kind: 'too-deep',
  }));
