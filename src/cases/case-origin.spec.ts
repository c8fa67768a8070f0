import { originOf } from './case-origin';

const run = { id: 7, fileName: 'a.xlsx', channel: 'page', actor: 'Ngô Minh Trí', at: new Date(0) };

describe('where the facts of a case come from', () => {
  it('the import that made it is told without changes', () => {
    expect(originOf([{ ...run, before: null }])).toEqual([{ ...run, made: true, changes: [] }]);
  });

  it('another tells what it replaced, in the order of the catalogue', () => {
    const before = { promised_at: '2026-11-26T10:00:00+00:00', status: 4, department_id: null };
    expect(originOf([{ ...run, before }])[0]).toMatchObject({
      made: false,
      changes: [
        { label: 'Đơn vị xử lý', was: null },
        { label: 'Trạng thái', was: 'Đang xử lý' },
        { label: 'Ngày hẹn trả', was: '17:00 26/11/2026' },
      ],
    });
  });

  it('one that changed nothing people see is not told', () => {
    expect(originOf([{ ...run, before: { said_status: 4, last_run_id: 3, updated_at: 'x' } }])).toEqual([]);
  });
});
