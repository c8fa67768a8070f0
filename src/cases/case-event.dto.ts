import { z } from 'zod';
import { instantField } from './calculation.dto';

export const EVENT_KINDS = [
  'received',
  'supplement-requested',
  'supplement-received',
  'suspended',
  'resumed',
  'transferred',
  'promised-again',
  'finished',
  'returned',
  'withdrawn',
  'stopped',
] as const;
export type ToldEventKind = (typeof EVENT_KINDS)[number];

const text = (description: string, example: string) =>
  z.string().trim().max(2_000).nullish().meta({ description, example });

/** Something that happened with a case. Which fields an event needs is said by the rules of the case page. */
export const caseEventBody = z
  .strictObject({
    kind: z.enum(EVENT_KINDS).meta({ description: 'Việc đã xảy ra.', example: 'supplement-requested' }),
    at: instantField('Lúc xảy ra. Bắt buộc.', '2026-08-31T16:40'),
    ground: text('Lý do: khi dừng, rút, dừng giải quyết. Bắt buộc với các việc đó.', 'Thiếu bản sao giấy tờ'),
    legalBasis: text('Căn cứ: khi dừng và dừng giải quyết. Bắt buộc với các việc đó.', 'Điều 17 NĐ 118/2025'),
    reason: z.enum(['financial-obligation', 'other']).nullish().meta({
      description: 'Với suspended: chờ nghĩa vụ tài chính hoặc lý do khác (mặc định).',
      example: 'other',
    }),
    since: instantField('Với việc tiếp tục: lúc đã dừng, khi hệ thống chưa biết.', '2026-08-31T16:40'),
    promisedAt: instantField(
      'Ngày hẹn trả mới: với promised-again (bắt buộc), tiếp tục, tiếp nhận.',
      '2026-09-09T17:00',
    ),
    finishedAt: instantField('Với returned: lúc có kết quả, khi chưa ghi nhận.', '2026-09-03T10:00'),
    department: text('Với transferred: tên đơn vị nhận. Bắt buộc.', 'Phòng Kinh tế'),
    officer: text('Với transferred: người nhận.', 'Nguyễn Văn B'),
    step: text('Với transferred: bước xử lý của thủ tục.', 'Thẩm định'),
    text: text('Với transferred: nội dung.', 'Chuyển thẩm định'),
  })
  .meta({ required: ['kind', 'at'] });

export type CaseEventBody = z.infer<typeof caseEventBody>;
