import { deliveryReason } from './delivery-words';

const NO_LOGIN = 'Máy chủ thư không nhận tài khoản gửi của hệ thống (SMTP_URL).';

describe('a mail that failed is told as', () => {
  it.each([
    ['all recipients were rejected: 550 no such user', 'Máy chủ thư không có địa chỉ này.'],
    ['550 5.1.1 <a@b.vn>: Recipient address rejected', 'Máy chủ thư không có địa chỉ này.'],
    ['552 5.2.2 mailbox full', 'Hộp thư của người nhận đã đầy.'],
    ['554 5.7.1 message blocked', 'Máy chủ thư của người nhận chặn thư này.'],
    ['550 5.7.1 rejected as spam', 'Máy chủ thư của người nhận chặn thư này.'],
    ['account without mail address', 'Tài khoản chưa có địa chỉ thư.'],
    ['not a mail address: "a, b"', 'Địa chỉ thư viết chưa đúng.'],
    ['451 4.3.0 try again later', 'Máy chủ thư tạm chưa nhận; hệ thống tự gửi lại.'],
    ['Invalid login: 535 5.7.8 authentication failed', NO_LOGIN],
    ['connect ECONNREFUSED 10.0.0.1:25', 'Không kết nối được máy chủ nhận.'],
    ['something new', 'Không gửi được, chưa rõ nguyên nhân.'],
  ])('%s: %s', (error, words) => expect(deliveryReason(error)).toBe(words));
});

describe('a message to a gateway that failed is told as', () => {
  it.each([
    ['503 overloaded', 'Máy chủ của kênh nhận đang lỗi; hệ thống tự gửi lại.'],
    ['302', 'Kênh nhận chuyển sang địa chỉ khác; cần ghi địa chỉ mới.'],
    ['401 bad signature', 'Kênh nhận không chấp nhận chữ ký; kiểm tra mã bí mật.'],
    ['422 phone', 'Kênh nhận từ chối tin này.'],
    ['429 slow down', 'Kênh nhận đang bận; hệ thống tự gửi lại.'],
    ['address refused: private', 'Địa chỉ của kênh nhận không được phép dùng.'],
    ['no answer in time', 'Máy chủ nhận không trả lời; hệ thống tự gửi lại.'],
    [
      'secret sealed under another SESSION_KEY',
      'Không đọc được mã bí mật vì SESSION_KEY đã đổi; ngừng dùng kênh rồi thêm lại.',
    ],
    ['no webhook', 'Đơn vị không còn kênh nhận nào đang dùng.'],
    ['account without phone number', 'Tài khoản chưa có số điện thoại.'],
  ])('%s: %s', (error, words) => expect(deliveryReason(error, 'webhook')).toBe(words));
});
