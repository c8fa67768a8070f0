import { DeadlineComparison } from '../../src/cases/deadline-comparison.service';
import { ProcedureService } from '../../src/cases/procedure.service';
import { ledgerOf, pushedCode, Sender, storedCase, withProvince } from '../fixtures/ingest/pushes';
import { startTestApp, type TestApp } from '../support/app';
import { importProcedures } from '../support/case-files';

const API = '/api/v1/case-records';
const CODE = pushedCode(1);

const sound = (change: Record<string, unknown> = {}) => ({
  code: CODE,
  procedure: { code: '1.004873', name: 'Thủ tục cấp Giấy xác nhận tình trạng hôn nhân' },
  applicant: { name: 'Lò Văn Một', kind: 'person', phone: '0900000001' },
  channel: 'direct',
  status: 4,
  receivedAt: '2026-01-05T07:30',
  promisedAt: '2026-01-08T17:00:00+07:00',
  department: 'Văn phòng HĐND và UBND',
  ...change,
});

interface Problem {
  status: number;
  code: string;
  title: string;
  faults?: { field: string; text: string }[];
}

let t: TestApp;
let sender: Sender;

beforeAll(async () => {
  t = await startTestApp({ env: { ROLE: 'web' } });
  await importProcedures(t.db, t.app.get(ProcedureService));
  sender = await Sender.of(t);
});
beforeEach(async () => {
  await t.db.query(
    'truncate case_event, case_record, case_source, ingest_change, ingest_fault, ingest_run cascade',
  );
  t.clock.moveTo(new Date('2026-01-12T09:00:00+07:00'));
});
afterEach(async () => {
  expect((await t.app.get(DeadlineComparison).compare()).kept).toEqual([]);
});
afterAll(() => t?.close());

const create = (change?: Record<string, unknown>) => sender.call('POST', API, sound(change));
const put = (change?: Record<string, unknown>, code = CODE) =>
  sender.call('PUT', `${API}/${code}`, sound({ code: undefined, ...change }));
const fieldsOf = (body: unknown) => (body as Problem).faults?.map((f) => f.field);
const later = () => t.clock.moveTo(new Date(t.clock.now().getTime() + 60_000));

describe('POST /api/v1/case-records', () => {
  it('makes a case and tells its deadline and where that is explained', async () => {
    const { status, body } = await create();
    expect([status, body]).toMatchObject([
      201,
      {
        ...{ outcome: 'created', code: CODE, status: 4, warnings: [] },
        deadline: {
          at: '2026-01-08T17:00:00+07:00',
          computedDueAt: '2026-01-08T17:00:00+07:00',
          state: 'due',
        },
        ...{ explanation: `${t.url}/ho-so/${CODE}`, created: { procedures: [], departments: [] } },
      },
    ]);
    expect(await ledgerOf(t)).toEqual(['received 05/01 07:30']);
    expect(await storedCase(t, 'applicant_name, applicant_kind, channel, phone')).toEqual({
      ...{ applicant_name: 'Lò Văn Một', applicant_kind: 'person', channel: 'direct', phone: '0900000001' },
    });
  });

  it('refuses a case that exists, and changes nothing of it', async () => {
    await create();
    const { status, body } = await create({ summary: 'Khác' });
    expect([status, body]).toMatchObject([
      409,
      { code: 'CASE_EXISTS', title: `Hồ sơ ${CODE} đã có trong hệ thống.` },
    ]);
    expect(await storedCase(t, 'summary')).toEqual({ summary: null });
  });

  it('asked six times at once makes one case', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => create()));
    expect(answers.map((a) => a.status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });

  it.each([
    ['no code', { code: undefined }, ['code']],
    ['no procedure', { procedure: { code: '' } }, ['code']],
    ['an empty procedure', { procedure: { name: '' } }, ['procedure.name']],
    ['no applicant', { applicant: { name: '' } }, ['applicant.name']],
    ['no reception', { receivedAt: null }, ['receivedAt']],
    ['a day that is none', { promisedAt: '2026-02-31T10:00' }, ['promisedAt']],
    ['a result before reception', { status: 9, finishedAt: '2026-01-01T10:00' }, ['finishedAt']],
    ['a settled case whose day is empty', { status: 10, finishedAt: '' }, ['finishedAt']],
    ['papers without a day', { supplements: [{ ground: 'Thiếu' }] }, ['supplements']],
    ['papers before reception', { supplements: [{ requestedAt: '2026-01-01T08:00' }] }, ['supplements']],
  ])('with %s is refused with the path of the field and what to do', async (_, change, fields) => {
    const { status, body } = await create(change);
    expect([status, (body as unknown as Problem).code, fieldsOf(body)]).toEqual([
      422,
      'CASE_RECORD_REFUSED',
      fields,
    ]);
    expect((body as unknown as Problem).faults!.every((f) => /\p{L}/u.test(f.text))).toBe(true);
    expect(await storedCase(t, 'id')).toBeUndefined();
  });

  it.each([
    ['a field nobody knows', { colour: 'red' }, ''],
    ['a status beyond ten', { status: 11 }, 'status'],
    ['a channel nobody knows', { channel: 'pigeon' }, 'channel'],
    ['a number for a name', { applicant: { name: 7 } }, 'applicant.name'],
    ['a moment that is a number', { receivedAt: 20260105 }, 'receivedAt'],
  ])('with %s is no such body', async (_, change, field) => {
    const { status, body } = await create(change);
    expect([status, (body as unknown as Problem).code, fieldsOf(body)]).toEqual([
      400,
      'INVALID_REQUEST',
      [field],
    ]);
  });

  it('with a key that stands twice, or that is no JSON, is not read', async () => {
    const twice = await sender.call('POST', API, '{"code":"a","code":"b"}');
    const broken = await sender.call('POST', API, '{"code":');
    expect([twice.body.code, broken.body.code]).toEqual(['JSON_KEY_TWICE', 'JSON_UNREADABLE']);
  });

  it('tells what is worth a look, and what it heard of for the first time', async () => {
    const { body } = await create({
      ...{ code: 'H35.50.12-260106-0001', procedure: { name: 'Thủ tục lạ' }, department: 'Phòng Lạ' },
    });
    expect(body).toMatchObject({
      outcome: 'created',
      warnings: [{ field: 'code', text: expect.stringContaining('khác ngày tiếp nhận') as string }],
      created: { procedures: ['Thủ tục lạ'], departments: [expect.stringContaining('Lạ') as string] },
      deadline: { state: 'no-limit' },
    });
  });

  it.each(['officer', 'supervisor', 'clerk'] as const)('is not for a key of role %s', async (role) => {
    const other = await Sender.of(t, role);
    expect((await other.call('POST', API, sound())).status).toBe(403);
  });
});

describe('PUT /api/v1/case-records/{code}', () => {
  it('makes a case, changes it, and says when nothing changed', async () => {
    const answers = [await put(), await put({ summary: 'Mới' }), await put({ summary: 'Mới' })];
    expect(answers.map((a) => [a.status, a.body.outcome])).toEqual([
      [201, 'created'],
      [200, 'updated'],
      [200, 'unchanged'],
    ]);
  });

  it('keeps what is left out and clears what is null', async () => {
    await put({ summary: 'Có', officer: 'A' });
    await sender.call('PUT', `${API}/${CODE}`, { officer: null });
    expect(await storedCase(t, 'summary, officer_name, status')).toEqual({
      ...{ summary: 'Có', officer_name: null, status: 4 },
    });
  });

  it('settles the case at the moments it tells', async () => {
    await put();
    const { body } = await put({
      status: 10,
      finishedAt: '2026-01-07T11:22',
      returnedAt: '2026-01-09T07:54',
    });
    expect(body).toMatchObject({ outcome: 'updated', status: 10 });
    expect(await ledgerOf(t)).toEqual([
      'received 05/01 07:30',
      'finished 07/01 11:22',
      'returned 09/01 07:54',
    ]);
  });

  it('takes the rounds of papers', async () => {
    const supplements = [
      { requestedAt: '2026-01-06T09:00', receivedAt: '2026-01-08T14:00', ground: 'Thiếu' },
    ];
    const { body } = await put({ supplements, promisedAt: null });
    expect(body.deadline).toMatchObject({ at: '2026-01-12T17:00:00+07:00', state: 'due' });
  });

  it('says that a status goes back', async () => {
    await put({ status: 9, finishedAt: '2026-01-07T11:22' });
    later();
    expect((await put({ status: 4 })).body.warnings).toMatchObject([{ field: 'status' }]);
  });

  it('refuses a body that names another case', async () => {
    const { status, body } = await put({ code: pushedCode(2) });
    expect([status, body.code]).toEqual([422, 'CASE_RECORD_CODE']);
  });

  it('refuses the case of another commune, and a province whose record names none', async () => {
    await put();
    const { province, other } = await withProvince(t);
    const neighbour = await Sender.of(t, 'administrator', other);
    const foreign = await neighbour.call('PUT', `${API}/${CODE}`, sound());
    expect([foreign.status, (foreign.body as unknown as Problem).faults]).toMatchObject([
      422,
      [{ field: 'code', text: 'Hồ sơ này thuộc đơn vị khác. Gửi bằng khóa API của đơn vị có hồ sơ.' }],
    ]);
    const above = await Sender.of(t, 'administrator', province);
    const unclear = await above.call('PUT', `${API}/G09.20-20260105-0000001`, sound({ code: undefined }));
    expect(fieldsOf(unclear.body)).toEqual(['code']);
    const named = sound({ code: undefined, receivingUnit: 'UBND xã Khun Há' });
    expect((await above.call('PUT', `${API}/G09.20-20260105-0000001`, named)).status).toBe(201);
  });

  it('names the source when asked to, one that is known', async () => {
    const known = await sender.call('PUT', `${API}/${CODE}?source=bo-nganh`, sound());
    const unknown = await sender.call('PUT', `${API}/${CODE}?source=nobody`, sound());
    expect([known.status, unknown.status, unknown.body.code]).toEqual([201, 422, 'SOURCE_UNKNOWN']);
    expect(await storedCase(t, 'source')).toEqual({ source: 'bo-nganh' });
  });
});

describe('POST /api/v1/case-records/{code}/events', () => {
  beforeEach(() => create());

  const tell = (body: Record<string, unknown>, code = CODE) =>
    sender.call('POST', `${API}/${code}/events`, body);
  const asked = {
    ...{ kind: 'supplement-requested', at: '2026-01-06T09:00', ground: 'Thiếu bản sao' },
    legalBasis: 'Điều 17 NĐ 118/2025',
  };

  it('writes the event at its moment and tells the deadline', async () => {
    const { status, body } = await tell(asked);
    expect([status, body]).toMatchObject([
      201,
      { outcome: 'recorded', kind: 'supplement-requested', status: 5, deadline: { state: 'paused' } },
    ]);
    expect(await ledgerOf(t)).toContain('supplement-requested 06/01 09:00');
  });

  it.each([
    ['supplement-requested', [asked]],
    ['supplement-received', [asked, { kind: 'supplement-received', at: '2026-01-08T14:00' }]],
    ['suspended', [{ ...asked, kind: 'suspended', reason: 'financial-obligation' }]],
    [
      'resumed',
      [
        { ...asked, kind: 'suspended' },
        { kind: 'resumed', at: '2026-01-08T14:00' },
      ],
    ],
    [
      'transferred',
      [{ kind: 'transferred', at: '2026-01-06T09:00', department: 'Phòng Kinh tế', officer: 'A' }],
    ],
    ['promised-again', [{ kind: 'promised-again', at: '2026-01-07T09:00', promisedAt: '2026-01-13T17:00' }]],
    ['finished', [{ kind: 'finished', at: '2026-01-07T11:22' }]],
    ['returned', [{ kind: 'returned', at: '2026-01-08T11:22', finishedAt: '2026-01-07T11:22' }]],
    ['withdrawn', [{ kind: 'withdrawn', at: '2026-01-07T11:22', ground: 'Không còn cần' }]],
    ['stopped', [{ ...asked, kind: 'stopped', at: '2026-01-07T11:22' }]],
  ])('%s sent again changes nothing and says so', async (kind, events) => {
    for (const event of events) {
      const told = await tell(event);
      expect([told.status, told.body.outcome]).toEqual([201, 'recorded']);
      later();
    }
    const before = [await storedCase(t, '*'), await ledgerOf(t)];
    const again = await tell(events.at(-1)!);
    expect([again.status, again.body.outcome, again.body.kind]).toEqual([200, 'unchanged', kind]);
    expect([await storedCase(t, '*'), await ledgerOf(t)]).toEqual(before);
  });

  it('a submission that waits is received', async () => {
    await sender.call('PUT', `${API}/${pushedCode(2)}`, {
      ...sound({ code: undefined, status: 1, receivedAt: undefined, promisedAt: undefined }),
      ...{ submittedAt: '2026-01-05T07:30', channel: 'online' },
    });
    const told = await tell(
      { kind: 'received', at: '2026-01-05T10:00', promisedAt: '2026-01-08T17:00' },
      pushedCode(2),
    );
    expect([told.status, told.body]).toMatchObject([201, { status: 2, deadline: { state: 'due' } }]);
    expect(await ledgerOf(t, 2)).toEqual(['received 05/01 10:00']);
    const other = await tell({ kind: 'received', at: '2026-01-05T11:00' });
    expect((other.body as unknown as Problem).faults).toMatchObject([{ field: 'at' }]);
  });

  it.each([
    ['no moment', { kind: 'finished' }, ['at']],
    ['a moment that is none', { kind: 'finished', at: '2026-02-31T10:00' }, ['at']],
    ['a moment to come', { kind: 'finished', at: '2026-01-13T10:00' }, ['at']],
    ['a moment before reception', { kind: 'finished', at: '2026-01-01T10:00' }, ['at']],
    ['no ground and no basis', { kind: 'suspended', at: '2026-01-06T09:00' }, ['ground', 'legalBasis']],
    ['the end of a stop there is not', { kind: 'resumed', at: '2026-01-06T09:00' }, ['at', 'since']],
    [
      'a department there is not',
      { kind: 'transferred', at: '2026-01-06T09:00', department: 'Sở' },
      ['department'],
    ],
    ['no department', { kind: 'transferred', at: '2026-01-06T09:00' }, ['department']],
    ['no new day', { kind: 'promised-again', at: '2026-01-06T09:00' }, ['promisedAt']],
    ['a result nobody told', { kind: 'returned', at: '2026-01-08T09:00' }, ['finishedAt']],
  ])('with %s is refused at the field of the body', async (_, body, fields) => {
    const told = await tell(body);
    expect([told.status, told.body.code, fieldsOf(told.body)]).toEqual([422, 'CASE_EVENT_REFUSED', fields]);
    expect(await ledgerOf(t)).toEqual(['received 05/01 07:30']);
  });

  it('that ends another stop than the open one is refused', async () => {
    await tell(asked);
    const told = await tell({ kind: 'resumed', at: '2026-01-08T14:00' });
    expect((told.body as unknown as Problem).faults).toMatchObject([
      { field: 'kind', text: expect.stringContaining('đang dừng vì: yêu cầu bổ sung') as string },
    ]);
  });

  it('of one moment but another content is refused', async () => {
    const first = { kind: 'transferred', at: '2026-01-06T09:00', department: 'Phòng Kinh tế' };
    await tell(first);
    const told = await tell({ ...first, officer: 'Khác' });
    expect((told.body as unknown as Problem).faults).toMatchObject([{ field: 'at' }]);
  });

  it('of a case nobody knows, or of another commune, is not found', async () => {
    const { other } = await withProvinceOnce();
    const neighbour = await Sender.of(t, 'administrator', other);
    const unknown = await tell({ kind: 'finished', at: '2026-01-07T11:22' }, pushedCode(9));
    const foreign = await neighbour.call('POST', `${API}/${CODE}/events`, {
      kind: 'finished',
      at: '2026-01-07T11:22',
    });
    expect([unknown.body.code, foreign.body.code]).toEqual(['CASE_NOT_FOUND', 'CASE_NOT_FOUND']);
  });

  it('is for administrator keys', async () => {
    const other = await Sender.of(t, 'officer');
    expect((await other.call('POST', `${API}/${CODE}/events`, asked)).status).toBe(403);
  });

  it('is sealed in the audit log', async () => {
    await tell(asked);
    const [entry] = await t.db.query<{ action: string; subject: string; actor: string }[]>(
      'select action, subject, actor from audit_entry order by id desc limit 1',
    );
    expect(entry).toEqual({
      ...{ action: 'case.paused', subject: `case:${CODE}`, actor: 'api-key:Hệ thống gửi' },
    });
  });

  it('the interface describes itself', async () => {
    const document = (await (await fetch(`${t.url}/api/openapi.json`)).json()) as {
      paths: Record<string, object>;
    };
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining([API, `${API}/{code}`, `${API}/{code}/events`, '/api/v1/portal']),
    );
    expect(Object.keys(document.paths[`${API}/{code}`]!)).toEqual(expect.arrayContaining(['get', 'put']));
  });

  /** The neighbour of the test before may be there. */
  async function withProvinceOnce() {
    const [known] = await t.db.query<object[]>(`select 1 from unit where code = 'H35.50.13'`);
    return known ? { other: 'H35.50.13' } : withProvince(t);
  }
});
