/** Words of the files made in the background. */
export const letterFileLabels = {
  kind: {
    pdf: 'Tệp in thư xin lỗi (PDF)',
    docx: 'Tệp thư xin lỗi để sửa (Word)',
    'pack-zip': 'Hồ sơ minh chứng (ZIP)',
    'pack-pdf': 'Hồ sơ minh chứng (một tệp PDF)',
  },
  state: { waiting: 'Chờ làm', running: 'Đang làm', done: 'Đã xong', failed: 'Chưa làm được' },
  failed:
    'Máy chủ gặp lỗi khi làm tệp này. Bấm Làm lại; nếu vẫn lỗi, báo quản trị kèm giờ hiện trên trang này.',
  gaveUp:
    'Máy chủ đã dừng giữa chừng nhiều lần khi làm tệp này. Chọn kỳ ngắn hơn hoặc ít thư hơn, hoặc báo quản trị.',
  again: 'Đang làm lại tệp.',
} as const;
