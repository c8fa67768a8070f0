import { ConfigurationError, readEnvironment } from './config';

const read = (env: Record<string, string>) => readEnvironment({ DATA_DIR: '/data', ...env });

describe('the environment', () => {
  it('listens on this machine only, handles pages and jobs, when nothing is set', () => {
    expect(read({})).toMatchObject({
      HOST: '127.0.0.1',
      ROLE: 'all',
      LOG_LEVEL: 'log',
      NODE_ENV: 'production',
    });
    expect(read({}).PORT).toBeUndefined();
  });

  it('takes an empty variable as absent', () => {
    expect(read({ PORT: '', DATABASE_URL: '', REDIS_URL: '' })).toMatchObject({ HOST: '127.0.0.1' });
  });

  it.each([
    [{ PORT: '70000' }, 'PORT'],
    [{ DATABASE_URL: 'mysql://x/y' }, 'DATABASE_URL'],
    [{ REDIS_URL: 'http://x' }, 'REDIS_URL'],
    [{ SMTP_URL: 'mail.example.com' }, 'SMTP_URL'],
    [{ PUBLIC_URL: 'dung-hen' }, 'PUBLIC_URL'],
    [{ ROLE: 'boss' }, 'ROLE'],
    [{ SESSION_KEY: 'short' }, 'SESSION_KEY'],
    [{ NOW: 'yesterday' }, 'NOW'],
    [{ NOW: '2026-11-23T09:00:00+07:00', DATABASE_URL: 'postgres://h/d' }, 'NOW'],
  ])('refuses %j and names the variable', (env, name) => {
    expect(() => read(env as Record<string, string>)).toThrow(ConfigurationError);
    expect(() => read(env as Record<string, string>)).toThrow(new RegExp(`- ${name}:`));
  });

  it('allows a shifted clock beside DATABASE_URL in tests', () => {
    const env = { NOW: '2026-11-23T09:00:00+07:00', DATABASE_URL: 'postgres://h/d', NODE_ENV: 'test' };
    expect(read(env).NOW).toBe('2026-11-23T09:00:00+07:00');
  });

  it('lists every fault at once', () => {
    expect(() => read({ PORT: 'x', ROLE: 'boss' })).toThrow(/PORT[\s\S]*ROLE/);
  });
});
