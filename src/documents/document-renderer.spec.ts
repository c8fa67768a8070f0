import { lateLetter, pastLetter } from '../../test/fixtures/letter-models';
import { DocumentRenderer } from './document-renderer';
import { plainText, templateTree } from './template-tree';

const documents = new DocumentRenderer();
const textOf = (form: string, model: object): string =>
  plainText(templateTree(documents.html(`letters/${form}`, model)));

it('the late apology tells case, promise, reason, apology and the one new date', () => {
  const text = textOf('late-apology', lateLetter);
  for (const part of [
    'Số: 05/XL-TTPVHCC',
    'Bình Lư, ngày 05 tháng 02 năm 2026',
    'Kính gửi:',
    'Ông/Bà Vàng Thị Pàng',
    'Địa chỉ: bản Cò Lá, xã Bình Lư, tỉnh Lai Châu',
    'Ngày 21 tháng 01 năm 2026, Trung tâm Phục vụ hành chính công xã Bình Lư tiếp nhận hồ sơ của Ông/Bà',
    '“Đăng ký lại khai sinh”, mã hồ sơ H35.50.12-260121-0015.',
    'Thời hạn giải quyết theo quy định: 05 ngày làm việc; thời gian hẹn trả kết quả: 17 giờ 30 phút, ngày 28 tháng 01',
    'Lý do: Cơ quan đăng ký hộ tịch nơi đăng ký khai sinh trước đây chưa gửi kết quả xác minh.',
    'chân thành xin lỗi Ông/Bà và hẹn trả kết quả vào 17 giờ 30 phút, ngày 03 tháng 9 năm 2026',
    'Việc hẹn lại ngày trả kết quả được thực hiện không quá một lần.',
    'liên hệ Văn phòng HĐND và UBND, điện thoại 0213 000 0000.',
    'Ông/Bà./.',
    '- Lưu: VT, hồ sơ.',
    'Phạm Quang Huy',
  ])
    expect(text).toContain(part);
});

it('a second delay gets no second new date', () => {
  const text = textOf('late-apology', { ...lateLetter, repeated: true, newDueAt: null });
  expect(text).toContain('không hẹn lại thêm');
  expect(text).not.toContain('chưa có ngày hẹn lại');
});

it('the past apology tells due and actual date and promises nothing', () => {
  const text = textOf('past-apology', pastLetter);
  expect(text).toContain('thời gian hẹn trả kết quả: 17 giờ 30 phút, ngày 28 tháng 01 năm 2026');
  expect(text).toContain('giải quyết xong vào ngày 30 tháng 01 năm 2026');
  expect(text).toContain('02 ngày làm việc');
  expect(text).toContain('xin lỗi Công ty TNHH Thưởng Hương');
  expect(text).not.toContain('hẹn lại');
  expect(text).not.toContain('Địa chỉ');
});

it.each([
  ['extension-apology', 'đề nghị gia hạn thời gian giải quyết thêm 02 ngày làm việc'],
  ['apology-2018', 'Phiếu xin lỗi và hẹn lại ngày trả kết quả'],
])('%s can be written', (form, words) => {
  expect(textOf(form, lateLetter)).toContain(words);
});

it('a draft shows what is still missing', () => {
  const text = textOf('late-apology', { ...lateLetter, number: null, reasonLines: [], newDueAt: null });
  expect(text).toContain('Số: /XL-TTPVHCC');
  expect(text).toContain('chưa có lý do');
  expect(text).toContain('chưa có ngày hẹn lại');
});

it.each([
  [{ amount: 0, unit: 'same-day' }, 'trong ngày làm việc'],
  [{ amount: 8, unit: 'working-hours' }, '08 giờ làm việc'],
  [{ amount: 30, unit: 'days' }, '30 ngày;'],
  [{ amount: 2, unit: 'months' }, '02 tháng;'],
])('limit %o is written "%s"', (limit, words) => {
  expect(textOf('late-apology', { ...lateLetter, limit })).toContain(`theo quy định: ${words}`);
});

it('a field the model lacks is an error, not a hole in the letter', () => {
  const incomplete: Partial<typeof lateLetter> = { ...lateLetter };
  delete incomplete.procedure;
  expect(() => documents.html('letters/late-apology', incomplete)).toThrow('procedure');
  expect(() => documents.html('letters/unknown', {})).toThrow('no template');
});

it('data stays data: markup, template and printer commands are printed as they are', () => {
  const hostile = `<script>alert(1)</script> {{agency}} {{{x}}} #set page() $x$ \\ ]]> </p><h1>&amp;`;
  const text = textOf('late-apology', {
    ...lateLetter,
    reasonLines: [hostile],
    addressee: { ...lateLetter.addressee, name: hostile },
  });
  expect(text.split(hostile)).toHaveLength(3);
});

it('decomposed letters are composed', () => {
  const text = textOf('late-apology', { ...lateLetter, procedure: 'Đăng ký lại khai sinh'.normalize('NFD') });
  expect(text).toContain('“Đăng ký lại khai sinh”');
});

it('the preview has the same words without a second heading of the page', () => {
  const preview = documents.preview('letters/late-apology', lateLetter);
  expect(preview).not.toMatch(/<h\d/);
  expect(plainText(templateTree(preview))).toBe(textOf('late-apology', lateLetter));
});
