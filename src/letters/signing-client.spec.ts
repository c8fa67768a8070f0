import { WebhookSender } from '../notifications/webhook.sender';
import { Clock } from '../platform/clock';
import type { Runtime } from '../platform/runtime';
import { SigningClient } from './signing-client';

const runtime = { env: { ALLOW_PRIVATE_WEBHOOKS: false } } as Runtime;
const client = new SigningClient(new WebhookSender(runtime, new Clock()));

describe('a signing service is asked only where messages may go', () => {
  it.each([
    ['https://127.0.0.1/ky', 'mạng nội bộ'],
    ['https://10.1.2.3/ky', 'mạng nội bộ'],
    ['https://localhost/ky', 'mạng nội bộ'],
    ['http://ky.example.vn/ky', 'không dùng https'],
    ['https://ai:mk@ky.example.vn/ky', 'tên đăng nhập hoặc mật khẩu'],
    ['ky', 'không phải là một địa chỉ web'],
  ])('%s is refused', async (url, words) => {
    const asked = client.ask({ url, token: 'ma' })(Buffer.alloc(32), 'SHA-256');
    await expect(asked).rejects.toMatchObject({
      code: 'SIGNING_SERVICE_ADDRESS',
      message: expect.stringContaining(words) as string,
    });
  });
});
