import Handlebars from 'handlebars';
import { epochDay } from '../domain/local-date';
import { viewHelpers } from './view-helpers';

const hb = Handlebars.create();
hb.registerHelper(viewHelpers((name) => `/static/${name}`) as Handlebars.HelperDeclareSpec);

const say = (template: string, model: object = {}, root: object = {}): string =>
  hb.compile(template, { strict: true })(model, { data: { root } });

const instant = (text: string) => new Date(`${text}+07:00`);

describe('dates are written as Vietnamese offices write them', () => {
  const at = instant('2026-08-25T17:30:00');
  it.each([
    ['{{ngay v}}', at, '25/8/2026'],
    ['{{ngay v}}', '2026-08-05', '5/8/2026'],
    ['{{ngay v}}', epochDay(2026, 8, 5), '5/8/2026'],
    ['{{ngayNgan v}}', '2026-01-02', '2/1'],
    ['{{gio v}}', instant('2026-08-25T07:05:59'), '07:05'],
    ['{{thuNgay v}}', '2026-08-26', 'thứ Tư 26/8/2026'],
    ['{{thuNgay v}}', '2026-08-23', 'Chủ nhật 23/8/2026'],
    ['{{thuNgayNgan v}}', '2026-08-22', 'thứ Bảy 22/8'],
    ['{{thuNgan v}}', '2026-08-23', 'CN'],
    ['{{thuNgan v}}', at, 'T3'],
    ['{{hen v}}', at, '17:30 thứ Ba 25/8'],
  ])('%s of %s is %s', (template, v, text) => {
    expect(say(template, { v })).toBe(text);
  });

  it('the year is said where it is not the year of the page', () => {
    const now = instant('2026-11-23T09:00:00');
    const v = instant('2025-01-23T07:31:00');
    expect(say('{{hen v}}', { v }, { now })).toBe('07:31 thứ Năm 23/1/2025');
    expect(say('{{thuNgayNgan v}}, {{ngayGan v}}', { v }, { now })).toBe('thứ Năm 23/1/2025, 23/1/2025');
    expect(say('{{hen v}}, {{ngayGan v}}', { v: at }, { now })).toBe('17:30 thứ Ba 25/8, 25/8');
  });

  it('an instant belongs to the Vietnamese day, not the UTC day', () => {
    expect(say('{{ngay v}} {{gio v}}', { v: new Date('2026-08-25T17:30:00Z') })).toBe('26/8/2026 00:30');
  });

  it('null is nothing, a forgotten field is an error', () => {
    expect(say('[{{ngay v}}]', { v: null })).toBe('[]');
    expect(() => say('{{ngay missing}}')).toThrow('does not have');
  });
});

describe('numbers have dots for thousands and a decimal comma', () => {
  it.each([
    ['{{soVN v}}', 0, '0'],
    ['{{soVN v}}', 999, '999'],
    ['{{soVN v}}', 2141, '2.141'],
    ['{{soVN v}}', 12345678, '12.345.678'],
    ['{{soVN v}}', -1412, '-1.412'],
    ['{{soVN v}}', 3.8, '3,8'],
    ['{{soVN v}}', null, '–'],
    ['{{phanTram v}}', 97.57, '97,57%'],
    ['{{phanTram v}}', 97.5, '97,50%'],
    ['{{phanTram v}}', 100, '100%'],
    ['{{phanTram v}}', null, 'chưa có số liệu'],
    ['{{diem v}}', 2.93, '2,93'],
    ['{{diem v}}', 3, '3,00'],
    ['{{diem v}}', null, '–'],
  ])('%s of %s is %s', (template, v, text) => {
    expect(say(template, { v })).toBe(text);
  });
});

describe('time left', () => {
  it.each([
    ['left', 0, 5, 48, 'Còn 5 giờ 48 phút'],
    ['left', 0, 0, 7, 'Còn 7 phút'],
    ['left', 2, 3, 10, 'Còn 2 ngày'],
    ['left', 0, 2, 0, 'Còn 2 giờ'],
    ['overdue', 0, 2, 12, 'Quá 2 giờ 12 phút'],
    ['overdue', 3, 2, 12, 'Quá 3 ngày 2 giờ'],
    ['overdue', 3, 0, 12, 'Quá 3 ngày'],
    ['left', 0, 0, 0, 'Còn dưới 1 phút'],
    ['overdue', 0, 0, 0, 'Vừa quá hạn'],
    ['past-hour', 0, 1, 5, 'Qua giờ hẹn 1 giờ 5 phút'],
  ])('%s, %s days %s hours %s minutes: %s', (state, days, hours, minutes, text) => {
    expect(say('{{conLai v}}', { v: { state, days, hours, minutes } })).toBe(text);
  });
});

describe('marks', () => {
  it.each([
    ['overdue', 'late'],
    ['today', 'today'],
    ['soon', 'soon'],
    ['week', 'week'],
    ['later', 'safe'],
    ['paused', 'pause'],
    ['unknown', 'none'],
    ['late', 'late'],
    ['something else', 'none'],
  ])('urgency %s has the tone %s', (v, tone) => {
    expect(say('{{tone v}}', { v })).toBe(tone);
  });

  it('a helper without operands gives way to a field of its name', () => {
    expect(say('tone-{{tone}} {{gio}}', { tone: 'overdue', gio: '07:30' })).toBe('tone-late 07:30');
  });

  it.each([
    [{ role: 'received', worked: false, overdueBy: null, today: false }, 'is-recv'],
    [{ role: 'counted', worked: true, overdueBy: null, today: true }, 'is-make is-now'],
    [{ role: 'counted', worked: false, overdueBy: null, today: false }, ''],
    [{ role: 'off', worked: false, overdueBy: null, today: false }, 'is-off'],
    [{ role: 'not-counted', worked: false, overdueBy: null, today: false }, 'is-off'],
    [{ role: 'paused', worked: false, overdueBy: null, today: false }, 'is-pause'],
    [{ role: 'due', worked: false, overdueBy: null, today: true }, 'is-due is-now'],
    [{ role: 'after', worked: false, overdueBy: 2, today: false }, 'is-over'],
    [{ role: 'after', worked: false, overdueBy: null, today: false }, 'is-off'],
  ])('a strip cell %j has the classes "%s"', (v, classes) => {
    expect(say('{{stripClass v}}', { v })).toBe(classes);
  });

  it('repeats its block', () => {
    expect(say('{{#repeat n}}·{{/repeat}}', { n: 3 })).toBe('···');
    expect(say('{{#repeat n}}·{{/repeat}}', { n: 0 })).toBe('');
  });

  it('finds the fault of a field by its id', () => {
    const root = { faults: [{ field: 'ly_do', text: 'Nhập lý do.' }] };
    expect(say("{{#if (fault 'ly_do')}}{{fault 'ly_do'}}{{/if}}", {}, root)).toBe('Nhập lý do.');
    expect(say("{{#if (fault 'ngay')}}yes{{else}}no{{/if}}", {}, root)).toBe('no');
  });
});

describe('logic', () => {
  it.each([
    ["(eq a 'x')", { a: 'x' }, 'yes'],
    ['(eq a b)', { a: 1, b: '1' }, 'yes'],
    ['(eq a b)', { a: null, b: undefined }, 'no'],
    ['(gt a 2)', { a: 3 }, 'yes'],
    ['(not a)', { a: [] }, 'yes'],
    ['(not a)', { a: 0 }, 'yes'],
    ['(not a)', { a: 'x' }, 'no'],
    ['(and a b)', { a: 1, b: 0 }, 'no'],
    ['(and a b)', { a: 1, b: 2 }, 'yes'],
    ['(or a b)', { a: 0, b: 2 }, 'yes'],
    ['(or a b)', { a: 0, b: null }, 'no'],
  ])('%s of %j: %s', (condition, model, answer) => {
    expect(say(`{{#if ${condition}}}yes{{else}}no{{/if}}`, model)).toBe(answer);
  });

  it('joins and quotes', () => {
    expect(say("{{concat 'hs-' code}}", { code: 7 })).toBe('hs-7');
    expect(say('{{json v}}', { v: { a: '<' } })).toBe('{&quot;a&quot;:&quot;&lt;&quot;}');
    expect(say("{{or name 'Chưa rõ'}}", { name: '' })).toBe('Chưa rõ');
  });
});
