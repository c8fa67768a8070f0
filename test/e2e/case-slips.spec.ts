import { addCases, changeCase } from '../integration/letters-fixture';
import { signIn, startTestApp, type TestApp } from '../support/app';
import { pagesOf } from '../support/poppler';
import { Client } from './auth-client';

const NOW = new Date('2026-08-26T09:42:00+07:00');
const REQUEST = '/ho-so/BS/phieu-bo-sung';
const NOTICE = '/ho-so/DG/thong-bao-dung';

let t: TestApp;
let officer: Client;

beforeAll(async () => {
  t = await startTestApp({ now: NOW, env: { ROLE: 'web' } });
  officer = new Client(t.url, await signIn(t, 'officer'));
});
afterAll(() => t?.close());
beforeEach(async () => {
  await t.db.query(
    'truncate letter_delivery, letter, letter_series, case_event, case_record, procedure cascade',
  );
  const cases = await addCases(t, [
    { code: 'BS', received: '2026-08-24T08:00:00+07:00', promised: '2026-09-10T17:00:00+07:00' },
    { code: 'DG', received: '2026-08-03T08:00:00+07:00', promised: '2026-09-10T17:00:00+07:00' },
    { code: 'KHONG', promised: '2026-09-10T17:00:00+07:00' },
  ]);
  await tell(
    cases.get('BS')!,
    'supplement-requested',
    '2026-08-26T09:00:00+07:00',
    'Thiếu giấy tờ chứng minh',
  );
  await changeCase(t, 'BS', 'status = 5');
  await tell(cases.get('DG')!, 'stopped', '2026-08-25T10:00:00+07:00', 'Người nộp đề nghị dừng');
  await changeCase(t, 'DG', 'status = 8');
});

const tell = (id: number, kind: string, at: string, ground: string) =>
  t.db.query(
    `insert into case_event (case_id, kind, at, recorded_at, source, data) values ($1, $2, $3, $3, 'test', $4)`,
    [id, kind, at, JSON.stringify({ ground })],
  );
const tokenOf = async (path: string, client = officer): Promise<string> =>
  /name="ma_xac_nhan" value="([^"]+)"/.exec((await client.get(path)).body)?.[1] ?? '';
const request = async (more: Record<string, string | string[]> = {}) => ({
  ma_xac_nhan: await tokenOf(REQUEST),
  giay_to: ['Tờ khai đăng ký lại khai sinh', '', 'Bản sao sổ hộ khẩu'],
  ban_chinh: ['1', '', ''],
  ban_chung_thuc: ['', '', '1'],
  ban_photo: ['', '', '2'],
  ly_do: 'Thành phần hồ sơ chưa đầy đủ',
  lien_he: 'Văn phòng HĐND và UBND',
  dien_thoai: '0213 000 0000',
  nguoi_huong_dan: 'Lò Văn Inh',
  ...more,
});
const notice = async (more: Record<string, string> = {}) => ({
  ma_xac_nhan: await tokenOf(NOTICE),
  nguoi_de_nghi: 'Ông/Bà Vàng Thị Pàng',
  ngay_de_nghi: '24/8/2026',
  ly_do: 'Chưa có nhu cầu thực hiện thủ tục',
  giai_doan: 'đang thẩm định hồ sơ.',
  quyet_dinh: 'chưa có quyết định, kết quả giải quyết',
  tai_chinh: 'hồ sơ không thu phí',
  lien_he: 'Văn phòng HĐND và UBND',
  dien_thoai: '',
  ...more,
});
const slips = () =>
  t.db.query<{ id: number; number: number; suffix: string; file: string | null }[]>(
    `select p.id, p.number, s.suffix, p.file_sha256 as file from case_slip p join letter_series s on s.id = p.series_id
     order by p.number`,
  );
const pdfOf = async (path: string): Promise<Buffer> => {
  const response = await fetch(`${t.url}${path}`, {
    headers: { cookie: await signIn(t, 'officer') },
  });
  expect(response.headers.get('content-type')).toBe('application/pdf');
  return Buffer.from(await response.arrayBuffer());
};

describe('a supplement request', () => {
  it('is offered where the request was recorded, filled in with what is known', async () => {
    expect((await officer.get('/ho-so/BS')).body).toContain(`href="${REQUEST}"`);
    const { body } = await officer.get(REQUEST);
    expect(body).toContain('Thiếu giấy tờ chứng minh');
    expect(body).not.toContain('muộn hơn 3 ngày làm việc');
  });

  it('gets the next number, is kept as a file and printed again as it was', async () => {
    const answer = await officer.post(REQUEST, await request());
    expect([answer.status, answer.location]).toEqual([303, REQUEST]);
    const [slip] = await slips();
    expect(slip).toMatchObject({ number: 1, suffix: 'HDHS' });
    const { body } = await officer.get(REQUEST);
    expect(body).toContain(`href="${REQUEST}/${slip!.id}"`);
    const pdf = await pdfOf(`${REQUEST}/${slip!.id}`);
    const [text] = pagesOf(pdf);
    for (const part of [
      'Số: 01/HDHS',
      'ngày 26 tháng 8 năm 2026',
      'PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ',
      'Bản sao sổ hộ khẩu',
      'Lý do: Thành phần hồ sơ chưa đầy đủ.',
      'số điện thoại 0213 000 0000 để được hướng dẫn./.',
      'NGƯỜI HƯỚNG DẪN',
      'Lò Văn Inh',
    ])
      expect(text!.replace(/\s+/g, ' ')).toContain(part);
    expect((await pdfOf(`${REQUEST}/${slip!.id}`)).equals(pdf)).toBe(true);
    const acts = await t.db.query(
      `select 1 from audit_entry where action = 'slip.made' and subject = 'case:BS'`,
    );
    expect(acts).not.toHaveLength(0);
  });

  it('is made once by a double click; two people at once get two numbers without a gap', async () => {
    const first = await request();
    const second = await request();
    const answers = await Promise.all([first, first, second].map((form) => officer.post(REQUEST, form)));
    expect(answers.map((a) => a.status)).toEqual([303, 303, 303]);
    expect((await slips()).map((s) => s.number)).toEqual([1, 2]);
    const [series] = await t.db.query<{ n: number }[]>(
      `select last_number as n from letter_series where suffix = 'HDHS'`,
    );
    expect(series!.n).toBe(2);
  });

  it('warns of one that comes late and of a second one, and still makes it', async () => {
    await changeCase(t, 'BS', `received_at = '2026-08-03T08:00:00+07:00'`);
    expect((await officer.get(REQUEST)).body).toContain('muộn hơn 3 ngày làm việc');
    expect((await officer.post(REQUEST, await request())).status).toBe(303);
  });

  it('takes more papers than there are rows', async () => {
    const answer = await officer.post(REQUEST, await request({ viec: 'them-dong' }));
    expect(answer.status).toBe(200);
    expect(answer.body.match(/name="giay_to"/g)).toHaveLength(8);
    expect(answer.body).toContain('Bản sao sổ hộ khẩu');
    expect(await slips()).toEqual([]);
  });

  it.each([
    [
      'no papers',
      { giay_to: ['', ''], ban_chinh: ['', ''], ban_chung_thuc: '', ban_photo: '' },
      'Chưa ghi giấy tờ',
    ],
    [
      'a number without a paper',
      { giay_to: ['Tờ khai', '', ''], ban_photo: ['', '3', ''] },
      'Dòng 2 có số lượng nhưng',
    ],
    ['a paper without a number', { ban_chinh: ['', '', ''] }, 'Dòng 1 chưa có số lượng'],
    ['a number that is none', { ban_chinh: ['một', '', ''] }, 'Số lượng ở dòng 1 chưa đúng'],
    ['no reason', { ly_do: ' ' }, 'Chưa ghi lý do'],
    ['nobody to ask', { lien_he: '' }, 'Chưa ghi nơi liên hệ'],
    ['what cannot be printed', { nguoi_huong_dan: 'Inh 😀' }, 'không in được trên giấy'],
  ])('with %s is refused, what was typed stays and no number is taken', async (_, more, words) => {
    const answer = await officer.post(REQUEST, await request(more));
    expect(answer.status).toBe(422);
    expect(answer.body).toContain(words);
    expect(answer.body).toContain('0213 000 0000');
    expect(await slips()).toEqual([]);
  });

  it('needs the request to be recorded first', async () => {
    const { body } = await officer.get('/ho-so/KHONG/phieu-bo-sung');
    expect(body).toContain('chưa ghi nhận yêu cầu bổ sung');
    const form = { ...(await request()), ma_xac_nhan: 'another-token' };
    expect((await officer.post('/ho-so/KHONG/phieu-bo-sung', form, REQUEST)).status).toBe(409);
  });

  it('is for officers and clerks', async () => {
    const clerk = new Client(t.url, await signIn(t, 'clerk'));
    expect((await clerk.get(REQUEST)).status).toBe(200);
    const supervisor = new Client(t.url, await signIn(t, 'supervisor'));
    expect((await supervisor.get(REQUEST)).status).toBe(403);
    expect((await supervisor.get('/ho-so/BS')).body).not.toContain(REQUEST);
  });
});

describe('a stop notice', () => {
  it('tells who asked, stage, decision and money, in a series of its own', async () => {
    expect((await officer.get('/ho-so/DG')).body).toContain(`href="${NOTICE}"`);
    expect((await officer.post(NOTICE, await notice())).status).toBe(303);
    const [slip] = await slips();
    expect(slip).toMatchObject({ number: 1, suffix: 'TB-TTPVHCC' });
    const [page] = pagesOf(await pdfOf(`${NOTICE}/${slip!.id}`));
    const text = page!.replace(/\s+/g, ' ');
    for (const part of [
      'Số: 01/TB-TTPVHCC',
      'Ngày 24 tháng 8 năm 2026, Ông/Bà Vàng Thị Pàng đề nghị dừng giải quyết hồ sơ. Lý do: Chưa có nhu cầu',
      'Giai đoạn giải quyết khi có đề nghị: đang thẩm định hồ sơ.',
      'dừng giải quyết hồ sơ nêu trên từ ngày 25 tháng 8 năm 2026.',
      'chưa có quyết định, kết quả giải quyết.',
      'hồ sơ không thu phí.',
    ])
      expect(text).toContain(part);
  });

  it.each(['23/7/2026', '26/8/2026', '31/6/2026', ''])('asked for on %s is refused', async (day) => {
    const answer = await officer.post(NOTICE, await notice({ ngay_de_nghi: day }));
    expect(answer.status).toBe(422);
    expect(answer.body).toContain('Ngày đề nghị dừng chưa đúng');
  });

  it('is not found under another document, nor under another case', async () => {
    await officer.post(NOTICE, await notice());
    const [slip] = await slips();
    expect((await officer.get(`/ho-so/DG/phieu-bo-sung/${slip!.id}`)).status).toBe(404);
    expect((await officer.get(`/ho-so/BS/thong-bao-dung/${slip!.id}`)).status).toBe(404);
  });
});
