type Reasons = [RegExp, string][];

/** What a clerk is told about a delivery that failed; the server's own words stand beside it. */
const OF_BOTH: Reasons = [
  [/account without mail address/, 'Tài khoản chưa có địa chỉ thư.'],
  [/account without phone number/, 'Tài khoản chưa có số điện thoại.'],
  [/account closed/, 'Tài khoản đã đóng.'],
  [/^replaced$/, 'Đã có thư khác thay.'],
  [/no answer in time|timeout|ETIMEDOUT/i, 'Máy chủ nhận không trả lời; hệ thống tự gửi lại.'],
  [
    /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ECONNRESET|EHOSTUNREACH|unknown-host/,
    'Không kết nối được máy chủ nhận.',
  ],
];

/** Replies of SMTP servers: RFC 5321, RFC 3463. */
const OF_MAIL: Reasons = [
  [/not a mail address/, 'Địa chỉ thư viết chưa đúng.'],
  [/\b535\b|authentication|Invalid login/i, 'Máy chủ thư không nhận tài khoản gửi của hệ thống (SMTP_URL).'],
  [/\b5\.2\.2\b|\b552\b|mailbox (is )?full|over ?quota/i, 'Hộp thư của người nhận đã đầy.'],
  [/\b5\.7\.\d+\b|\b554\b|spam|blocked|policy/i, 'Máy chủ thư của người nhận chặn thư này.'],
  [
    /\b5\.1\.[012]\b|no such (user|recipient|mailbox)|user unknown|does not exist|\b550\b/i,
    'Máy chủ thư không có địa chỉ này.',
  ],
  [/\b4[25]\d\b|try again|greylist/i, 'Máy chủ thư tạm chưa nhận; hệ thống tự gửi lại.'],
];

/** Answers of gateways: the status comes first. */
const OF_WEBHOOKS: Reasons = [
  [/another SESSION_KEY/, 'Không đọc được mã bí mật vì SESSION_KEY đã đổi; ngừng dùng kênh rồi thêm lại.'],
  [/^no webhook$/, 'Đơn vị không còn kênh nhận nào đang dùng.'],
  [/address refused/, 'Địa chỉ của kênh nhận không được phép dùng.'],
  [/^40[13]\b/, 'Kênh nhận không chấp nhận chữ ký; kiểm tra mã bí mật.'],
  [/^4(08|29)\b/, 'Kênh nhận đang bận; hệ thống tự gửi lại.'],
  [/^4\d\d\b/, 'Kênh nhận từ chối tin này.'],
  [/^3\d\d\b/, 'Kênh nhận chuyển sang địa chỉ khác; cần ghi địa chỉ mới.'],
  [/^5\d\d\b/, 'Máy chủ của kênh nhận đang lỗi; hệ thống tự gửi lại.'],
];

/** "Máy chủ thư không có địa chỉ này." */
export function deliveryReason(error: string, channel: 'email' | 'webhook' = 'email'): string {
  const reasons = [...OF_BOTH, ...(channel === 'email' ? OF_MAIL : OF_WEBHOOKS)];
  return reasons.find(([pattern]) => pattern.test(error))?.[1] ?? 'Không gửi được, chưa rõ nguyên nhân.';
}

export const deliveryStates = {
  pending: 'Chờ gửi',
  sending: 'Đang gửi',
  sent: 'Đã gửi',
  failed: 'Không gửi được',
  withdrawn: 'Không cần gửi',
} as const;

export const channelNames = { email: 'Thư điện tử', webhook: 'Kênh nhận' } as const;

export const webhookWords = {
  everybody: 'Mọi xã chưa có kênh riêng',
  test: {
    subject: 'Tin thử từ Đúng hẹn',
    text: 'Kênh nhận đã nối với Đúng hẹn. Đây là tin thử, không có hồ sơ nào.',
  },
} as const;
