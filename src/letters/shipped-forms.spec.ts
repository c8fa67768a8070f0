import {
  extensionLetter,
  lateLetter,
  pastLetter,
  stopNotice,
  supplementRequest,
  systemErrorSlip,
} from '../../test/fixtures/letter-models';
import { DocumentRenderer } from '../documents/document-renderer';
import { plainText, templateTree } from '../documents/template-tree';
import { formSum, partsUsed, SHIPPED_FORMS } from './shipped-forms';

const documents = new DocumentRenderer();

function textOf(form: string, model: object): string {
  const shipped = SHIPPED_FORMS.find((f) => f.form === form)!;
  return plainText(templateTree(documents.render({ ...shipped, sha256: formSum(shipped) }, model)));
}

const MODELS: Record<string, object> = {
  'extension-apology': extensionLetter,
  'late-apology': lateLetter,
  'past-apology': pastLetter,
  'apology-2018': lateLetter,
  'system-error-slip': systemErrorSlip,
  'supplement-request': supplementRequest,
  'stop-notice': stopNotice,
};

it.each(SHIPPED_FORMS.map((f) => [f.form]))('%s can be written and lacks nothing', (form) => {
  const text = textOf(form, MODELS[form]!);
  expect(text).toContain('H35.50.12-260121-0015');
  expect(text).not.toMatch(/chưa có (lý do|ngày|minh chứng)/);
  expect(text).not.toMatch(/\{\{|undefined|null| {2}|\.\.(?!\/)/);
});

it('the extension asks both recipients, tells days and new date, and promises once', () => {
  const text = textOf('extension-apology', extensionLetter);
  for (const part of [
    'Số: /XL-TTPVHCC',
    'Bình Lư, ngày      tháng      năm 2026'
      .replace(/ {6}/g, '\u00a0'.repeat(6))
      .replace('năm ', 'năm\u00a0'),
    '- Ông/Bà Vàng Thị Pàng; địa chỉ: bản Cò Lá, xã Bình Lư, tỉnh Lai Châu;',
    '- Trung tâm Phục vụ hành chính công xã Bình Lư.',
    '(mã thủ tục 1.004884)',
    'gia hạn thời gian giải quyết thêm 02 ngày làm việc và hẹn trả kết quả vào 17 giờ 30 phút, ngày 03 tháng 9 năm 2026. Việc hẹn lại',
    'được thực hiện không quá một lần.',
    'Đề nghị Trung tâm Phục vụ hành chính công xã Bình Lư điều chỉnh thời gian trả kết quả',
    'liên hệ Văn phòng HĐND và UBND, điện thoại 0213 000 0000.',
  ])
    expect(text).toContain(part);
});

it('the one-stop centre asks nothing of itself', () =>
  expect(
    textOf('extension-apology', { ...extensionLetter, agencyInText: extensionLetter.oneStop }),
  ).not.toContain('Đề nghị Trung tâm'));

it.each(['extension-apology', 'late-apology'])(
  '%s with a second new date does not say that there is only one',
  (form) => {
    const text = textOf(form, { ...lateLetter, repeated: true, secondPromise: true });
    expect(text).toContain('ngày 03 tháng 9 năm 2026');
    expect(text).not.toContain('không quá một lần');
    expect(text).not.toContain('không hẹn lại thêm');
  },
);

it('the form of 2018 has the words of its circular', () => {
  const text = textOf('apology-2018', lateLetter);
  for (const part of [
    'Phiếu xin lỗi và hẹn lại ngày trả kết quả',
    'tiếp nhận giải quyết hồ sơ đề nghị giải quyết thủ tục hành chính: Đăng ký lại khai sinh của Ông/Bà; mã số: ',
    'Thời gian hẹn trả kết quả giải quyết hồ sơ: 17 giờ 30 phút, ngày 28 tháng 01 năm 2026.',
    'Tuy nhiên đến nay, Trung tâm Phục vụ hành chính công xã Bình Lư chưa trả kết quả giải quyết hồ sơ của Ông/Bà đúng thời hạn quy định ghi trên Giấy tiếp nhận hồ sơ và hẹn trả kết quả.',
    'Sự chậm trễ này đã gây phiền hà, tốn kém chi phí, công sức của Ông/Bà.',
    'xin lỗi Ông/Bà và sẽ trả kết quả giải quyết hồ sơ cho Ông/Bà vào 17 giờ 30 phút, ngày 03 tháng 9 năm 2026.',
    'Mong nhận được sự thông cảm của Ông/Bà vì sự chậm trễ này./.',
  ])
    expect(text).toContain(part);
});

it('the slip about a system error tells what is true, what the system shows and what proves it', () => {
  const text = textOf('system-error-slip', systemErrorSlip);
  for (const part of [
    'ký ngày 27 tháng 01 năm 2026, trong thời hạn',
    'trả kết quả ngày 30 tháng 01 năm 2026, quá hạn 02 ngày làm việc',
    'Giấy khai sinh số 15/2026',
    'không tính hồ sơ này vào số hồ sơ quá hạn',
  ])
    expect(text).toContain(part);
});

it('a text brings the parts of its parts', () =>
  expect(Object.keys(partsUsed('{{> promised}} {{> unknown}}'))).toEqual(['limit', 'promised']));

it('the sum changes with text, parts, dates and paper', () => {
  const [form] = SHIPPED_FORMS;
  const sums = [
    {},
    { source: 'x' },
    { parts: {} },
    { validFrom: '2025-07-02' },
    { validTo: '2030-01-01' },
    { paper: 'A5' as const },
  ];
  expect(new Set(sums.map((more) => formSum({ ...form!, ...more }))).size).toBe(sums.length);
});
