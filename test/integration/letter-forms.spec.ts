import { LetterFormBootstrap } from '../../src/letters/letter-form-bootstrap';
import { LetterForms } from '../../src/letters/letter-forms.service';
import { SHIPPED_FORMS } from '../../src/letters/shipped-forms';
import { UnitService } from '../../src/units/unit.service';
import { Database } from '../../src/database/transaction';
import { startTestApp, type TestApp } from '../support/app';

let t: TestApp;
let unitId: number;

beforeAll(async () => {
  t = await startTestApp({ env: { ROLE: 'web' } });
  unitId = (await t.app.get(UnitService).commune()).id;
});
afterAll(() => t?.close());

const start = (): Promise<number> => t.app.get(LetterFormBootstrap).run();
const versionsOf = (form: string): Promise<{ version: number; sha256: string }[]> =>
  t.db.query('select version, sha256 from letter_form where form = $1 and unit_id is null order by version', [
    form,
  ]);
const inForce = (kind: Parameters<LetterForms['inForce']>[1], day: string) =>
  t.app.get(LetterForms).inForce(t.app.get(Database).pool, kind, day, unitId);

describe('forms that come with the program', () => {
  it('are kept at the first start and not again at the next', async () => {
    expect(await start()).toBe(0);
    const [{ n }] = (await t.db.query('select count(*)::int n from letter_form')) as [{ n: number }];
    expect(n).toBe(SHIPPED_FORMS.length);
  });

  it('become a new version when they changed, also with two processes starting at once; the old one stays', async () => {
    await t.db.query(
      `update letter_form set sha256 = 'older', source = '<p>older</p>' where form = 'late-apology'`,
    );
    const [a, b] = await Promise.all([start(), start()]);
    expect(a + b).toBe(1);
    expect((await versionsOf('late-apology')).map((v) => v.version)).toEqual([1, 2]);
    const [{ id }] = (await t.db.query(
      `select id from letter_form where form = 'late-apology' and version = 1`,
    )) as [{ id: number }];
    const [old] = await t.app.get(LetterForms).byIds(t.app.get(Database).pool, [id]);
    expect(old).toMatchObject({ version: 1, source: '<p>older</p>' });
    expect(await inForce('late-apology', '2026-11-23')).toMatchObject({ form: 'late-apology', version: 2 });
  });
});

describe('the form of a letter', () => {
  it.each([
    ['late-apology', '2025-06-30', 'apology-2018', 'A5'],
    ['extension-apology', '2019-01-06', 'apology-2018', 'A5'],
    ['late-apology', '2025-07-01', 'late-apology', 'A4'],
    ['extension-apology', '2026-11-23', 'extension-apology', 'A4'],
    ['stop-notice', '2026-11-23', 'stop-notice', 'A4'],
  ] as const)('%s of %s is %s', async (kind, day, form, paper) =>
    expect(await inForce(kind, day)).toMatchObject({ form, paper }),
  );

  it('that had no form on its day is refused with kind and day', async () => {
    await expect(inForce('late-apology', '2018-12-31')).rejects.toThrow(
      'Không có mẫu “Thư xin lỗi và hẹn lại thời gian trả kết quả” nào có hiệu lực vào ngày 31 tháng 12 năm 2018.',
    );
  });
});
