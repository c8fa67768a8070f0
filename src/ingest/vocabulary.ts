import { ownCopy } from './clean-text';
import { plainKey } from './plain-key';

export type Channel = 'direct' | 'online' | 'postal';
export type ApplicantKind = 'person' | 'organisation' | 'household-business';

interface Word<T> {
  value: T;
  /** The portal's own code. */
  code: string;
  /** The official word first, then words of exports. */
  words: string[];
}

/** TrangThaiHoSo of the national portal. */
const STATUSES: Word<number>[] = [
  { value: 1, code: '1', words: ['Mới đăng ký', 'Chờ tiếp nhận', 'Chưa tiếp nhận', 'Mới nộp'] },
  { value: 2, code: '2', words: ['Được tiếp nhận', 'Đã tiếp nhận', 'Mới tiếp nhận', 'Tiếp nhận'] },
  {
    value: 3,
    code: '3',
    words: ['Không được tiếp nhận', 'Không tiếp nhận', 'Từ chối tiếp nhận', 'Từ chối', 'Từ chối giải quyết'],
  },
  {
    value: 4,
    code: '4',
    words: [
      'Đang xử lý',
      'Đang giải quyết',
      'Chờ xử lý',
      'Đang thụ lý',
      'Trình ký',
      'Chờ ký',
      'Đang trình ký',
      'Đang thẩm định',
    ],
  },
  {
    value: 5,
    code: '5',
    words: [
      'Yêu cầu bổ sung giấy tờ',
      'Yêu cầu bổ sung',
      'Chờ bổ sung',
      'Chờ bổ sung giấy tờ',
      'Chờ bổ sung hồ sơ',
      'Yêu cầu bổ sung hồ sơ',
      'Đang bổ sung',
      'Bổ sung hồ sơ',
      'Dừng chờ bổ sung',
    ],
  },
  {
    value: 6,
    code: '6',
    words: [
      'Yêu cầu thực hiện nghĩa vụ tài chính',
      'Chờ nghĩa vụ tài chính',
      'Chờ thực hiện nghĩa vụ tài chính',
      'Thực hiện nghĩa vụ tài chính',
      'Chờ thuế',
      'Tạm dừng xử lý',
      'Tạm dừng',
    ],
  },
  {
    value: 7,
    code: '7',
    words: [
      'Công dân yêu cầu rút hồ sơ',
      'Rút hồ sơ',
      'Đã rút',
      'Xin rút',
      'Công dân rút hồ sơ',
      'Đã rút hồ sơ',
      'Yêu cầu rút hồ sơ',
    ],
  },
  {
    value: 8,
    code: '8',
    words: ['Dừng xử lý', 'Dừng giải quyết', 'Đã dừng', 'Đã dừng xử lý', 'Dừng giải quyết hồ sơ'],
  },
  {
    value: 9,
    code: '9',
    words: [
      'Đã xử lý xong',
      'Đã có kết quả',
      'Xử lý xong',
      'Đã giải quyết',
      'Đã giải quyết xong',
      'Chờ trả kết quả',
      'Có kết quả',
      'Hoàn thành',
      'Đã hoàn thành',
    ],
  },
  {
    value: 10,
    code: '10',
    words: ['Đã trả kết quả', 'Đã trả', 'Đã trả kết quả cho công dân', 'Trả kết quả', 'Đã trả KQ'],
  },
];

/** KenhThucHien. */
const CHANNELS: Word<Channel>[] = [
  {
    value: 'direct',
    code: '1',
    words: ['Trực tiếp', 'Nộp trực tiếp', 'Tại một cửa', 'Trực tiếp tại một cửa', 'Tại quầy'],
  },
  {
    value: 'online',
    code: '2',
    words: [
      'Trực tuyến',
      'Nộp trực tuyến',
      'Qua mạng',
      'Online',
      'Trực tuyến toàn trình',
      'Trực tuyến một phần',
      'Cổng dịch vụ công',
    ],
  },
  {
    value: 'postal',
    code: '3',
    words: [
      'Bưu chính công ích',
      'Bưu chính',
      'BCCI',
      'Qua bưu chính',
      'Dịch vụ bưu chính công ích',
      'Bưu điện',
      'Qua dịch vụ bưu chính công ích',
    ],
  },
];

/** LoaiDoiTuong: 1 and 2 as the portal's synchronisation writes them; 0 is the newer ministry guide's citizen. */
const APPLICANT_KINDS: Word<ApplicantKind>[] = [
  { value: 'person', code: '1', words: ['Cá nhân', 'Công dân', 'Người dân'] },
  { value: 'person', code: '0', words: [] },
  {
    value: 'organisation',
    code: '2',
    words: ['Tổ chức', 'Doanh nghiệp', 'Tổ chức, doanh nghiệp', 'Doanh nghiệp, tổ chức', 'Cơ quan, tổ chức'],
  },
  { value: 'household-business', code: '3', words: ['Hộ kinh doanh', 'Hộ kinh doanh cá thể'] },
];

/** Different texts that a vocabulary remembers the meaning of; a list has some dozens. */
const REMEMBERED = 500;

/** A closed list of words a column may hold, found by code, by word, or by "code - word". */
export class Vocabulary<T> {
  private readonly byKey = new Map<string, T>();
  /** What texts of files meant, letter for letter. */
  private readonly remembered = new Map<string, T>();
  /** The official words, in the order of the codes. */
  readonly official: string[];

  constructor(private readonly words: Word<T>[]) {
    this.official = words.flatMap((w) => w.words.slice(0, 1));
    for (const { value, code, words: all } of words) {
      this.byKey.set(plainKey(code), value);
      for (const word of all) this.byKey.set(plainKey(word), value);
    }
  }

  find(text: string): T | undefined {
    const known = this.remembered.get(text);
    if (known !== undefined) return known;
    const found = this.lookUp(text);
    if (found !== undefined && this.remembered.size < REMEMBERED) this.remembered.set(ownCopy(text), found);
    return found;
  }

  /** The official word that differs least from `text`; null when none resembles it. */
  nearest(text: string): string | null {
    const key = plainKey(text);
    let best: { word: string; distance: number } | null = null;
    for (const word of this.official) {
      const distance = editDistance(key, plainKey(word));
      if (best === null || distance < best.distance) best = { word, distance };
    }
    return best !== null && best.distance <= Math.max(3, key.length * 0.6) ? best.word : null;
  }

  /**
   * The word that was meant, when a slip of the finger or of the ear explains the difference and only one meaning is
   * so near.
   */
  meant(text: string): string | null {
    const key = byEar(plainKey(text));
    const limit = Math.max(1, Math.floor(key.length / 6));
    if (key.length < 4) return null;
    const near = this.words.flatMap(({ value, words }) =>
      words
        .map((word) => ({ word, value, distance: editDistance(key, byEar(plainKey(word))) }))
        .filter(({ distance }) => distance <= limit),
    );
    const least = Math.min(...near.map((n) => n.distance));
    const nearest = near.filter((n) => n.distance === least);
    return new Set(nearest.map((n) => n.value)).size === 1 ? (nearest[0]?.word ?? null) : null;
  }

  private lookUp(text: string): T | undefined {
    const whole = this.byKey.get(plainKey(text));
    if (whole !== undefined) return whole;
    const code = /^\s*(\d{1,2})\s*[-.:)]\s*\D/.exec(text)?.[1] ?? /^(\d{1,2})[.,]0$/.exec(text)?.[1];
    return code === undefined ? undefined : this.byKey.get(code);
  }
}

/** Letters that Vietnamese ears and dialects take for one another. */
const byEar = (key: string): string =>
  key.replaceAll('y', 'i').replaceAll('s', 'x').replaceAll('tr', 'ch').replaceAll('gi', 'd');

export const STATUS_WORDS = new Vocabulary(STATUSES);
export const CHANNEL_WORDS = new Vocabulary(CHANNELS);
export const APPLICANT_KIND_WORDS = new Vocabulary(APPLICANT_KINDS);

/** Levenshtein distance of two short keys. */
function editDistance(a: string, b: string): number {
  const short = a.slice(0, 60);
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 0; i < short.length; i++) {
    const current = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const same = short[i] === b[j] ? 0 : 1;
      current.push(Math.min((current[j] ?? 0) + 1, (previous[j + 1] ?? 0) + 1, (previous[j] ?? 0) + same));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
