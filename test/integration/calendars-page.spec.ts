import { signIn, startTestApp, type TestApp } from '../support/app';

describe('the calendar page', () => {
  let app: TestApp;
  let cookie: string;

  beforeAll(async () => {
    app = await startTestApp();
    cookie = await signIn(app, 'administrator');
  });
  afterAll(() => app?.close());

  const open = async (path: string, as = cookie) => {
    const response = await fetch(app.url + path, { headers: { cookie: as }, redirect: 'manual' });
    return { status: response.status, html: await response.text() };
  };

  it('shows the months of a decided year with its days off and make-up days', async () => {
    const { status, html } = await open('/quan-tri/lich/2026');
    expect(status).toBe(200);
    expect(html.match(/<section class="card mon">/g)).toHaveLength(12);
    expect(html).toContain('Ngày Văn hóa Việt Nam');
    expect(html).toContain('Làm bù thứ Bảy 22/8/2026');
    expect(html).toMatch(/class="is-make"><a href="#nghi-2026-08-31" title="Làm bù cho 31\/8">22/);
    expect(html).toMatch(/is-now/);
    expect(html).toContain('<b>T2–T6</b> 07:30–11:30, 13:30–17:00');
    expect(html).toContain('Giờ làm việc 07:30–11:30, 13:30–17:00');
    expect(html).not.toContain('Chờ quyết định');
  });

  it('marks a year by rule as awaiting its decision', async () => {
    const { html } = await open('/quan-tri/lich/2027');
    expect(html).toContain('Chờ quyết định');
    expect(html).toMatch(/class="is-pend"><a href="#nghi-2027-02-05" title="Tết Nguyên đán \(dự kiến\)">5/);
  });

  it.each(['2023', '2029', 'abc'])('a year without data, %s, is said to be missing', async (year) => {
    const { status, html } = await open(`/quan-tri/lich/${year}`);
    expect(status).toBe(404);
    expect(html).toContain(`Chưa có lịch làm việc năm ${year}`);
  });

  it('is for administrators', async () => {
    const clerk = await signIn(app, 'clerk');
    expect((await open('/quan-tri/lich/2026', clerk)).status).toBe(403);
  });
});
