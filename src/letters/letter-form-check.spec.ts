import { DocumentRenderer } from '../documents/document-renderer';
import { PdfRenderer } from '../documents/pdf-renderer';
import { formFields, formParts } from '../platform/letter-field-labels';
import { LetterFormCheck } from './letter-form-check.service';
import { SHARED_PARTS, SHIPPED_FORMS, type FormContent } from './shipped-forms';

const pdfs = new PdfRenderer();
const check = new LetterFormCheck(new DocumentRenderer(), pdfs);
afterAll(() => pdfs.onModuleDestroy());

const shipped = (form: string, change: (source: string) => string = (s) => s): FormContent => {
  const found = SHIPPED_FORMS.find((f) => f.form === form)!;
  return { ...found, source: change(found.source) };
};
const texts = async (content: FormContent): Promise<string[]> =>
  (await check.faults(content)).map((f) => f.text);

it.each(SHIPPED_FORMS.map((f) => [f.form]))('%s as it comes with the program can be kept', async (form) => {
  expect(await texts(shipped(form))).toEqual([]);
});

it('every shared part is explained, and every form has fields', () => {
  expect(Object.keys(formParts).sort()).toEqual(Object.keys(SHARED_PARTS).sort());
  for (const { form } of SHIPPED_FORMS) expect(Object.keys(formFields(form)).length).toBeGreaterThan(10);
});

it.each([
  ['the reason', 'late-apology', '{{> reason}}', 'Mẫu thiếu lý do. Thêm {{> reason}}.'],
  ['further reasons', 'past-apology', '{{> further-reasons}}', 'Mẫu thiếu các đoạn lý do tiếp theo.'],
  ['the new date', 'extension-apology', '{{> new-due}}', 'Mẫu thiếu ngày hẹn lại.'],
  ['the new date of 2018', 'apology-2018', '{{> new-due}}', 'Mẫu thiếu ngày hẹn lại.'],
  ['the case code', 'stop-notice', '{{code}}', 'Mẫu thiếu mã hồ sơ.'],
  ['the papers', 'supplement-request', '{{name}}', 'Mẫu thiếu danh sách giấy tờ.'],
])('a text without %s is refused', async (_, form, sign, words) => {
  const [first] = await texts(shipped(form, (s) => s.replaceAll(sign, '')));
  expect(first).toContain(words);
});

it('the name must be there also when nothing else is', async () => {
  const source =
    '<article>{{#if addressee.address}}<p>{{addressee.name}}</p>{{/if}}<p>{{code}} {{> reason}}</p>{{> further-reasons}}</article>';
  expect(await texts({ ...shipped('past-apology'), source })).toEqual([
    'Mẫu thiếu tên cá nhân, tổ chức. Thêm {{addressee.name}}.',
  ]);
});

it.each([
  ['', 'Mẫu chưa có chữ nào.'],
  ['<p>{{matKhau}}</p>', 'Dòng 1: không có trường matKhau.'],
  ['<p>a</p>\n<p>{{newDueAt}}</p>', 'Dòng 2: {{newDueAt}} có thể không có'],
  ['<p>a', 'Dòng 1: thẻ <p> chưa đóng.'],
  ['<p>x</p>'.repeat(6_300), 'Mẫu dài 50400 ký tự, nhiều nhất 50000 ký tự.'],
])('%.20s is told with its line and what to do', async (source, words) => {
  const [first] = await texts({ ...shipped('late-apology'), source });
  expect(first).toContain(words);
});

it('a text that does not fit on three pages is refused', async () => {
  const long = `<p>${'Nội dung dài. '.repeat(60)}</p>`;
  expect(await texts(shipped('late-apology', (s) => s.replace('</h1>', `</h1>${long.repeat(9)}`)))).toEqual([
    expect.stringMatching(/^Với số liệu dài nhất, văn bản dài \d trang, nhiều nhất 3 trang\./),
  ]);
});
