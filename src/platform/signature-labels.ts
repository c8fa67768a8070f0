/** Words of electronic signatures, beside the pages. */
export const signatureLabels = {
  reason: (number: string): string => `Thư xin lỗi số ${number}`,
  kept: 'Đã nhận bản ký số.',
  signed: (count: number): string => (count === 1 ? 'Đã ký số thư.' : `Đã ký số ${count} thư.`),
  signedFile: 'thu-xin-loi-da-ky',
  keyAdded: (subject: string): string => `Đã thêm khóa ký của ${subject}.`,
  keyRemoved: (name: string): string => `Đã gỡ khóa ký ${name}.`,
  /** Why the address of a signing service is not called. */
  address: {
    'no-url': 'Địa chỉ của dịch vụ ký không phải là một địa chỉ web. Ghi đủ, bắt đầu bằng https://.',
    scheme: 'Địa chỉ của dịch vụ ký không dùng https. Xin nơi cung cấp địa chỉ bắt đầu bằng https://.',
    credentials:
      'Địa chỉ của dịch vụ ký có tên đăng nhập hoặc mật khẩu. Bỏ phần trước dấu @, dùng mã truy cập.',
    private:
      'Dịch vụ ký nằm trong mạng nội bộ. Nếu đặt trong mạng của cơ quan, đặt ALLOW_PRIVATE_WEBHOOKS=true trên máy chủ.',
    'unknown-host': 'Không tìm thấy máy chủ của dịch vụ ký. Kiểm tra địa chỉ và kết nối mạng.',
  },
  serviceSilent: (message: string): string => `không gọi được (${message}).`,
  serviceStatus: (status: number, text: string): string => `mã ${status} ${text}`.trim() + '.',
  serviceNotJson: 'câu trả lời không có signature và certificates.',
} as const;
