import * as fs from 'node:fs';
import * as path from 'node:path';
import { firstUnprintable, isPrintable, ORDINARY, printable } from './font-coverage';
import { fontFolders } from './font-file';

const VOWELS = 'aăâeêioôơuưy';
const TONES = ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'];

it('Tinos has every letter of Vietnamese, both cases', () => {
  const letters = [...VOWELS].flatMap((v) => TONES.map((tone) => (v + tone).normalize('NFC')));
  const all = [...letters, 'đ', ...letters.map((l) => l.toUpperCase()), 'Đ'];
  expect(all.filter((l) => !isPrintable(l))).toEqual([]);
});

it('what is taken as ordinary text is composed and in the font', () => {
  const ordinary = Array.from({ length: 0xffff }, (_, code) => String.fromCharCode(code)).filter((c) =>
    ORDINARY.test(c),
  );
  expect(ordinary.length).toBeGreaterThan(250);
  expect(ordinary.filter((c) => !isPrintable(c) || c.normalize('NFC') !== c)).toEqual([]);
});

it('all four faces are there', () => {
  const files = fontFolders().map((folder) => fs.readdirSync(folder).filter((f) => f.endsWith('.ttf')));
  expect(files.every(([file]) => file !== undefined)).toBe(true);
  expect(new Set(fontFolders().map((f) => path.basename(f))).size).toBe(4);
});

it.each([
  ['Nguyễn', 'Nguyễn'.normalize('NFD'), 'Nguyễn'],
  ['an emoji becomes a box', 'tốt 👍', 'tốt □'],
  ['Chinese becomes boxes', '漢字', '□□'],
  ['bidirectional overrides go', 'a\u202eb\u200bc\ufeff', 'abc'],
  ['controls go, line breaks become spaces', 'a\u0000b\u0007\nc\td', 'ab c d'],
  ['half of a pair goes', 'a\ud800b', 'ab'],
  ['signs of markup stay', '<script>{{x}} #set $x$ \\ ]]> `y`', '<script>{{x}} #set $x$ \\ ]]> `y`'],
  ['arrows and dong stay', '→ ₫ “ ” …', '→ ₫ “ ” …'],
])('%s', (_, given, printed) => {
  expect(printable(given)).toBe(printed);
});

it('names the first character that cannot be printed', () => {
  expect(firstUnprintable('tốt 👍 😀')).toBe('👍');
  expect(firstUnprintable('tốt\n')).toBeUndefined();
});
