import type { Cell } from './cell';
import { CASE_RECORD_PATHS, type CaseRecordBody } from './case-record.dto';
import { bitOf, type CellField, type SourceRow } from './fields';

/** The portal's codes, which every reader knows, for the words of the interface. */
const CODES: Partial<Record<CellField, Record<string, string>>> = {
  channel: { direct: '1', online: '2', postal: '3' },
  applicantKind: { person: '1', organisation: '2', 'household-business': '3' },
};

/** The body as a row of a source: what it leaves out is not in it, null is an empty cell. */
export function rowOfCase(code: string, body: CaseRecordBody): SourceRow {
  const row: SourceRow = { line: 1, carried: 0, values: {} };
  for (const [field, path] of Object.entries(CASE_RECORD_PATHS) as [CellField | 'supplements', string][]) {
    const value = field === 'code' ? code : valueAt(body, path);
    if (value === undefined) continue;
    row.carried |= bitOf(field);
    if (field === 'supplements') row.supplements = supplementsOf(body);
    else row.values[field] = CODES[field]?.[String(value)] ?? (value as Cell);
  }
  return row;
}

function valueAt(body: CaseRecordBody, path: string): unknown {
  const [first = '', second] = path.split('.');
  const value = (body as Record<string, unknown>)[first];
  if (second === undefined || value === undefined || value === null) return value;
  return (value as Record<string, unknown>)[second];
}

/** As DanhSachHoSoBoSung tells them. */
const supplementsOf = ({ supplements }: CaseRecordBody): object[] =>
  (supplements ?? []).map((s) => ({
    NgayBoSung: s.requestedAt,
    NgayTiepNhanBoSung: s.receivedAt,
    NoiDungBoSung: s.ground,
    NguoiYeuCauBoSung: s.by,
    NgayHenTraTruoc: s.promisedBefore,
    NgayHenTraMoi: s.promisedAfter,
  }));
