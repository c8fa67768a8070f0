/** Lists of cases as a system exports them, of any length, the same for the same number. */
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import {
  atSecond,
  civil,
  dayOf,
  parseIsoDay,
  secondOfDay,
  type LocalSecond,
} from '../../src/domain/local-date';
import type { WorkingCalendar } from '../../src/domain/working-calendar';

export interface ListedProcedure {
  code: string;
  name: string;
  /** working days */
  amount: number;
}

/** By what a list is made: the procedures and the calendar by which the source promises. */
export interface ListGround {
  procedures: ListedProcedure[];
  calendar: WorkingCalendar;
}

const HEADINGS =
  'STT,Mã hồ sơ,Mã TTHC,Tên thủ tục hành chính,Lĩnh vực,Chủ hồ sơ,Địa chỉ,Số điện thoại,Kênh thực hiện,Ngày tiếp nhận,Ngày hẹn trả,Ngày kết thúc xử lý,Ngày trả kết quả,Trạng thái,Đơn vị xử lý';
const FAMILY = ['Lò', 'Tẩn', 'Vàng', 'Giàng', 'Nguyễn', 'Phàn', 'Hoàng', 'Lý'];
const MIDDLE = ['Văn', 'Thị', 'Minh', 'A', 'Láo', 'Ngọc'];
const GIVEN = ['Sơn', 'Mai', 'Hùng', 'Páo', 'Lan', 'Tú', 'Hoa', 'Dũng', 'Yến', 'Khánh'];
const CHANNELS = ['Trực tiếp', 'Trực tuyến', 'Trực tuyến', 'Bưu chính công ích'];
const DEPARTMENTS = ['Văn phòng HĐND và UBND', 'Phòng Kinh tế', 'Phòng Văn hóa - Xã hội'];
const FIRST = parseIsoDay('2025-01-02');
const OPENS = 7.5 * 3600;
/** One promise in so many is counted wrongly, one case in so many is late, one in so many still runs. */
const WRONG = 40;
const LATE = 50;
const OPEN = 20;

const two = (n: number): string => String(n).padStart(2, '0');

function written(at: LocalSecond): string {
  const { day, month, year } = civil(dayOf(at));
  const second = secondOfDay(at);
  return `${two(day)}/${two(month)}/${year} ${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
}

/** Row `i`; `changed` tells the same case some days later. */
function row(i: number, { procedures, calendar }: ListGround, changed: boolean): string {
  const procedure = procedures[(i * 7 + (i >> 5)) % procedures.length]!;
  const day = calendar.rollForward(FIRST + (Math.floor(i / 200) % 600));
  const time = OPENS + ((i * 37) % (4 * 3600));
  const due = calendar.addWorkingDays(day, procedure.amount) + (i % WRONG === 3 ? 1 : 0);
  const ended = i % LATE === 7 ? due + 1 : Math.max(day, due - (i % 4));
  const open = i % OPEN === 0 && !changed;
  const received = atSecond(day, time);
  const finished = atSecond(ended, time + 600);
  const { day: d, month, year } = civil(day);
  const code = `000.15.23.H35-${two(year % 100)}${two(month)}${two(d)}-${String(i).padStart(7, '0')}`;
  const name = `${FAMILY[i % 8]} ${MIDDLE[(i >> 3) % 6]} ${GIVEN[(i >> 2) % 10]}`;
  return [
    i + 1,
    code,
    procedure.code,
    procedure.name.includes(',') ? `"${procedure.name}"` : procedure.name,
    'Hộ tịch',
    changed ? `${name} B` : name,
    `"Bản số ${i % 40}, xã Mẫu"`,
    `09${String(10_000_000 + ((i * 7_919) % 89_999_999)).padStart(8, '0')}`,
    CHANNELS[i % 4],
    written(received),
    written(atSecond(due, 17 * 3600)),
    open ? '' : written(finished),
    open ? '' : written(finished + 3600),
    open ? 'Đang xử lý' : 'Đã trả kết quả',
    DEPARTMENTS[i % 3],
  ].join(',');
}

/**
 * Writes a delimited list of `count` cases.
 * @param changedEvery one case in so many is told anew; 0: none
 */
export async function writeList(
  file: string,
  ground: ListGround,
  count: number,
  changedEvery = 0,
): Promise<void> {
  const out = createWriteStream(file);
  out.write(`${HEADINGS}\n`);
  for (let i = 0; i < count; i += 5_000) {
    const lines: string[] = [];
    for (let k = i; k < Math.min(count, i + 5_000); k++)
      lines.push(row(k, ground, changedEvery > 0 && k % changedEvery === 0));
    if (!out.write(`${lines.join('\n')}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}
