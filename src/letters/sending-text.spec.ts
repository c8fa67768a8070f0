import { chatText, mobileNumber, smsText, withoutMarks, type ToldLetter } from './sending-text';

const TOLD: ToldLetter = {
  agency: 'Trung tâm Phục vụ hành chính công xã Bình Lư',
  phone: '0213 3875 000',
  call: 'Ông/Bà',
  code: 'H35.50.12-260713-0009',
  before: false,
  settled: false,
  deadlineAt: new Date('2026-08-24T17:00:00+07:00'),
  newDueAt: new Date('2026-09-03T17:00:00+07:00'),
  reason: 'Khối lượng hồ sơ tiếp nhận trong kỳ tăng đột biến',
};

describe('an SMS', () => {
  it('tells apology, case, old and new date and whom to ask, without marks, in one message', () => {
    const text = smsText(TOLD);
    expect(text).toBe(
      'TTPVHCC xa Binh Lu xin loi Ong/Ba: ho so H35.50.12-260713-0009 chua tra dung hen 24/8. ' +
        'Hen tra lai 3/9/2026. Ly do: Khoi luong ho so tiep... LH 0213 3875 000',
    );
    expect(text.length).toBeLessThanOrEqual(160);
  });

  it('holds a short reason whole, and leaves one out of which nothing would be left', () => {
    expect(smsText({ ...TOLD, code: '9', reason: 'Chờ xác minh.' })).toContain('Ly do: Cho xac minh. LH');
    expect(smsText({ ...TOLD, call: 'Công ty TNHH Xây dựng Tây Bắc' })).not.toContain('Ly do');
  });

  it('of a case that was settled late names no new date', () => {
    const text = smsText({ ...TOLD, settled: true, newDueAt: null, phone: null, reason: null });
    expect(text).toBe('TTPVHCC xa Binh Lu xin loi Ong/Ba: ho so H35.50.12-260713-0009 da tra qua hen 24/8.');
  });

  it('before the deadline says that it will be missed', () =>
    expect(smsText({ ...TOLD, before: true })).toContain('khong kip tra dung hen 24/8'));

  it('never exceeds one message, whatever the names', () => {
    const text = smsText({ ...TOLD, call: 'Hợp tác xã '.repeat(40), reason: 'x'.repeat(2_000) });
    expect(text).toHaveLength(160);
    expect(text).toMatch(/^[ -Z_a-z]*$/);
  });
});

it('a longer message keeps marks and the whole reason', () =>
  expect(chatText(TOLD)).toBe(
    'Trung tâm Phục vụ hành chính công xã Bình Lư xin lỗi Ông/Bà: hồ sơ H35.50.12-260713-0009 chưa trả đúng hẹn ' +
      '24/8. Thời gian hẹn trả lại: 3/9/2026. Lý do: Khối lượng hồ sơ tiếp nhận trong kỳ tăng đột biến. ' +
      'Liên hệ: 0213 3875 000.',
  ));

it('marks go, whatever form they have; signs become plain ones', () =>
  expect(withoutMarks('Đặng “Ứng” – ghế…'.normalize('NFD'))).toBe('Dang "Ung" - ghe...'));

it.each([
  ['0912 000 111', '0912000111'],
  ['+84 912.000.111', '0912000111'],
  ['84912000111', '0912000111'],
  ['02133875000', null],
  ['091200011', null],
  ['0912000111, 0912000112', null],
  ['', null],
])('the number %p is read as %p', (typed, read) => expect(mobileNumber(typed)).toBe(read));
