import { returnPath } from './return-path';

describe('path to return to after signing in', () => {
  it.each([
    ['/hang-viec', '/hang-viec'],
    ['/hang-viec?han=qua-han&tim=L%C6%B0', '/hang-viec?han=qua-han&tim=L%C6%B0'],
    ['/ho-so/H35.50.12-260105-0008#cach-tinh', '/ho-so/H35.50.12-260105-0008'],
    ['/a/../quan-tri', '/quan-tri'],
  ])('%s is kept as %s', (given, path) => {
    expect(returnPath(given)).toBe(path);
  });

  it.each([
    ['nothing', undefined],
    ['a list', ['/hang-viec', '/x']],
    ['another site', 'https://example.org/'],
    ['another site without scheme', '//example.org'],
    ['another site with a backslash', '/\\example.org'],
    ['another site after dots', '/..//example.org'],
    ['a tab inside', '/\t/example.org'],
    ['a line end', '/x\r\nset-cookie: a=b'],
    ['a script', 'javascript:alert(1)'],
    ['a relative path', 'hang-viec'],
    ['the sign-in page itself', '/dang-nhap?ve=/dang-nhap'],
    ['signing out', '/dang-xuat'],
    ['a very long path', `/${'a'.repeat(600)}`],
  ])('%s leads to the first page', (_, given) => {
    expect(returnPath(given)).toBe('/');
  });
});
