import { writeFile } from 'node:fs/promises';
import { isoLocal, toInstant, type LocalSecond } from '../domain/local-date';
import { STATUS, type SampleCase, type SampleSupplement } from './sample-case';
import { PROCEDURES, STEPS } from './sample-procedures';

const CHANNELS = { direct: '1', online: '2', postal: '3' };

/** The synchronisation message of the national portal (DongBoHoSoMC), all values as text. */
export async function writeSyncFile(cases: SampleCase[], file: string): Promise<void> {
  const message = { service: 'DongBoHoSoMC', isUpdating: 'False', data: cases.map(dataOf) };
  await writeFile(file, JSON.stringify(message, null, 1));
}

/** The catalogue of procedures with their limits. */
export async function writeCatalogue(file: string): Promise<void> {
  const entries = PROCEDURES.map(({ code, name, field, fieldCode, limit, department }) => {
    return { code, name, field, fieldCode, limit, department, steps: STEPS[code] };
  });
  await writeFile(file, JSON.stringify(entries, null, 1));
}

function dataOf(record: SampleCase): Record<string, unknown> {
  const { procedure, applicant } = record;
  const waits = record.status === STATUS.registered;
  return {
    MaHoSo: record.code,
    MaTTHC: procedure.code,
    TenTTHC: procedure.name,
    MaLinhVuc: procedure.fieldCode,
    TenLinhVuc: procedure.field,
    KenhThucHien: CHANNELS[record.channel],
    ChuHoSo: applicant.name,
    LoaiDoiTuong: applicant.kind,
    DiaChi: applicant.address,
    Email: applicant.email,
    SoDienThoai: applicant.phone,
    TrichYeuHoSo: `${procedure.name} - ${applicant.name}`,
    NgayNopHoSo: stamp(record.submittedAt ?? null),
    NgayTiepNhan: stamp(waits ? null : record.receivedAt),
    NgayHenTra: stamp(waits ? null : record.promisedAt),
    TrangThaiHoSo: String(record.status),
    NgayTra: stamp(record.returnedAt),
    HinhThuc: record.channel === 'postal' ? '1' : '0',
    NgayKetThucXuLy: stamp(record.finishedAt),
    DonViXuLy: procedure.department,
    CanBoXuLy: record.officer,
    GhiChu: '',
    DanhSachHoSoBoSung: record.supplements.map((s, i) => supplementOf(record, s, i + 1)),
  };
}

function supplementOf(
  record: SampleCase,
  supplement: SampleSupplement,
  number: number,
): Record<string, string> {
  return {
    HoSoBoSungId: `${record.code}-BS${number}`,
    NguoiYeuCauBoSung: record.officer,
    NoiDungBoSung: 'Bổ sung giấy tờ chứng minh',
    NgayBoSung: stamp(supplement.requestedAt),
    NgayTiepNhanBoSung: stamp(supplement.receivedAt),
    TrangThaiBoSung: supplement.receivedAt === null ? '0' : '1',
    NgayHenTraTruoc: stamp(supplement.promisedBefore),
    NgayHenTraMoi: stamp(supplement.promisedAfter),
  };
}

/** yyyyMMddHHmmss of the wall time */
const stamp = (at: LocalSecond | null): string =>
  at === null ? '' : isoLocal(toInstant(at)).replace(/[-T:]/g, '');
