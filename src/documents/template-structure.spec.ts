import { structureFaults, type StructureRules } from './template-structure';

const RULES: StructureRules = {
  fields: {
    code: { kind: 'text' },
    remark: { kind: 'text', optional: true },
    days: { kind: 'number' },
    day: { kind: 'day' },
    at: { kind: 'instant' },
    newAt: { kind: 'instant', optional: true },
    again: { kind: 'flag' },
    person: { kind: 'group' },
    'person.name': { kind: 'text' },
    'person.title': { kind: 'text', optional: true },
    contact: { kind: 'group', optional: true },
    'contact.unit': { kind: 'text' },
    'contact.phone': { kind: 'text', optional: true },
    lines: { kind: 'list' },
    'lines[]': { kind: 'text' },
    rows: { kind: 'list' },
    'rows[].name': { kind: 'text' },
    'rows[].count': { kind: 'number', optional: true },
  },
  parts: {
    head: '<p>{{code}}</p>',
    unit: '{{contact.unit}}',
    guarded: '{{#if contact}}{{contact.unit}}{{/if}}',
    other: '{{signer}}',
  },
};
const faults = (source: string) => structureFaults(source, RULES);

describe('the text of a document may hold', () => {
  it.each([
    ['words and fields', 'Mã {{code}}, {{ person.name }}'],
    ['a number', '{{days}} {{haiSo days}}'],
    ['dates with their helpers', '{{ngayDu day}} {{ngayDu at}} {{gioNgayDu at}}'],
    ['a helper of a helper', '{{vietHoaDau (ngayDu day)}}'],
    ['what may lack, where it is there', '{{#if remark}}{{remark}}{{/if}}'],
    ['what may lack, after unless', '{{#unless newAt}}chưa có{{else}}{{gioNgayDu newAt}}{{/unless}}'],
    ['a field of what may lack', '{{#if contact}}{{contact.unit}}{{/if}}'],
    ['a deeper condition', '{{#if contact.phone}}{{contact.unit}}, {{contact.phone}}{{/if}}'],
    ['else if', '{{#if again}}a{{else if remark}}{{remark}}{{else}}b{{/if}}'],
    ['a comparison', '{{#if (eq contact.unit "x")}}a{{/if}}'],
    ['a list of words', '{{#each lines}}{{#unless @first}}{{this}}{{/unless}}{{/each}}'],
    ['a list of things', '{{#each rows}}{{name}}{{#if count}}{{haiSo count}}{{/if}}{{/each}}'],
    ['a shared part', '{{> head}}{{> guarded}}'],
    ['a part that needs a condition, with it', '{{#if contact}}{{> unit}}{{/if}}'],
    ['a note for writers', '{{!-- ghi chú --}}{{! x }}'],
  ])('%s', (_, source) => expect(faults(source)).toEqual([]));
});

describe('the text of a document may not hold', () => {
  it.each([
    ['an unknown field', '{{password}}', 'unknown-field', 'password'],
    ['a field of nothing', '{{code.length}}', 'unknown-field', 'code.length'],
    ['a way to the constructor', '{{constructor.name}}', 'unknown-field', 'constructor.name'],
    ['what every object has', '{{constructor}}{{toString}}', 'unknown-field', 'constructor'],
    ['the prototype', '{{__proto__}}', 'unknown-field', '__proto__'],
    ['the data of the page', '{{@root.code}}', 'unknown-field', '@root.code'],
    ['a path upwards', '{{#each rows}}{{../code}}{{/each}}', 'unknown-field', '../code'],
    ['a field of the document inside a list', '{{#each rows}}{{code}}{{/each}}', 'unknown-field', 'code'],
    ['everything', '{{this}}', 'unknown-field', 'this'],
    ['an unknown helper', '{{lookup code}}', 'unknown-helper', 'lookup'],
    ['an unknown helper in a condition', '{{#if (or code days)}}a{{/if}}', 'unknown-helper', 'or'],
    ['a helper without its field', '{{ngayDu}}', 'helper-use', 'ngayDu'],
    ['a helper with two fields', '{{ngayDu day at}}', 'helper-use', 'ngayDu'],
    ['a named parameter', '{{haiSo days x=1}}', 'helper-use', 'haiSo'],
    ['a comparison as text', '{{eq code code}}', 'helper-use', 'eq'],
    ['a comparison with one side', '{{#if (eq code)}}a{{/if}}', 'helper-use', 'eq'],
    ['a date as number', '{{haiSo day}}', 'wrong-kind', 'haiSo'],
    ['a day with its time', '{{gioNgayDu day}}', 'wrong-kind', 'gioNgayDu'],
    ['a bare date', '{{at}}', 'needs-helper', 'at'],
    ['a bare list', '{{lines}}', 'not-printed', 'lines'],
    ['a bare condition', '{{again}}', 'not-printed', 'again'],
    ['what may lack', '{{remark}}', 'unguarded', 'remark'],
    ['what may lack, in the wrong branch', '{{#if remark}}{{else}}{{remark}}{{/if}}', 'unguarded', 'remark'],
    ['what may lack, under another condition', '{{#if again}}{{remark}}{{/if}}', 'unguarded', 'remark'],
    ['what may lack, in a helper', '{{gioNgayDu newAt}}', 'unguarded', 'newAt'],
    ['a field of what may lack, alone', '{{contact.unit}}', 'unguarded', 'contact.unit'],
    ['what may lack in a list', '{{#each rows}}{{count}}{{/each}}', 'unguarded', 'count'],
    ['a part that needs a condition', '{{> unit}}', 'unguarded', '> unit'],
    ['another block', '{{#with person}}{{name}}{{/with}}', 'block', 'with'],
    ['a block of a field', '{{#lines}}a{{/lines}}', 'block', 'lines'],
    ['a condition on two things', '{{#if code days}}a{{/if}}', 'block-use', 'if'],
    ['names for items', '{{#each rows as |r|}}{{/each}}', 'block-use', 'each'],
    ['a loop over no list', '{{#each code}}{{/each}}', 'not-a-list', 'code'],
    ['three braces', '{{{code}}}', 'unescaped', 'code'],
    ['an ampersand', '{{&code}}', 'unescaped', 'code'],
    ['an unknown part', '{{> secret}}', 'part', 'secret'],
    ['a part of the prototype', '{{> constructor}}', 'part', 'constructor'],
    ['a part chosen by a field', '{{> (lookup code)}}', 'part', 'lookup'],
    ['a part with parameters', '{{> head code}}', 'part-use', 'head'],
    ['a part in a list', '{{#each rows}}{{> head}}{{/each}}', 'part-use', 'head'],
    ['a part of another document', '{{> other}}', 'part-unfit', 'other'],
    ['a part with a block', '{{#> head}}a{{/head}}', 'decorator', 'head'],
    ['a decorator', '{{* code}}', 'decorator', 'code'],
    ['an inline part', '{{#*inline "a"}}b{{/inline}}', 'decorator', 'inline'],
    ['an open block', '{{#if code}}a', 'syntax', ''],
  ])('%s', (_, source, kind, found) => expect(faults(source)[0]).toMatchObject({ kind, found }));

  it('tells the line and what would be right', () =>
    expect(faults('<p>a</p>\n<p>{{at}}</p>\n\n{{contact.phone}}')).toEqual([
      { kind: 'needs-helper', found: 'at', line: 2, needs: 'gioNgayDu' },
      { kind: 'unguarded', found: 'contact.phone', line: 4, needs: 'contact' },
    ]));
});
