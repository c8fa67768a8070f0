import { Database } from '../../src/database/transaction';
import { LetterForms } from '../../src/letters/letter-forms.service';
import { SHIPPED_FORMS } from '../../src/letters/shipped-forms';
import { UnitService } from '../../src/units/unit.service';
import { signIn, startTestApp, type TestApp } from '../support/app';
import { Client } from './auth-client';

const NOW = new Date('2026-08-26T09:00:00+07:00');
const FORMS = '/quan-tri/mau-van-ban';
const LATE = `${FORMS}/late-apology`;
const SHIPPED = SHIPPED_FORMS.find((f) => f.form === 'late-apology')!;

let t: TestApp;
let admin: Client;

beforeAll(async () => {
  t = await startTestApp({ now: NOW, env: { ROLE: 'web' } });
  admin = new Client(t.url, await signIn(t, 'administrator'));
});
afterAll(() => t?.close());
beforeEach(async () => {
  t.clock.moveTo(NOW);
  await t.db.query('delete from letter_form where unit_id is not null');
});

const versionFrom = async (path = LATE): Promise<string> =>
  /name="goc" value="(\d+)"/.exec((await admin.get(path)).body)?.[1] ?? '';
const fields = async (more: Record<string, string> = {}) => ({
  ...{ noi_dung: SHIPPED.source, tu: '26/8/2026', den: '', kho: 'A4', can_cu: SHIPPED.basis },
  goc: await versionFrom(),
  ...more,
});
const changed = SHIPPED.source.replace('Rất mong nhận được', 'Kính mong nhận được');
const save = async (more: Record<string, string> = {}, path = LATE) =>
  admin.post(path, await fields(more), LATE);
const inForce = async (day: string) =>
  t.app
    .get(LetterForms)
    .inForce(t.app.get(Database).pool, 'late-apology', day, (await t.app.get(UnitService).commune()).id);
const ownVersions = async () =>
  (await t.db.query<{ n: number }[]>('select count(*)::int n from letter_form where unit_id is not null'))[0]!
    .n;

it('lists every form with its dates, paper and basis', async () => {
  const { body, status } = await admin.get(FORMS);
  expect(status).toBe(200);
  for (const { name } of SHIPPED_FORMS) expect(body).toContain(name);
  expect(body).toContain('từ 6/1/2019 đến 30/6/2025');
  expect(body).toContain('Hết hiệu lực');
});

it('shows a form with its text, what it may name and how it looks with the longest data', async () => {
  const { body } = await admin.get(LATE);
  expect(body).toContain('{{gioNgayDu newDueAt}}');
  expect(body).toContain('{{&gt; further-reasons}}');
  expect(body).toMatch(/<div class="paper"[^]*Phú Thượng Tây Hòa Bắc/);
});

it('is for administrators only', async () => {
  const clerk = new Client(t.url, await signIn(t, 'clerk'));
  expect((await clerk.get(LATE)).status).toBe(403);
  expect((await clerk.post(LATE, await fields({ noi_dung: changed }), '/thu-xin-loi')).status).toBe(403);
  expect(await ownVersions()).toBe(0);
});

it('tries a change on paper and keeps nothing', async () => {
  const { status, body } = await save({ noi_dung: changed }, `${LATE}/xem-truoc`);
  expect(status).toBe(200);
  expect(body).toMatch(/<div class="paper"[^]*Kính mong nhận được/);
  expect(await ownVersions()).toBe(0);
});

it('tells in the preview what is wrong, and shows the text that is kept', async () => {
  const { status, body } = await save(
    { noi_dung: changed.replace('{{code}}', '{{maHoSo}}') },
    `${LATE}/xem-truoc`,
  );
  expect(status).toBe(200);
  expect(body).toContain('không có trường maHoSo');
  expect(body).toMatch(/<div class="paper"[^]*Rất mong nhận được/);
});

it('keeps a change as a new version of the office, from its day on', async () => {
  const answer = await save({ noi_dung: changed.replace(/\n/g, '\r\n'), tu: '1/9/2026' });
  expect(answer.status).toBe(303);
  expect(await inForce('2026-09-01')).toMatchObject({ version: 1, source: changed });
  expect(await inForce('2026-08-31')).toMatchObject({ source: SHIPPED.source });
  const [entry] = await t.db.query<{ subject: string }[]>(
    `select subject from audit_entry where action = 'form.saved' order by id desc limit 1`,
  );
  expect(entry!.subject).toMatch(/^form:.*\/late-apology$/);
  expect((await admin.get(LATE)).body).toContain('Của cơ quan, bản 1');
});

it('keeps nothing when nothing changed, also at the second click', async () => {
  await save();
  expect(await ownVersions()).toBe(0);
  const twice = await fields({ noi_dung: changed });
  expect((await admin.post(LATE, twice)).status).toBe(303);
  expect((await admin.post(LATE, twice)).status).toBe(303);
  expect(await ownVersions()).toBe(1);
});

it('does not write over what somebody else has saved since', async () => {
  const mine = await fields({ noi_dung: changed.replace('Kính', 'Trân trọng') });
  await save({ noi_dung: changed });
  const answer = await admin.post(LATE, mine);
  expect(answer.status).toBe(422);
  expect(answer.body).toContain('sửa trong lúc đang mở trang này');
  expect(answer.body).toContain('Trân trọng mong nhận được');
});

it.each([
  ['a day that has passed', { tu: '25/8/2026' }, 'có hiệu lực từ hôm nay (26/8/2026) trở đi'],
  ['a day that is none', { tu: '31/9/2026' }, 'Ngày chưa đúng'],
  ['an end before the beginning', { den: '25/8/2026' }, 'Ngày hết hiệu lực trước ngày có hiệu lực'],
  ['no basis', { can_cu: ' ' }, 'Chưa ghi căn cứ'],
  ['an unknown field', { noi_dung: changed.replace('{{code}}', '{{maHoSo}}') }, 'không có trường maHoSo'],
  ['unescaped text', { noi_dung: changed.replace('{{code}}', '{{{code}}}') }, 'không dùng ba ngoặc nhọn'],
  [
    'a script',
    { noi_dung: changed.replace('<h2>', '<script>x</script><h2>') },
    'không dùng được thẻ &lt;script&gt;',
  ],
  [
    'no reason',
    { noi_dung: changed.replace('{{&gt; reason}}', '').replace('{{> reason}}', '') },
    'Mẫu thiếu lý do',
  ],
  [
    'a lacking field',
    { noi_dung: changed.replace('{{code}}', '{{code}}{{procedureCode}}') },
    'có thể không có',
  ],
])('refuses %s and keeps what was typed', async (_, more, words) => {
  const answer = await save({ noi_dung: changed, ...more });
  expect(answer.status).toBe(422);
  expect(answer.body).toContain(words);
  expect(answer.body).toContain('Kính mong nhận được');
  expect(await ownVersions()).toBe(0);
});

it('goes back to the text of the program; both texts stay', async () => {
  await save({ noi_dung: changed });
  expect((await admin.post(`${LATE}/nhu-cu`, {}, LATE)).status).toBe(303);
  expect(await inForce('2026-08-26')).toMatchObject({ source: SHIPPED.source });
  expect((await admin.get(LATE)).body).toContain('Dùng lại bản của chương trình');
  expect(await ownVersions()).toBe(2);
});

it('a form that is no longer in force is shown and not changed', async () => {
  const old = `${FORMS}/apology-2018`;
  const { body } = await admin.get(old);
  expect(body).toContain('Không sửa được');
  expect(body).not.toContain('name="noi_dung"');
  expect((await admin.post(old, await fields(), LATE)).status).toBe(409);
  expect(await ownVersions()).toBe(0);
});

it('an unknown form is not found', async () => expect((await admin.get(`${FORMS}/khac`)).status).toBe(404));
