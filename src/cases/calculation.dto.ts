import { z } from 'zod';
import { atSecond, epochDay, isCivilDate, toLocalSecond } from '../domain/local-date';
import type { Asked, Told } from './calculation-question';
import { line, PAUSE_KINDS, TIMES_OF_DAY, toldMinutes } from './calculation-form';
import { SUPPLEMENT_MODES } from './limit-form';
import { LIMIT_UNITS } from './procedure-catalogue';
import { parseTypedTime } from '../web/typed-instant';

const INSTANT = 'Dạng 2026-08-28T09:30[:00], giờ Việt Nam, hoặc kèm múi giờ.';

/** A moment as the interface takes it, read by `toldInstant`. */
export const instantField = (what: string, example: string) =>
  z
    .string()
    .max(40)
    .nullish()
    .meta({ description: `${what} ${INSTANT}`, example });

const freeLimit = z.strictObject({
  amount: z.number().nullish().meta({
    description: 'Số nguyên từ 1 đến 9999; bỏ trống hoặc 0 khi giải quyết trong ngày.',
    example: 5,
  }),
  unit: z
    .enum(LIMIT_UNITS)
    .nullish()
    .meta({ description: 'Đơn vị của thời hạn. Bắt buộc.', example: 'working-days' }),
  receptionCutoff: line.nullish().meta({
    description: 'Giờ chốt HH:MM: nhận sau giờ này tính như nhận ngày làm việc kế tiếp. null: không có.',
    example: '15:00',
  }),
  supplementMode: z.enum(SUPPLEMENT_MODES).nullish().meta({
    description: 'Khi bổ sung đủ: tính lại từ đầu (restart, mặc định) hoặc lùi hạn theo số ngày đã chờ.',
    example: 'restart',
  }),
  timeOfDay: z.enum(TIMES_OF_DAY).nullish().meta({
    description: 'Giờ của hạn: hết giờ làm việc hoặc đúng giờ nhận. null: theo cài đặt của đơn vị.',
    example: 'end-of-office',
  }),
});

const pause = z.strictObject({
  kind: z.enum(PAUSE_KINDS).meta({
    description: 'supplement: chờ bổ sung hồ sơ; suspension: tạm dừng khác theo luật.',
    example: 'supplement',
  }),
  from: instantField('Lúc bắt đầu. Bắt buộc, không trước lúc tiếp nhận.', '2026-08-31T16:40'),
  to: instantField('Lúc hết tạm dừng; null: đang còn, chỉ với lần cuối của mỗi loại.', '2026-09-03T10:00'),
  ground: line.nullish().meta({
    description: 'Lý do, nêu lại trong cách tính.',
    example: 'Thiếu bản sao giấy tờ',
  }),
});

/** The question as JSON. What makes no sense is said by `calculate`, with everything else that makes none. */
export const calculationBody = z
  .strictObject({
    procedure: line.nullish().meta({
      description:
        'Mã thủ tục; dùng thời hạn có hiệu lực vào ngày tiếp nhận. Chỉ một trong hai: procedure, limit.',
      example: '1.004193',
    }),
    limit: freeLimit.nullish().meta({ description: 'Thời hạn tự ghi, thay cho thủ tục.' }),
    receivedAt: instantField('Lúc tiếp nhận. Bắt buộc.', '2026-08-28T09:30'),
    promisedAt: instantField('Lúc hệ thống nguồn đã hẹn, để so sánh.', '2026-09-04T17:00'),
    pauses: z.array(pause).nullish().meta({ description: 'Các lần tạm dừng, nhiều nhất 50.' }),
    unit: line.nullish().meta({
      description: 'Mã đơn vị có lịch làm việc và giờ hẹn dùng để tính; bỏ trống: đơn vị của người gọi.',
      example: 'H35.50.12',
    }),
  })
  .meta({ required: ['receivedAt'] });

export type CalculationBody = z.infer<typeof calculationBody>;

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,9})?(?:(Z)|([+-])([01]\d):([0-5]\d))?$/;

/** ISO 8601; without an offset it is Vietnamese wall time. Fractions of a second are dropped. */
export function toldInstant(text: string | null | undefined): Told {
  if (!text) return null;
  const [, y, m, d, time = '', zulu, sign, hours, minutes] = ISO.exec(text.trim()) ?? [];
  const [year, month, day] = [Number(y), Number(m), Number(d)];
  const seconds = parseTypedTime(time);
  if (seconds === null || !isCivilDate(year, month, day)) return 'unreadable';
  const wall = atSecond(epochDay(year, month, day), seconds);
  if (!zulu && !sign) return wall;
  const offset = zulu ? 0 : (Number(hours) * 3600 + Number(minutes) * 60) * (sign === '-' ? -1 : 1);
  return toLocalSecond(new Date((wall - offset) * 1000));
}

export const askedByBody = (body: CalculationBody): Asked => ({
  procedure: body.procedure || null,
  limit: body.limit
    ? {
        amount: body.limit.amount ?? null,
        unit: body.limit.unit ?? null,
        receptionCutoff: toldMinutes(body.limit.receptionCutoff ?? ''),
        supplementMode: body.limit.supplementMode ?? null,
        timeOfDay: body.limit.timeOfDay ?? null,
      }
    : null,
  receivedAt: toldInstant(body.receivedAt),
  promisedAt: toldInstant(body.promisedAt),
  pauses: (body.pauses ?? []).map(({ kind, from, to, ground }) => ({
    kind,
    from: toldInstant(from),
    to: toldInstant(to),
    ground: ground ?? '',
  })),
  unit: body.unit || null,
  written: 'iso',
});
