const NEVER = ['/dang-nhap', '/dang-xuat'];

/** Where to go after signing in: a path of this service, else the first page. Another site never gets the visitor. */
export function returnPath(given: unknown): string {
  if (typeof given !== 'string' || given.length > 500 || !/^\/(?![/\\])/.test(given)) return '/';
  if (/[\\\p{Cc}]/u.test(given) || !URL.canParse(given, 'http://local')) return '/';
  const { origin, pathname, search } = new URL(given, 'http://local');
  const away = origin !== 'http://local' || pathname.startsWith('//');
  return away || NEVER.includes(pathname) ? '/' : `${pathname}${search}`;
}
