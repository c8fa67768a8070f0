import { limitForm, readLimit, shownLimit, stepRows } from './limit-form';

const typed = (form: Record<string, unknown>) => limitForm.parse({ so: '5', ap_dung: '1/12/2026', ...form });
const read = (form: Record<string, unknown>, firstDay: string | null = null) =>
  readLimit(typed(form), firstDay);
const faultsOf = (form: Record<string, unknown>): string[] =>
  (read(form).faults ?? []).map(({ field, text }) => `${field}: ${text.split('.')[0]}`);

const STEPS = {
  buoc_ten: ['Tiếp nhận', 'Thẩm định', '', 'Hỏi ý kiến'],
  buoc_don_vi: ['Trung tâm', 'Phòng Kinh tế', '', 'Công an xã'],
  buoc_loai: ['processing', 'processing', 'processing', 'consultation'],
  buoc_so: ['4', '3', '', '10'],
  buoc_tinh: ['working-hours', 'working-days', 'working-days', 'working-days'],
};

describe('a limit as typed', () => {
  it('is read with its cut-off, its counting and its steps; blank rows are left out', () => {
    const form = { ...STEPS, gio_chot: '15h', gio_han: 'same-hour', van_ban: 'QĐ 12/QĐ-UBND' };
    expect(read(form)).toEqual({
      faults: null,
      validFrom: '2026-12-01',
      limit: {
        ...{ amount: 5, unit: 'working-days', receptionCutoff: '15:00', timeOfDay: 'same-hour' },
        ...{ supplementMode: 'restart', document: 'QĐ 12/QĐ-UBND' },
        steps: [
          {
            name: 'Tiếp nhận',
            department: 'Trung tâm',
            kind: 'processing',
            amount: 4,
            unit: 'working-hours',
          },
          {
            name: 'Thẩm định',
            department: 'Phòng Kinh tế',
            kind: 'processing',
            amount: 3,
            unit: 'working-days',
          },
          {
            name: 'Hỏi ý kiến',
            department: 'Công an xã',
            kind: 'consultation',
            amount: 10,
            unit: 'working-days',
          },
        ],
      },
    });
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['no cut-off', { gio_chot: '' }, { receptionCutoff: null }],
    ['counted as the unit counts', {}, { timeOfDay: null }],
    ['one row of steps alone', oneRow('2'), { steps: [expect.objectContaining({ amount: 2 })] }],
    ['within the day without a number', { don_vi: 'same-day', so: '' }, { amount: 0, unit: 'same-day' }],
    ['within the day with zero', { don_vi: 'same-day', so: '0' }, { amount: 0 }],
  ])('%s', (_, form, expected) => {
    expect(read(form)).toMatchObject({ faults: null, limit: expected });
  });

  it('the first version needs no date', () => {
    expect(read({ ap_dung: '' }, '1900-01-01')).toMatchObject({ faults: null, validFrom: '1900-01-01' });
  });

  it.each<[Record<string, unknown>, string[]]>([
    [{ so: '0' }, ['so: Thời hạn phải là số nguyên từ 1 đến 9999']],
    [{ so: '10000' }, ['so: Thời hạn phải là số nguyên từ 1 đến 9999']],
    [{ so: '1,5' }, ['so: Thời hạn phải là số nguyên từ 1 đến 9999']],
    [{ so: '' }, ['so: Thời hạn phải là số nguyên từ 1 đến 9999']],
    [{ don_vi: 'same-day', so: '2' }, ['so: Thủ tục giải quyết trong ngày không có số ngày, số giờ']],
    [{ gio_chot: '25:00' }, ['gio_chot: Giờ chốt nhận hồ sơ chưa đúng']],
    [{ ap_dung: '31/2/2026' }, ['ap_dung: Ngày áp dụng chưa đúng']],
    [
      { ...STEPS, so: '3' },
      ['buoc_1_so: Các bước cộng lại là 28 giờ làm việc, vượt thời hạn của thủ tục (24 giờ làm việc)'],
    ],
    [
      { ...oneRow(''), so: 'ba', gio_chot: 'x', ap_dung: '' },
      [
        'so: Thời hạn phải là số nguyên từ 1 đến 9999',
        'gio_chot: Giờ chốt nhận hồ sơ chưa đúng',
        'ap_dung: Ngày áp dụng chưa đúng',
        'buoc_1_so: Thời hạn của bước 1 phải là số nguyên từ 1 đến 9999',
      ],
    ],
    [
      { buoc_ten: ['', ''], buoc_don_vi: ['', ''], buoc_so: ['', '1'] },
      ['buoc_2_ten: Bước 2 chưa có tên', 'buoc_2_don_vi: Bước 2 chưa có đơn vị chịu trách nhiệm'],
    ],
  ])('%j is refused with every fault', (form, expected) => {
    expect(faultsOf(form)).toEqual(expected);
  });
});

describe('the rows of the table of steps', () => {
  it('are six, and more when asked for', () => {
    expect(stepRows(typed({}))).toHaveLength(6);
    expect(stepRows(typed({ ...STEPS, viec: 'them-buoc' }))).toHaveLength(7);
  });

  it('show what is stored as it was typed', () => {
    const form = typed({ ...STEPS, gio_chot: '15:00' });
    const stored = readLimit(form, null);
    if (stored.faults) throw new Error('the form is sound');
    const shown = shownLimit(stored.limit, '1/12/2026');
    expect(readLimit(shown, null)).toMatchObject({ limit: stored.limit });
  });
});

function oneRow(amount: string) {
  return { buoc_ten: 'Giải quyết', buoc_don_vi: 'Trung tâm', buoc_loai: 'processing', buoc_so: amount };
}
