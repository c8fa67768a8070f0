/** Words of form II.06a/VPCP/KSTT (Circular 01/2020/TT-VPCP). */
export const form06aLabels = {
  form: 'Biểu số II.06a/VPCP/KSTT',
  title: [
    'Tình hình, kết quả giải quyết thủ tục hành chính',
    'tại cơ quan, đơn vị trực tiếp giải quyết thủ tục hành chính',
  ],
  unknownField: 'Chưa rõ lĩnh vực',
  total: 'Tổng số',
  columns: [
    'TT',
    'Lĩnh vực',
    'Tiếp nhận: tổng số',
    'Trong kỳ: trực tuyến',
    'Trong kỳ: trực tiếp, dịch vụ bưu chính',
    'Từ kỳ trước',
    'Đã giải quyết: tổng số',
    'Trước hạn',
    'Đúng hạn',
    'Quá hạn',
    'Đang giải quyết: tổng số',
    'Trong hạn',
    'Quá hạn',
  ],
  balanced: 'Cân đối: (3) = (7) + (11).',
  unbalanced: (gap: number): string => `Chưa cân đối: (3) hơn (7) + (11) là ${gap} hồ sơ.`,
  endUnknown: (n: number): string =>
    `${n} hồ sơ đã kết thúc, đã rút hoặc dừng giải quyết nhưng nguồn không ghi ngày kết thúc.`,
  endBefore: (n: number): string => `${n} hồ sơ có ngày kết thúc trước kỳ, trước cả ngày tiếp nhận.`,
  file: 'bieu-ii-06a',
} as const;
