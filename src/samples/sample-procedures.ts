import type { LimitUnit } from '../domain/deadline';
import type { LimitStep } from '../domain/step-limits';
import { CENTRE, CULTURE, ECONOMY, OFFICE } from './sample-commune';

/** One entry of a catalogue of procedures, as its file writes it, with the share it has among the cases. */
export interface SampleProcedure {
  code: string;
  name: string;
  field: string;
  fieldCode: string;
  limit: { amount: number; unit: LimitUnit };
  department: string;
  /** parts of 1000 of the commune's cases */
  share: number;
}

type Row = [code: string, name: string, amount: number, unit: LimitUnit, share: number];

const group = (field: string, fieldCode: string, department: string, rows: Row[]): SampleProcedure[] =>
  rows.map(([code, name, amount, unit, share]) => {
    return { code, name, field, fieldCode, limit: { amount, unit }, department, share };
  });

export const PROCEDURES: SampleProcedure[] = [
  ...group('Hộ tịch', 'G15-TP03', OFFICE, [
    ['1.001193', 'Thủ tục đăng ký khai sinh', 0, 'same-day', 82],
    ['1.000656', 'Thủ tục đăng ký khai tử', 0, 'same-day', 34],
    ['1.000894', 'Thủ tục đăng ký kết hôn', 0, 'same-day', 36],
    ['1.004873', 'Thủ tục cấp Giấy xác nhận tình trạng hôn nhân', 3, 'working-days', 54],
    ['2.000635', 'Thủ tục cấp bản sao Trích lục hộ tịch', 0, 'same-day', 76],
    ['1.004859', 'Thủ tục thay đổi, cải chính, bổ sung thông tin hộ tịch', 3, 'working-days', 33],
  ]),
  ...group('Chứng thực', 'G15-TP02', CENTRE, [
    ['2.000815', 'Thủ tục chứng thực bản sao từ bản chính giấy tờ, văn bản', 0, 'same-day', 300],
    ['2.000884', 'Thủ tục chứng thực chữ ký trong các giấy tờ, văn bản', 0, 'same-day', 122],
    ['2.001035', 'Thủ tục chứng thực hợp đồng, giao dịch', 2, 'working-days', 54],
  ]),
  ...group('Bảo trợ xã hội', 'G09-LD01', CULTURE, [
    ['1.001776', 'Thực hiện, điều chỉnh, thôi hưởng trợ cấp xã hội hằng tháng', 22, 'working-days', 26],
    ['1.001653', 'Đổi, cấp lại Giấy xác nhận khuyết tật', 5, 'working-days', 16],
  ]),
  ...group('Giảm nghèo', 'G10-NN05', ECONOMY, [
    ['1.011606', 'Công nhận hộ nghèo, hộ cận nghèo thường xuyên hằng năm', 15, 'working-days', 26],
  ]),
  ...group('Người có công', 'G09-NV07', CULTURE, [
    ['1.010833', 'Cấp giấy xác nhận thân nhân của người có công', 3, 'working-days', 9],
    ['2.001396', 'Trợ cấp hằng tháng đối với thanh niên xung phong', 1, 'months', 6],
  ]),
  ...group('Đăng ký kinh doanh', 'G17-TC04', ECONOMY, [
    ['1.001612', 'Đăng ký thành lập hộ kinh doanh', 3, 'working-days', 34],
    ['2.000720', 'Đăng ký thay đổi nội dung đăng ký hộ kinh doanh', 3, 'working-days', 22],
  ]),
  ...group('Đất đai', 'G10-NN01', ECONOMY, [
    ['1.013949', 'Đăng ký, cấp Giấy chứng nhận quyền sử dụng đất lần đầu', 20, 'working-days', 32],
  ]),
  ...group('Xây dựng', 'G17-XD02', ECONOMY, [
    ['1.013225', 'Cấp giấy phép xây dựng nhà ở riêng lẻ', 15, 'working-days', 18],
  ]),
  ...group('Giáo dục', 'G03-GD01', CULTURE, [
    ['2.002770', 'Xét hỗ trợ học tập cho trẻ mẫu giáo, học sinh bán trú', 36, 'working-hours', 12],
    ['1.004441', 'Cho phép cơ sở giáo dục khác thực hiện chương trình giáo dục tiểu học', 20, 'days', 8],
  ]),
];

type StepRow = [name: string, department: string, amount: number, unit: LimitStep['unit']];

const processing = (rows: StepRow[]): LimitStep[] =>
  rows.map(([name, department, amount, unit]) => ({ name, department, kind: 'processing', amount, unit }));

/** Steps of the procedures that pass through several offices, by code. */
export const STEPS: Record<string, LimitStep[]> = {
  '1.013949': [
    ...processing([
      ['Tiếp nhận, chuyển hồ sơ', CENTRE, 4, 'working-hours'],
      ['Kiểm tra thực địa, thẩm định', ECONOMY, 15, 'working-days'],
      ['Trình ký, đóng dấu', OFFICE, 3, 'working-days'],
      ['Trả kết quả', CENTRE, 4, 'working-hours'],
    ]),
    {
      ...{ name: 'Lấy ý kiến cơ quan thuế', department: 'Thuế cơ sở', kind: 'consultation' },
      ...{ amount: 5, unit: 'working-days' },
    },
  ],
  '1.013225': processing([
    ['Tiếp nhận, chuyển hồ sơ', CENTRE, 4, 'working-hours'],
    ['Thẩm định hồ sơ', ECONOMY, 11, 'working-days'],
    ['Trình ký, trả kết quả', OFFICE, 3, 'working-days'],
  ]),
};

/** A limit of at least this many working days, in working days; the queue is filled with such cases. */
export const longProcedures = (days: number): SampleProcedure[] =>
  PROCEDURES.filter((p) => p.limit.unit === 'working-days' && p.limit.amount >= days);

export const sameDayProcedures = (): SampleProcedure[] =>
  PROCEDURES.filter((p) => p.limit.unit === 'same-day');
