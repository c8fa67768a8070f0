import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { asciiName, zipOf, type ZipEntry } from './zip.writer';

const MTIME = new Date('2026-08-26T09:42:00+07:00');
const entry = (name: string, text: string): ZipEntry => ({
  name,
  compress: false,
  open: () => Readable.from([Buffer.from(text)]),
});

it('the same entries give the same bytes', async () => {
  const make = async () => {
    const bytes = await buffer(zipOf([entry('a.txt', 'A'), entry('b/c.txt', 'C')], MTIME));
    return createHash('sha256').update(bytes).digest('hex');
  };
  expect(await make()).toBe(await make());
});

it('an entry that cannot be read breaks the file instead of leaving it short', async () => {
  const broken: ZipEntry = {
    name: 'b.txt',
    compress: false,
    open: () =>
      new Readable({
        read() {
          this.destroy(new Error('gone'));
        },
      }),
  };
  await expect(buffer(zipOf([entry('a.txt', 'A'), broken], MTIME))).rejects.toThrow('gone');
});

it('opens one entry at a time', async () => {
  let open = 0;
  let most = 0;
  const counted = (name: string): ZipEntry => ({
    ...entry(name, name),
    open: () => {
      open += 1;
      most = Math.max(most, open);
      const source = Readable.from([Buffer.from(name)]);
      source.on('end', () => (open -= 1));
      return source;
    },
  });
  await buffer(zipOf(['a', 'b', 'c'].map(counted), MTIME));
  expect(most).toBe(1);
});

it.each([
  ['Biên nhận số 5.JPG', 'Bien-nhan-so-5.JPG'],
  ['../../etc/passwd', 'etc-passwd'],
  ['Đơn đề nghị (bản ký).pdf', 'Don-de-nghi-ban-ky.pdf'],
  ['…', 'tep'],
])('%s is kept as %s', (given, kept) => {
  expect(asciiName(given)).toBe(kept);
});
