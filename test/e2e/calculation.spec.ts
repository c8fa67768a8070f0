import * as fc from 'fast-check';
import { ApiKeyService } from '../../src/auth/api-key.service';
import { calculationAnswer, type CalculationAnswer } from '../../src/cases/calculation-answer.dto';
import { DeadlineService } from '../../src/cases/deadline.service';
import { ProcedureService } from '../../src/cases/procedure.service';
import { rows } from '../../src/database/transaction';
import { UnitService } from '../../src/units/unit.service';
import { ROLES } from '../../src/web/reader';
import { signIn, startTestApp, type TestApp } from '../support/app';
import { cases2026, importProcedures, insertCases } from '../support/case-files';
import { Client } from './auth-client';

const API = '/api/v1/deadline-calculations';
/** Working days since ever. */
const PROCEDURE = '1.001612';

const ENTITIES: Record<string, string> = { '&quot;': '"', '&amp;': '&', '&#x3D;': '=', '&#x27;': "'" };
const decoded = (html: string): string => html.replace(/&[#\w]+;/g, (entity) => ENTITIES[entity] ?? entity);

/** Words of a page as they are read. */
const words = (html: string): string =>
  decoded(html.replace(/<[^>]+>/g, ' '))
    .replace(/\s+/g, ' ')
    .replace(/ ([,.;:)])/g, '$1')
    .replace(/\( /g, '(');

interface Problem {
  status: number;
  code: string;
  title: string;
  faults: { field: string; text: string }[];
}

describe('the deadline calculator', () => {
  let t: TestApp;
  let officer: Client;
  let key: string;

  beforeAll(async () => {
    t = await startTestApp();
    await importProcedures(t.db, t.app.get(ProcedureService));
    officer = new Client(t.url, await signIn(t, 'officer'));
    key = (await t.app.get(ApiKeyService).create('kiểm thử', 'officer')).key;
  });
  afterAll(() => t?.close());

  const call = (path: string, init: RequestInit = {}, bearer = key) =>
    fetch(`${t.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    });
  const post = (body: unknown) => call(API, { method: 'POST', body: JSON.stringify(body) });

  /** The answer, as strict as its description. */
  async function answered(response: Response | Promise<Response>): Promise<CalculationAnswer> {
    const found = await response;
    const body: unknown = await found.json();
    expect([found.status, body]).toEqual([200, expect.anything()]);
    return calculationAnswer.parse(body);
  }
  async function refused(response: Response | Promise<Response>): Promise<Problem> {
    const found = await response;
    expect(found.headers.get('content-type')).toContain('application/problem+json');
    return (await found.json()) as Problem;
  }
  const workingDays = (amount: number, receivedAt: string) => ({
    limit: { amount, unit: 'working-days' },
    receivedAt,
  });

  // Vectors of the research, 1.7: days that Monday to Friday alone get wrong.
  it.each([
    ['2026-08-28', 5, '2026-09-09'],
    ['2026-08-20', 2, '2026-08-22'],
    ['2026-11-23', 1, '2026-11-25'],
    ['2026-11-20', 3, '2026-11-26'],
    ['2026-02-13', 3, '2026-02-25'],
    ['2025-12-31', 2, '2026-01-06'],
    ['2026-01-08', 2, '2026-01-10'],
    ['2026-04-24', 1, '2026-04-28'],
    ['2025-04-24', 2, '2025-04-26'],
    ['2026-06-16', 10, '2026-06-30'],
  ])('received %s, %d working days: due %s', async (received, amount, day) => {
    const { due, account } = await answered(post(workingDays(amount, `${received}T09:30`)));
    expect(due).toEqual({
      state: 'due',
      at: `${day}T17:00:00+07:00`,
      since: null,
      forecast: false,
      year: null,
    });
    expect(account.days.at(-1)).toMatchObject({ day, role: 'due', ordinal: amount });
  });

  it('tells limit, calendar, account, mismatch, sentences and the link', async () => {
    const body = { ...workingDays(5, '2026-08-28T09:30'), promisedAt: '2026-09-04T17:00', unit: 'H35.50.12' };
    const answer = await answered(post(body));
    expect(answer).toMatchObject({
      procedure: null,
      limit: {
        amount: 5,
        unit: 'working-days',
        receptionCutoff: null,
        supplementMode: 'restart',
        timeOfDay: 'end-of-office',
      },
      calendar: { unit: 'H35.50.12' },
      mismatch: {
        promisedAt: '2026-09-04T17:00:00+07:00',
        dueAt: '2026-09-09T17:00:00+07:00',
        cause: 'days-off-forgotten',
        workingDays: null,
      },
    });
    expect(answer.account.steps.map((s) => s.kind)).toEqual(['count', 'days-off', 'mismatch']);
    expect(answer.sentences).toEqual([
      '5 ngày làm việc đếm từ thứ Năm 3/9, ngày làm việc kế sau ngày nhận (thứ Sáu 28/8, 09:30).',
      expect.stringMatching(/^Không đếm ngày nghỉ cuối tuần 29–30\/8 và 5–6\/9; nghỉ lễ .+\.$/),
      'Hệ thống nguồn hẹn thứ Sáu 4/9, lịch tính ra thứ Tư 9/9, có thể vì nguồn không trừ ngày nghỉ lễ.',
    ]);
    const page = await officer.get(answer.link.slice(t.url.length));
    expect(page.status).toBe(200);
    for (const sentence of answer.sentences) expect(words(page.body)).toContain(sentence);
  });

  it('takes the limit of the procedure that stood on the day of reception', async () => {
    const procedures = t.app.get(ProcedureService);
    const [{ id } = { id: 0 }] = await rows<{ id: number }>(
      t.db.manager,
      'select id from procedure where code = $1',
      [PROCEDURE],
    );
    await t.db.transaction((tx) =>
      procedures.setLimit(tx, id, '2026-10-01', {
        amount: 2,
        unit: 'working-days',
        receptionCutoff: '15:00',
        supplementMode: 'extend-working-days',
        timeOfDay: 'same-hour',
        document: null,
        steps: [],
      }),
    );
    const before = await answered(post({ procedure: PROCEDURE, receivedAt: '2026-09-30T15:30' }));
    const after = await answered(post({ procedure: PROCEDURE, receivedAt: '2026-10-01T15:30' }));
    expect(before.limit).not.toEqual(after.limit);
    expect(after).toMatchObject({
      procedure: { code: PROCEDURE },
      limit: {
        amount: 2,
        receptionCutoff: '15:00',
        supplementMode: 'extend-working-days',
        timeOfDay: 'same-hour',
      },
      due: { at: '2026-10-06T15:30:00+07:00' },
    });
    expect(after.sentences[0]).toBe(
      'Nhận sau giờ chốt 15:00 (15:30 thứ Năm 1/10) nên tính như nhận thứ Sáu 2/10.',
    );
  });

  it('says which year the calendar lacks, and never guesses', async () => {
    const { due, account, sentences } = await answered(post(workingDays(5, '2099-03-03T09:00')));
    expect(due).toEqual({ state: 'no-calendar', at: null, since: null, forecast: false, year: 2099 });
    expect(account.days).toEqual([]);
    expect(sentences).toEqual(['Lịch làm việc chưa có dữ liệu năm 2099 nên chưa tính được hạn.']);
  });

  it('marks what rests on a forecast, in JSON and on the page', async () => {
    const { due, link, sentences } = await answered(post(workingDays(5, '2026-12-30T09:00')));
    expect(due).toMatchObject({ state: 'due', forecast: true });
    expect(sentences.at(-1)).toContain('lịch nghỉ năm 2027 chưa có quyết định');
    expect(words((await officer.get(link.slice(t.url.length))).body)).toContain('Hạn trả kết quả dự kiến');
  });

  it('has no due date while a pause stands', async () => {
    const pauses = [{ kind: 'suspension', from: '2026-09-03T10:00', to: null, ground: 'Chờ giám định' }];
    const { due, sentences } = await answered(post({ ...workingDays(5, '2026-08-28T09:30'), pauses }));
    expect(due).toMatchObject({ state: 'paused', at: null, since: '2026-09-03T10:00:00+07:00' });
    expect(sentences).toContain('Đang tạm dừng từ 10:00 thứ Năm 3/9: Chờ giám định. Thời gian không chạy.');
    const never = await answered(
      post({
        ...workingDays(5, '2099-03-03T09:00'),
        pauses: [{ kind: 'supplement', from: '2099-03-04T09:00' }],
      }),
    );
    expect(never.sentences).toEqual(['Đang tạm dừng từ 09:00 thứ Tư 4/3/2099. Thời gian không chạy.']);
  });

  describe('at the door', () => {
    it.each(ROLES)('%s opens page and interface', async (role) => {
      const page = await new Client(t.url, await signIn(t, role)).get('/tinh-han');
      expect(page.status).toBe(200);
      expect(page.body).toContain('href="/tinh-han" aria-current="page"');
      const { key: own } = await t.app.get(ApiKeyService).create(`khóa ${role}`, role);
      const body = JSON.stringify(workingDays(1, '2026-08-28T09:30'));
      expect((await call(API, { method: 'POST', body }, own)).status).toBe(200);
    });

    it('nobody else does', async () => {
      expect((await fetch(`${t.url}${API}?so=1`)).status).toBe(401);
      expect((await fetch(`${t.url}${API}`, { method: 'POST' })).status).toBe(401);
      expect((await call(API, { method: 'POST', body: '{}' }, 'wrong')).status).toBe(401);
      const { status, location } = await new Client(t.url).get('/tinh-han?so=1');
      expect([status, location]).toEqual([303, '/dang-nhap?ve=%2Ftinh-han%3Fso%3D1']);
    });

    it('every fault is named at once, with its field', async () => {
      const problem = await refused(
        post({
          procedure: '9.999999',
          limit: { amount: 0, unit: 'days' },
          receivedAt: '2026-02-31T25:00',
          promisedAt: '1990-01-01T08:00',
          pauses: [
            { kind: 'supplement', from: '2026-09-03T10:00', to: '2026-09-03T09:00' },
            { kind: 'suspension', from: '2026-09-03T10:00', to: null },
            { kind: 'suspension', from: '2026-09-04T10:00' },
          ],
          unit: 'XX',
        }),
      );
      expect(problem).toMatchObject({ status: 422, code: 'CALCULATION_REFUSED' });
      expect(problem.faults.map((f) => f.field)).toEqual([
        'procedure',
        'procedure',
        'limit.amount',
        'receivedAt',
        'promisedAt',
        'pauses.0.to',
        'pauses.1.to',
        'unit',
      ]);
      for (const { text } of problem.faults) expect(problem.title).toContain(text);
    });

    it('a wrong shape is refused with its fields too', async () => {
      const problem = await refused(
        post({ limit: { amount: 'năm', unit: 'weeks' }, receivedAt: 5, pause: [] }),
      );
      expect(problem).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
      expect(problem.faults.map((f) => f.field).sort()).toEqual([
        '',
        'limit.amount',
        'limit.unit',
        'receivedAt',
      ]);
      expect((await refused(call(`${API}?so=1&dung=nghi&nhan_ngai=1/1/2026`))).status).toBe(400);
      expect((await refused(call(API, { method: 'POST', body: '{' }))).status).toBe(400);
    });

    it.each(['\u0000', '\ud800', "'; drop table procedure; --", 'x'.repeat(200)])(
      'a name like %j is a name nobody knows',
      async (name) => {
        const problem = await refused(
          post({
            procedure: `1${name}`.slice(0, 200),
            unit: `X${name}`.slice(0, 200),
            receivedAt: '2026-08-28T09:30',
          }),
        );
        expect(problem.faults.map((f) => f.field)).toEqual(['procedure', 'unit']);
      },
    );

    it('a unit outside the reader’s reach is unknown; one inside counts with its own calendar and setting', async () => {
      const commune = await t.app.get(UnitService).commune();
      await t.db.query(
        `insert into unit (kind, code, name, parent_id) values ('commune', 'XA-KHAC', 'Xã Khác', $1)`,
        [commune.parentId],
      );
      const asked = workingDays(1, '2026-08-28T09:30');
      expect((await refused(post({ ...asked, unit: 'XA-KHAC' }))).faults).toEqual([
        { field: 'unit', text: expect.stringContaining('Không có đơn vị mã XA-KHAC') as string },
      ]);
      const department = await answered(post({ ...asked, unit: 'H35.50.12.02' }));
      expect(department.calendar.unit).toBe('H35.50.12.02');
      await t.db.query(`update unit set settings = settings || '{"timeOfDay":"same-hour"}' where id = $1`, [
        commune.id,
      ]);
      const sameHour = await answered(post({ ...asked, unit: 'H35.50.12.02' }));
      await t.db.query(`update unit set settings = settings - 'timeOfDay' where id = $1`, [commune.id]);
      expect([department.due.at, sameHour.due.at]).toEqual([
        '2026-09-03T17:00:00+07:00',
        '2026-09-03T09:30:00+07:00',
      ]);
    });
  });

  describe('the link', () => {
    const second = fc
      .integer({ min: Date.UTC(2025, 5) / 1000, max: Date.UTC(2026, 11) / 1000 })
      .map((s) => new Date(s * 1000).toISOString());
    const question = fc
      .record({
        limit: fc.record({
          amount: fc.integer({ min: 1, max: 60 }),
          unit: fc.constantFrom('working-days', 'working-hours', 'days', 'months'),
          receptionCutoff: fc.option(fc.constantFrom('09:15', '15:00')),
          supplementMode: fc.option(
            fc.constantFrom('restart', 'extend-working-days', 'extend-calendar-days'),
          ),
          timeOfDay: fc.option(fc.constantFrom('end-of-office', 'same-hour')),
        }),
        procedure: fc.option(fc.constant(PROCEDURE)),
        times: fc.uniqueArray(second, { minLength: 6, maxLength: 6 }).map((times) => times.sort()),
        kinds: fc.array(fc.constantFrom('supplement', 'suspension'), { maxLength: 2 }),
        standing: fc.boolean(),
        promised: fc.boolean(),
      })
      .map(({ limit, procedure, times, kinds, standing, promised }) => ({
        ...(procedure ? { procedure } : { limit }),
        receivedAt: times[0],
        promisedAt: promised ? times[5] : null,
        pauses: kinds.map((kind, i) => ({
          kind,
          from: times[1 + 2 * i],
          to: standing && i === kinds.length - 1 ? null : times[2 + 2 * i],
          ground: `Lý do ${i} & "nháy"`,
        })),
      }));

    it('gives the same answer again, to programs and on the page', async () => {
      const kinds = new Set<string>();
      await fc.assert(
        fc.asyncProperty(question, async (asked) => {
          const first = await answered(post(asked));
          kinds.add(first.due.state);
          const path = first.link.slice(t.url.length);
          expect(await answered(call(API + path.slice('/tinh-han'.length)))).toEqual(first);
          const page = await officer.get(path);
          expect(page.status).toBe(200);
          if (first.due.at) expect(words(page.body)).toContain(`${first.due.at.slice(11, 16)} thứ`);
        }),
        { numRuns: 50 },
      );
      expect([...kinds].sort()).toEqual(expect.arrayContaining(['due', 'paused']));
    });

    it('of a case gives its computed due', async () => {
      const commune = await t.app.get(UnitService).commune();
      const procedures = t.app.get(ProcedureService);
      const chosen = cases2026().filter((c, i) => i % 40 === 0 || c.supplements.length > 0);
      await insertCases(t.db, commune.id, procedures, chosen);
      await t.db.transaction((tx) => t.app.get(DeadlineService).recompute(tx, 'all'));
      const due = await rows<{ code: string; due: string }>(
        t.db.manager,
        `select code, to_char(computed_due_at at time zone 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD"T"HH24:MI:SS"+07:00"') as due
         from case_record where due_state = 'due' order by code limit 60`,
      );
      expect(due.length).toBeGreaterThan(40);
      for (const { code, due: expected } of due) {
        const { body } = await officer.get(`/ho-so/${code}`);
        const link = /href="(\/tinh-han\?[^"]+)"/.exec(decoded(body))![1]!;
        const { due: found } = await answered(call(API + link.slice('/tinh-han'.length)));
        expect([code, found.at]).toEqual([code, expected]);
      }
    });
  });

  describe('the page', () => {
    it('opens with the moment of reception filled in and nothing answered', async () => {
      const { body } = await officer.get('/tinh-han');
      expect(body).toContain('name="nhan_ngay" type="text" value="23/11/2026"');
      expect(body).toContain(`<option value="${PROCEDURE}">`);
      expect(body).not.toContain('id="ket-qua"');
    });

    it('leads to an address without anything empty, which answers', async () => {
      const typed =
        '/tinh-han?thu_tuc=&so=2&don_vi=working-days&gio_chot=&bo_sung=&gio_tra=&nhan_ngay=20%2F08%2F2026&nhan_gio=9h&hen_ngay=&hen_gio=' +
        '&co_quan=H35.50.12&dung=supplement&tu_ngay=&tu_gio=&den_ngay=&den_gio=&ly_do=';
      const { status, location } = await officer.get(typed);
      expect([status, location]).toEqual([
        303,
        '/tinh-han?so=2&don_vi=working-days&nhan_ngay=20%2F8%2F2026&nhan_gio=09%3A00&co_quan=H35.50.12',
      ]);
      const { status: found, body } = await officer.get(location!);
      expect(found).toBe(200);
      expect(words(body)).toContain('17:00 thứ Bảy 22/8/2026');
      expect(words(body)).toContain('T7 bù 2 22/8');
      expect(decoded(body)).toContain(`value="${t.url}${location!}"`);
    });

    it('keeps the form and names every fault at its input when it cannot answer', async () => {
      const { status, body } = await officer.get(
        '/tinh-han?so=0&don_vi=days&nhan_ngay=31%2F2%2F2026&nhan_gio=25%3A00&dung=supplement&tu_ngay=&tu_gio=&den_ngay=&den_gio=&dung=suspension&tu_ngay=3%2F9%2F2026&tu_gio=10%3A00&den_ngay=2%2F9%2F2026&den_gio=10%3A00&ly_do=&ly_do=M%E1%BB%99t+l%C3%BD+do',
      );
      expect(status).toBe(422);
      expect(words(body)).toContain('Chưa tính được. Có 3 chỗ cần sửa:');
      expect([...body.matchAll(/<li><a href="#([^"]+)">/g)].map((m) => m[1])).toEqual([
        'so',
        'nhan_ngay',
        'den_ngay_1',
      ]);
      for (const value of ['31/2/2026', '25:00', '3/9/2026', 'Một lý do'])
        expect(body).toContain(`value="${value}"`);
      expect(body).not.toContain('id="ket-qua"');
    });

    it('"Thêm dòng" shows more rows and answers nothing yet', async () => {
      const rowsOf = (body: string): number => [...body.matchAll(/name="dung"/g)].length;
      expect(rowsOf((await officer.get('/tinh-han')).body)).toBe(3);
      const { status, body } = await officer.get(
        '/tinh-han?dung=supplement&dung=supplement&dung=supplement&nhan_ngay=abc&them=1',
      );
      expect([status, rowsOf(body)]).toEqual([200, 6]);
      expect(body).toContain('value="abc"');
      const most = Array.from({ length: 50 }, () => 'dung=supplement&tu_ngay=3%2F9%2F2026').join('&');
      expect(rowsOf((await officer.get(`/tinh-han?${most}&them=1`)).body)).toBe(50);
    });
  });

  describe('the description', () => {
    type Schema = {
      description?: string;
      properties?: Record<string, Schema>;
      items?: Schema;
      example?: unknown;
    };
    /** Every field below a schema, by path. */
    const fieldsOf = (schema: Schema, path: string): [string, Schema][] => [
      ...Object.entries(schema.properties ?? {}).flatMap(([name, inner]): [string, Schema][] => [
        [`${path}.${name}`, inner],
        ...fieldsOf(inner, `${path}.${name}`),
      ]),
      ...(schema.items ? fieldsOf(schema.items, `${path}[]`) : []),
    ];

    it('says what every field and every parameter means, with an example', async () => {
      const document = (await (await fetch(`${t.url}/api/openapi.json`)).json()) as {
        paths: Record<
          string,
          Record<
            'get' | 'post',
            {
              summary: string;
              parameters: { name: string; description?: string; schema: Schema }[];
              requestBody: { content: { 'application/json': { schema: Schema } } };
              responses: Record<
                string,
                { description: string; content?: { 'application/json': { schema: Schema } } }
              >;
            }
          >
        >;
      };
      const { get, post: posted } = document.paths[API]!;
      expect(get.parameters.map((p) => p.name)).toContain('nhan_ngay');
      const fields: [string, Schema][] = [
        ...get.parameters.map((p): [string, Schema] => [p.name, { ...p.schema, description: p.description }]),
        ...fieldsOf(posted.requestBody.content['application/json'].schema, 'body'),
        ...fieldsOf(posted.responses['200']!.content!['application/json'].schema, 'answer'),
      ];
      expect(fields.length).toBeGreaterThan(50);
      expect(fields.filter(([, { description }]) => !description).map(([name]) => name)).toEqual([]);
      const nested = (schema: Schema) => schema.properties || schema.items;
      expect(fields.filter(([, s]) => !nested(s) && s.example === undefined).map(([name]) => name)).toEqual(
        [],
      );
      expect(Object.keys(posted.responses).sort()).toEqual(['200', '400', '401', '422']);
    });
  });
});
