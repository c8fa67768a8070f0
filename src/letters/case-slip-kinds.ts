/** Documents of a case that are no apology: Mẫu 02 and Mẫu 05. */
export type SlipKind = 'supplement-request' | 'stop-notice';

interface SlipFacts {
  /** below the page of the case */
  path: string;
  title: string;
  /** "Phiếu yêu cầu bổ sung số" 03/HDHS */
  numbered: string;
  /** what must have been recorded about the case */
  events: readonly string[];
  /** what follows the number, from the office's suffix for letters */
  suffix: (office: string) => string;
}

export const slipKinds: Record<SlipKind, SlipFacts> = {
  'supplement-request': {
    path: 'phieu-bo-sung',
    title: 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ',
    numbered: 'Phiếu yêu cầu bổ sung số',
    events: ['supplement-requested'],
    suffix: () => 'HDHS',
  },
  'stop-notice': {
    path: 'thong-bao-dung',
    title: 'Thông báo dừng giải quyết hồ sơ',
    numbered: 'Thông báo dừng giải quyết số',
    events: ['stopped', 'withdrawn'],
    // "XL-TTPVHCC" -> "TB-TTPVHCC"
    suffix: (office) => ['TB', ...office.split('-').slice(1)].join('-'),
  },
};
