import { z } from 'zod';
import { instantField } from '../cases/calculation.dto';
import type { Field } from './fields';

const LONGEST = 4_000;

const text = (description: string, example: string) =>
  z.string().max(LONGEST).nullish().meta({ description, example });

const supplement = z.strictObject({
  requestedAt: instantField('Lúc yêu cầu bổ sung. Bắt buộc.', '2026-08-31T16:40'),
  receivedAt: instantField('Lúc nhận đủ; bỏ trống khi còn chờ.', '2026-09-03T10:00'),
  ground: text('Nội dung cần bổ sung.', 'Thiếu bản sao giấy tờ'),
  by: text('Người yêu cầu.', 'Cán bộ A'),
  promisedBefore: instantField('Ngày hẹn trước khi bổ sung.', '2026-09-04T17:00'),
  promisedAfter: instantField('Ngày hẹn mới.', '2026-09-09T17:00'),
});

const person = z.strictObject({
  name: text('Chủ hồ sơ. Bắt buộc với hồ sơ mới.', 'Nguyễn Văn A'),
  kind: z
    .enum(['person', 'organisation', 'household-business'])
    .nullish()
    .meta({ description: 'Cá nhân, tổ chức hoặc hộ kinh doanh.', example: 'person' }),
  address: text('Địa chỉ.', 'Bản 1'),
  phone: text('Số điện thoại.', '0900000001'),
  email: text('Thư điện tử.', 'a@example.com'),
});

const procedure = z.strictObject({
  code: text('Mã TTHC. Hồ sơ mới cần mã hoặc tên.', '1.004873'),
  name: text('Tên thủ tục; thủ tục chưa có trong danh mục được tạo, đánh dấu thiếu thời hạn.', 'Chứng thực'),
  field: text('Lĩnh vực.', 'Hộ tịch'),
});

/** A case in plain words. What is left out stays as it is known; null clears it. */
export const caseRecordBody = z.strictObject({
  code: z.string().max(200).nullish().meta({
    description: 'Mã hồ sơ. Bắt buộc khi tạo; khi cập nhật thì như trên đường dẫn.',
    example: 'H35.50.12-260828-0001',
  }),
  procedure: procedure.nullish().meta({ description: 'Thủ tục.' }),
  applicant: person.nullish().meta({ description: 'Chủ hồ sơ.' }),
  summary: text('Trích yếu.', 'Xác nhận tình trạng hôn nhân'),
  channel: z.enum(['direct', 'online', 'postal']).nullish().meta({
    description: 'Nộp trực tiếp, trực tuyến hoặc qua bưu chính công ích.',
    example: 'direct',
  }),
  status: z.int().min(1).max(10).nullish().meta({
    description: 'Mã trạng thái quốc gia (TrangThaiHoSo), 1 đến 10; bỏ trống: theo các ngày.',
    example: 4,
  }),
  submittedAt: instantField('Lúc nộp trực tuyến.', '2026-08-28T08:00'),
  receivedAt: instantField('Lúc tiếp nhận. Bắt buộc với hồ sơ mới.', '2026-08-28T09:30'),
  promisedAt: instantField('Lúc hẹn trả trên giấy hẹn.', '2026-09-04T17:00'),
  finishedAt: instantField('Lúc có kết quả.', '2026-09-03T10:00'),
  returnedAt: instantField('Lúc trả kết quả.', '2026-09-03T15:00'),
  department: text('Đơn vị xử lý.', 'Phòng Kinh tế'),
  officer: text('Cán bộ xử lý.', 'Nguyễn Văn B'),
  receivingUnit: text('Xã tiếp nhận, khi khóa API là của tỉnh.', 'UBND xã Bình Lư'),
  supplements: z
    .array(supplement)
    .max(50)
    .nullish()
    .meta({ description: 'Các lần yêu cầu bổ sung, nhiều nhất 50.' }),
});
export type CaseRecordBody = z.infer<typeof caseRecordBody>;

/** Where each field stands in the body. */
export const CASE_RECORD_PATHS = {
  code: 'code',
  procedureCode: 'procedure.code',
  procedureName: 'procedure.name',
  fieldName: 'procedure.field',
  applicantName: 'applicant.name',
  applicantKind: 'applicant.kind',
  address: 'applicant.address',
  phone: 'applicant.phone',
  email: 'applicant.email',
  summary: 'summary',
  channel: 'channel',
  status: 'status',
  submittedAt: 'submittedAt',
  receivedAt: 'receivedAt',
  promisedAt: 'promisedAt',
  finishedAt: 'finishedAt',
  returnedAt: 'returnedAt',
  departmentName: 'department',
  officerName: 'officer',
  receivingUnit: 'receivingUnit',
  supplements: 'supplements',
} satisfies Partial<Record<Field, string>>;
