export function docxOf(
  _htmls: string[],
  _about: { title: string; author: string; paper: 'A4' | 'A5' },
): Promise<Buffer> {
  return Promise.reject(new Error('not there yet'));
}
