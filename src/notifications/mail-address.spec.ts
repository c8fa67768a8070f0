import { isMailAddress } from './mail-address';

describe('a mail address', () => {
  it.each(['mai.lt@binhlu.gov.vn', 'a+b@x.vn', 'van-thu@xn--bnhlu-nva.vn', 'văn.thư@bình-lư.vn'])(
    '%s is accepted',
    (address) => expect(isMailAddress(address)).toBe(true),
  );

  it.each([
    ['a line break', 'a@x.vn\nBcc: b@x.vn'],
    ['a carriage return', 'a@x.vn\r'],
    ['a second address', 'a@x.vn, b@x.vn'],
    ['a name around it', 'Mai <a@x.vn>'],
    ['no domain', 'a@'],
    ['no @', 'a.x.vn'],
    ['two @', 'a@b@x.vn'],
    ['a blank', 'a b@x.vn'],
    ['a zero-width character', 'a\u200b@x.vn'],
    ['more than 254 characters', `${'a'.repeat(250)}@x.vn`],
    ['nothing', ''],
  ])('with %s is refused', (_, address) => expect(isMailAddress(address)).toBe(false));
});
