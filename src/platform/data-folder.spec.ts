import * as path from 'node:path';
import { commandFolder, serviceFolder } from './data-folder';
import { PROJECT_ROOT } from './paths';
import type { RunRecord } from './run-record';

const below = (name: string) => path.join(PROJECT_ROOT, '.data', name);
const service = (dataDir: string): RunRecord => ({
  pid: 1,
  dataDir,
  url: 'http://x',
  externalDatabase: false,
});

describe('the data folder of a service', () => {
  it.each([
    ['real', {}, below('chinh')],
    ['demo', {}, below('demo')],
    ['real', { DATA_DIR: '/srv/dung-hen' }, '/srv/dung-hen'],
    ['demo', { DATA_DIR: 'xem-thu' }, path.join(PROJECT_ROOT, 'xem-thu')],
    ['real', { DATA_DIR: '' }, below('chinh')],
  ] as const)('of kind %s with %j is %s', (kind, env, folder) => {
    expect(serviceFolder(kind, env)).toBe(folder);
  });
});

describe('a command works on the data', () => {
  it.each([
    ['of DATA_DIR, whatever runs', { DATA_DIR: '/a' }, ['/b'], '/a'],
    ['of the only running service', {}, [below('demo')], below('demo')],
    ['of a service with several processes', {}, [below('demo'), below('demo')], below('demo')],
    ['in the usual place when two services run', {}, [below('demo'), '/other'], below('chinh')],
    ['in the usual place when nothing runs', {}, [], below('chinh')],
    [
      'in the usual place when DATABASE_URL is given',
      { DATABASE_URL: 'postgres://h/d' },
      ['/b'],
      below('chinh'),
    ],
  ])('%s', (_name, env, running, folder) => {
    expect(commandFolder(env as NodeJS.ProcessEnv, running.map(service)).dataDir).toBe(folder);
  });
});
