import { progressLine, pushedCode, Sender, syncRecord } from '../fixtures/ingest/pushes';
import { signIn, startTestApp, type TestApp } from '../support/app';
import { Client } from './auth-client';

const IMPORTS = '/quan-tri/nhap-ho-so';
const words = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('what other systems send', () => {
  let t: TestApp;
  let administrator: Client;
  let list: string;
  let day: string;

  beforeAll(async () => {
    t = await startTestApp({ env: { ROLE: 'web' }, now: new Date('2026-01-12T09:00:00+07:00') });
    administrator = new Client(t.url, await signIn(t, 'administrator'));
    const sender = await Sender.of(t);
    await sender.sync(syncRecord(1), syncRecord(2, { ChuHoSo: '' }));
    await sender.progress(progressLine(1));
    await sender.call('PUT', `/api/v1/case-records/${pushedCode(1)}`, { summary: 'Mới' });
    list = (await administrator.get(IMPORTS)).body;
    // Newest first: the push of a single case came last, by the other way.
    const days = [...list.matchAll(new RegExp(`href="(${IMPORTS}/\\d+)">Hồ sơ gửi qua kết nối<`, 'g'))];
    day = (await administrator.get(days.at(-1)![1]!)).body;
  });
  afterAll(() => t?.close());

  it('is one line a day and way in the history of imports, with counts', () => {
    expect(list.match(/Hồ sơ gửi qua kết nối/g)).toHaveLength(2);
    expect(words(list)).toMatch(/12\/1\/2026 Hồ sơ gửi qua kết nối Cổng Dịch vụ công quốc gia Cổng gửi đến/);
    expect(list).toMatch(/data-label="Mới">1<.*data-label="Cập nhật">1<.*data-label="Lỗi">1</);
  });

  it('has a page that tells the faults in the words of what was sent', () => {
    const told = words(day);
    expect(told).toContain('Hồ sơ nhận trong ngày');
    expect(told).toContain(
      '3 lượt hồ sơ · Cổng Dịch vụ công quốc gia · api-key:Hệ thống gửi gửi, lần cuối 09:00',
    );
    expect(told).toContain('1 lượt có lỗi, 1 chỗ cần sửa');
    expect(told).toContain('Giá trị gửi đến');
    expect(told).toContain('ChuHoSo');
    expect(told).toContain('Thiếu chủ hồ sơ.');
    expect(told).toContain('nơi gửi đã được báo lỗi, sửa rồi gửi lại');
  });

  it('offers neither to take it back nor to download a file there is not', () => {
    expect(day).not.toMatch(/hoan-tac|loi\.xlsx|Chọn tệp khác|trong tệp/);
  });

  it('is named as source on the page of the case, with its progress', async () => {
    const { body } = await administrator.get(`/ho-so/${pushedCode(1)}`);
    expect(body).toContain('Hồ sơ gửi qua kết nối');
    const told = words(body);
    expect(told).toContain('Thẩm định hồ sơ. Hạn của bước');
    expect(told).toContain('Vàng Thị Hoa, Chuyên viên, Phòng Kinh tế');
    expect(told).toContain('Đổi Trích yếu');
  });
});
