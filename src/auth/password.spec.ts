import { generatePassword, hashPassword, passwordFault, verifyPassword } from './password';

describe('password rules', () => {
  it.each([
    ['ngắn quá', 'PASSWORD_TOO_SHORT'],
    ['1234567890', 'PASSWORD_TOO_EASY'],
    ['9876543210', 'PASSWORD_TOO_EASY'],
    ['aaaaaaaaaaaa', 'PASSWORD_TOO_EASY'],
    ['abababababab', 'PASSWORD_TOO_EASY'],
    ['abcdefghijkl', 'PASSWORD_TOO_EASY'],
    ['Mật khẩu 2026', 'PASSWORD_TOO_EASY'],
    ['lanhdao-2026', 'PASSWORD_TOO_EASY'],
    ['LanhDao@20262026', 'PASSWORD_TOO_EASY'],
    ['mưa rừng tháng bảy', null],
    ['k7mp-x2rd-9wtn-hq4c', null],
  ])('"%s": %s', (password, fault) => {
    expect(passwordFault(password, 'lanhdao')).toBe(fault);
  });

  it('a short user name may occur inside a longer phrase', () => {
    expect(passwordFault('hoa phong lan trắng', 'lan')).toBeNull();
    expect(passwordFault('lan20262026', 'lan')).toBe('PASSWORD_TOO_EASY');
  });

  it('ten characters are counted as people count them, however the marks are stored', () => {
    expect(passwordFault('tệ quá đi'.normalize('NFD'), 'x1y2')).toBe('PASSWORD_TOO_SHORT');
  });

  it('a generated password passes the rules and never repeats', () => {
    const made = Array.from({ length: 200 }, generatePassword);
    expect(new Set(made).size).toBe(200);
    expect(made.filter((password) => passwordFault(password, 'quantri') !== null)).toEqual([]);
    expect(made[0]).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
  });
});

describe('password hash', () => {
  it('is argon2id with 19 MiB, two passes, one lane', async () => {
    expect(await hashPassword('mưa rừng tháng bảy')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('accepts the password with composed and with combining marks', async () => {
    const stored = await hashPassword('mưa rừng tháng bảy'.normalize('NFD'));
    expect(await verifyPassword(stored, 'mưa rừng tháng bảy')).toBe(true);
    expect(await verifyPassword(stored, 'mua rung thang bay')).toBe(false);
  });
});
