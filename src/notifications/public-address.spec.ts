import { isPublicAddress, literalAddress } from './public-address';

describe('an address of the public internet', () => {
  it.each(['8.8.8.8', '113.160.0.1', '172.32.0.1', '100.128.0.1', '2001:4860:4860::8888', '2405:4800::1'])(
    '%s is one',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    ['this network', '0.0.0.0'],
    ['a private network', '10.1.2.3'],
    ['a private network', '172.31.255.255'],
    ['a private network', '192.168.1.10'],
    ['a carrier network', '100.64.0.1'],
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.254'],
    ['link-local, cloud metadata', '169.254.169.254'],
    ['documentation', '203.0.113.9'],
    ['benchmarks', '198.19.0.1'],
    ['multicast', '224.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['loopback', '::1'],
    ['the unspecified address', '::'],
    ['link-local', 'fe80::1'],
    ['unique local', 'fd00:ec2::254'],
    ['mapped private IPv4', '::ffff:192.168.1.1'],
    ['mapped loopback in hex', '::ffff:7f00:1'],
    ['compatible IPv4', '::127.0.0.1'],
    ['translated IPv4', '64:ff9b::a00:1'],
    ['6to4 of a private network', '2002:0a00:0001::1'],
    ['Teredo', '2001:0:53aa:64c::1'],
    ['documentation', '2001:db8::1'],
    ['multicast', 'ff02::1'],
    ['no address at all', 'example.vn'],
    ['an unread octal form', '0177.0.0.1'],
    ['nothing', ''],
  ])('%s (%s) is none', (_, address) => expect(isPublicAddress(address)).toBe(false));
});

describe('the address a URL names literally', () => {
  it.each([
    ['https://0x7f.0.0.1/', '127.0.0.1'],
    ['https://0177.0.0.1/', '127.0.0.1'],
    ['https://2130706433/', '127.0.0.1'],
    ['https://127.1/', '127.0.0.1'],
    ['https://[::ffff:10.0.0.1]/', '::ffff:a00:1'],
    ['https://[::1]:8443/', '::1'],
    ['https://8.8.8.8/', '8.8.8.8'],
    ['https://sms.example.vn/', null],
  ])('of %s is %s', (url, address) => expect(literalAddress(new URL(url))).toBe(address));
});
