import { textFaults } from './template-fields';

const RULES = { fields: ['tom_tat', 'so_ho_so'], blocks: ['if'] };

describe('a text of fields and words', () => {
  it.each([
    ['plain words', 'Còn hồ sơ phải trả.'],
    ['a field', 'Hôm nay: {{tom_tat}}'],
    ['a field with blanks', '{{ tom_tat }}'],
    ['an allowed block', '{{#if so_ho_so}}{{so_ho_so}} hồ sơ{{else}}Không có{{/if}}'],
    ['a chain of blocks', '{{#if tom_tat}}a{{else if so_ho_so}}b{{/if}}'],
    ['blank control', '{{~tom_tat~}}'],
    ['a comparison sign', 'còn < 2 ngày, 3 > 2'],
    ['nothing', ''],
  ])('may be made of %s', (_, source) => expect(textFaults(source, RULES)).toEqual([]));

  it.each([
    ['an unknown field', '{{mat_khau}}', 'unknown-field', 'mat_khau'],
    ['an unknown field in a block', '{{#if tom_tat}}{{mat_khau}}{{/if}}', 'unknown-field', 'mat_khau'],
    [
      'an unknown field after else',
      '{{#if tom_tat}}{{else}}{{mat_khau}}{{/if}}',
      'unknown-field',
      'mat_khau',
    ],
    ['a block about an unknown field', '{{#if mat_khau}}a{{/if}}', 'unknown-field', 'mat_khau'],
    ['a path', '{{tom_tat.length}}', 'unknown-field', 'tom_tat.length'],
    ['a path upwards', '{{../tom_tat}}', 'unknown-field', '../tom_tat'],
    ['a path from this', '{{this.tom_tat}}', 'unknown-field', 'this.tom_tat'],
    ['everything', '{{this}}', 'unknown-field', 'this'],
    ['the data of the page', '{{@root.secret}}', 'unknown-field', '@root.secret'],
    ['a way to the constructor', '{{constructor}}', 'unknown-field', 'constructor'],
    ['a literal', '{{"tom_tat"}}', 'unknown-field', 'tom_tat'],
    ['a number', '{{1}}', 'unknown-field', '1'],
    ['a helper with a parameter', '{{lookup tom_tat}}', 'no-expression', 'lookup'],
    ['a helper with a named parameter', '{{tom_tat a=1}}', 'no-expression', 'tom_tat'],
    ['a condition on an expression', '{{#if (eq tom_tat 1)}}a{{/if}}', 'unknown-field', 'eq'],
    ['a condition on two things', '{{#if tom_tat so_ho_so}}a{{/if}}', 'no-expression', 'if'],
    ['another block', '{{#each tom_tat}}a{{/each}}', 'block', 'each'],
    ['a block of a field', '{{#tom_tat}}a{{/tom_tat}}', 'block', 'tom_tat'],
    ['a negated block', '{{^tom_tat}}a{{/tom_tat}}', 'block', 'tom_tat'],
    ['three braces', '{{{tom_tat}}}', 'unescaped', 'tom_tat'],
    ['an ampersand', '{{&tom_tat}}', 'unescaped', 'tom_tat'],
    ['a partial', '{{> frame.html}}', 'partial', 'frame.html'],
    ['a partial with a block', '{{#> frame}}a{{/frame}}', 'partial', 'frame'],
    ['an inline partial', '{{#*inline "a"}}b{{/inline}}', 'decorator', 'inline'],
    ['a decorator', '{{* tom_tat}}', 'decorator', 'tom_tat'],
    ['a tag', 'Xem <b>ngay</b>', 'tag', '<b>'],
    ['a script', '<script src=x>', 'tag', '<script'],
    ['a comment of HTML', 'a <!-- b', 'tag', '<!--'],
    ['a tag that a field would complete', '<{{tom_tat}}b>', 'tag', '<'],
    ['a tag in a block', '{{#if tom_tat}}<img>{{/if}}', 'tag', '<img>'],
    ['braces left open', 'a\n{{tom_tat', 'syntax', '2'],
    ['a block left open', '{{#if tom_tat}}a', 'syntax', '1'],
    ['a block closed by another', '{{#if tom_tat}}a{{/each}}', 'syntax', '1'],
  ])('may not hold %s', (_, source, kind, found) =>
    expect(textFaults(source, RULES)).toEqual([{ kind, found }]),
  );

  it('tells every fault, each once', () =>
    expect(textFaults('{{a}} {{a}} {{{tom_tat}}} {{#each b}}{{/each}}', RULES).map((f) => f.kind)).toEqual([
      'unknown-field',
      'unescaped',
      'block',
    ]));
});
