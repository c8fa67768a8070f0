import { signatureOf } from './webhook-signature';

const AT = new Date('2026-11-23T09:00:00.900+07:00');

describe('the signature of a message', () => {
  it('is the HMAC of second and body under the shared secret', () => {
    // printf '1795399200.{"id":"a"}' | openssl dgst -sha256 -hmac whsec_test
    expect(signatureOf('whsec_test', '{"id":"a"}', AT)).toBe(
      't=1795399200,v1=72d7cb096cdf0250261eb1247299d1073864876035c0f3b5b9a1f382d528a642',
    );
  });

  it.each([
    ['another body', 'whsec_test', '{"id":"b"}', AT],
    ['another secret', 'whsec_other', '{"id":"a"}', AT],
    ['another second', 'whsec_test', '{"id":"a"}', new Date(AT.getTime() + 1000)],
  ])('differs with %s', (_, secret, body, at) =>
    expect(signatureOf(secret, body, at).split('v1=')[1]).not.toBe(
      signatureOf('whsec_test', '{"id":"a"}', AT).split('v1=')[1],
    ),
  );

  it('counts letters as UTF-8', () =>
    expect(signatureOf('k', 'Đăng ký', AT)).not.toBe(signatureOf('k', 'Dang ky', AT)));
});
