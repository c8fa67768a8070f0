import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import Excel from 'exceljs';
import type { DataSource } from 'typeorm';
import { rows, type Tx } from '../../src/database/transaction';
import type { ProcedureService } from '../../src/cases/procedure.service';
import { catalogueItemSchema } from '../../src/cases/procedure-catalogue';

const DATA = path.join(__dirname, '..', 'fixtures', 'data');
export const fixture = (name: string): string => path.join(DATA, name);
export const readJson = <T>(name: string): T => JSON.parse(readFileSync(fixture(name), 'utf8')) as T;

/** The facts of a case that decide about its time, instants as ISO texts. */
export interface FixtureCase {
  code: string;
  procedureCode: string | null;
  procedureName: string;
  department: string;
  applicant: string;
  officer: string | null;
  channel: 'direct' | 'online' | 'postal';
  status: number;
  received: string;
  promised: string | null;
  promisedFirst: string | null;
  finished: string | null;
  returned: string | null;
  supplements: { requested: string; received: string | null; content: string }[];
}

interface SyncRecord {
  MaHoSo: string;
  MaTTHC: string;
  TenTTHC: string;
  ChuHoSo: string;
  KenhThucHien: string;
  DonViXuLy: string;
  NgayTiepNhan: string;
  NgayHenTra: string;
  TrangThaiHoSo: string;
  NgayTra: string;
  NgayKetThucXuLy: string;
  DanhSachHoSoBoSung: {
    NgayBoSung: string;
    NgayTiepNhanBoSung: string;
    NgayHenTraTruoc: string;
    NoiDungBoSung: string;
  }[];
}

/** 'yyyyMMddHHmmss' */
const compact = (t: string): string | null => {
  const m = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(t);
  return m ? `${m[1]}-${m[2]}-${m[3]}T${m[4]}:${m[5]}:${m[6]}+07:00` : null;
};

export function cases2026(): FixtureCase[] {
  return readJson<{ data: SyncRecord[] }>('cases-2026.json').data.map((r) => ({
    code: r.MaHoSo,
    procedureCode: r.MaTTHC,
    procedureName: r.TenTTHC,
    department: r.DonViXuLy,
    applicant: r.ChuHoSo,
    officer: null,
    channel: (['direct', 'online', 'postal'] as const)[Number(r.KenhThucHien) - 1]!,
    status: Number(r.TrangThaiHoSo),
    received: compact(r.NgayTiepNhan)!,
    promised: compact(r.NgayHenTra),
    promisedFirst: compact(r.DanhSachHoSoBoSung[0]?.NgayHenTraTruoc ?? r.NgayHenTra),
    finished: compact(r.NgayKetThucXuLy),
    returned: compact(r.NgayTra),
    supplements: r.DanhSachHoSoBoSung.map((s) => ({
      requested: compact(s.NgayBoSung)!,
      received: compact(s.NgayTiepNhanBoSung),
      content: s.NoiDungBoSung,
    })),
  }));
}

/** Cells of the provincial list: real dates carry wall time in their UTC fields, texts are dd/MM/yyyy HH:mm[:ss]. */
function cellInstant(value: Excel.CellValue): string | null {
  if (value instanceof Date) {
    const whole = new Date(Math.round(value.getTime() / 1000) * 1000);
    return `${whole.toISOString().slice(0, 19)}+07:00`;
  }
  const m = /^(\d\d)\/(\d\d)\/(\d{4})(?: (\d\d):(\d\d)(?::(\d\d))?)?$/.exec(String(value ?? ''));
  return m ? `${m[3]}-${m[2]}-${m[1]}T${m[4] ?? '00'}:${m[5] ?? '00'}:${m[6] ?? '00'}+07:00` : null;
}

export async function cases2025(): Promise<FixtureCase[]> {
  const book = new Excel.Workbook();
  await book.xlsx.readFile(fixture('cases-2025.xlsx'));
  const sheet = book.worksheets[0]!;
  let columns: Map<string, number> | null = null;
  const found: FixtureCase[] = [];
  sheet.eachRow((row) => {
    const values = row.values as Excel.CellValue[];
    if (!columns && values.includes('Mã hồ sơ')) {
      columns = new Map(Array.from(values, (v, i) => [String(v ?? ''), i]));
      return;
    }
    const cell = (name: string): Excel.CellValue => values[columns?.get(name) ?? -1] ?? null;
    const code = String(cell('Mã hồ sơ') ?? '');
    const received = columns && cellInstant(cell('Ngày nhận'));
    if (!received || !code) return;
    const [finished, returned] = [cellInstant(cell('Ngày kết thúc xử lý')), cellInstant(cell('Ngày trả'))];
    const [department, officer] = String(cell('Đơn vị/ cá nhân giải quyết') ?? '').split('/');
    found.push({
      code,
      procedureCode: String(cell('Mã TTHC')),
      procedureName: String(cell('Tên thủ tục hành chính')),
      department: department!.trim(),
      applicant: String(cell('Chủ hồ sơ')),
      officer: officer?.trim() || null,
      channel: 'direct',
      status: STATUS_2025[String(cell('Trạng thái'))] ?? 4,
      received,
      promised: cellInstant(cell('Ngày hẹn trả')),
      promisedFirst: cellInstant(cell('Ngày hẹn trả')),
      finished,
      returned,
      supplements: [],
    });
  });
  return found;
}

const STATUS_2025: Record<string, number> = {
  'Đã trả kết quả': 10,
  'Đã xử lý xong': 9,
  'Đang xử lý': 4,
  'Được tiếp nhận': 2,
  'Yêu cầu bổ sung giấy tờ': 5,
  'Yêu cầu thực hiện nghĩa vụ tài chính': 6,
  'Công dân yêu cầu rút hồ sơ': 7,
  'Dừng xử lý': 8,
};

export async function importProcedures(db: DataSource, procedures: ProcedureService): Promise<void> {
  const items = readJson<unknown[]>('procedures.json').map((i) => catalogueItemSchema.parse(i));
  await db.transaction((tx) => procedures.importCatalogue(tx, items));
}

/** Writes cases with their events as an import does; nothing is computed yet. */
export async function insertCases(
  db: DataSource,
  unitId: number,
  procedures: ProcedureService,
  cases: FixtureCase[],
): Promise<number[]> {
  return db.transaction(async (tx) => {
    const named = cases.map((c) => ({
      ...{ code: c.procedureCode, name: c.procedureName },
      ...{ fieldName: null, fieldCode: null, departmentName: null },
    }));
    const { ids: procedureIds } = await procedures.findOrCreate(tx, named);
    const made = await rows<{ id: number; code: string }>(
      tx,
      `insert into case_record (unit_id, code, procedure_id, department_id, officer_name, applicant_name, channel,
         status, received_at, promised_first_at, promised_at, finished_at, returned_at, source, created_at, updated_at)
       select $1, c.code, c.procedure_id, d.id, c.officer, c.applicant, c.channel, c.status, c.received::timestamptz,
         c.promised_first::timestamptz, c.promised::timestamptz, c.finished::timestamptz, c.returned::timestamptz,
         'import:1', now(), now()
       from jsonb_to_recordset($2::jsonb) as c(code text, procedure_id int, department text,
         officer text, applicant text, channel text, status int, received text, promised_first text, promised text,
         finished text, returned text)
       left join unit d on d.parent_id = $1 and d.name = c.department
       returning id, code`,
      [
        unitId,
        JSON.stringify(
          cases.map((c, i) => ({
            ...c,
            procedure_id: procedureIds[i],
            promised_first: c.promisedFirst,
            supplements: undefined,
          })),
        ),
      ],
    );
    const ids = new Map(made.map((m) => [m.code, m.id]));
    await insertEvents(tx, ids, cases);
    return made.map((m) => m.id);
  });
}

async function insertEvents(tx: Tx, ids: Map<string, number>, cases: FixtureCase[]): Promise<void> {
  const events = cases.flatMap((c) => {
    const id = ids.get(c.code)!;
    const list = [{ id, kind: 'received', at: c.received, data: {} as object }];
    for (const s of c.supplements) {
      list.push({ id, kind: 'supplement-requested', at: s.requested, data: { ground: s.content } });
      if (s.received) list.push({ id, kind: 'supplement-received', at: s.received, data: {} });
    }
    if (c.finished && c.status >= 9) list.push({ id, kind: 'finished', at: c.finished, data: {} });
    if (c.returned) list.push({ id, kind: 'returned', at: c.returned, data: {} });
    return list;
  });
  await tx.query(
    `insert into case_event (case_id, kind, at, recorded_at, source, data)
     select e.id, e.kind, e.at::timestamptz, now(), 'import:1', e.data
     from jsonb_to_recordset($1::jsonb) as e(id bigint, kind text, at text, data jsonb)`,
    [JSON.stringify(events)],
  );
}
