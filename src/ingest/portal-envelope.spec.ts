import { AppError } from '../platform/errors';
import { envelopeOf, keyIn, MOST_RECORDS } from './portal-envelope';

const sound = { service: 'DongBoHoSoMC', isUpdating: 'False', data: [{ MaHoSo: '1' }] };
const codeOf = (body: unknown): string | null => {
  try {
    envelopeOf(body);
    return null;
  } catch (e) {
    return (e as AppError).code;
  }
};

describe('an envelope', () => {
  it.each<[string, unknown, string | null]>([
    ['as the clients send it', sound, null],
    ['of the other service', { ...sound, service: 'CapNhatTienDoHoSoMC' }, null],
    ['without a flag', { service: sound.service, data: sound.data }, null],
    ['with the most records', { ...sound, data: Array(MOST_RECORDS).fill({}) }, null],
    ['with one more', { ...sound, data: Array(MOST_RECORDS + 1).fill({}) }, 'PORTAL_TOO_MANY'],
    ['of a service written otherwise', { ...sound, service: 'dongbohosomc' }, 'PORTAL_SERVICE'],
    ['whose service is no text', { ...sound, service: 5 }, 'PORTAL_SERVICE'],
    ['with a number for a flag', { ...sound, isUpdating: 1 }, 'PORTAL_UPDATING'],
    ['with an object for a flag', { ...sound, isUpdating: {} }, 'PORTAL_UPDATING'],
    ['whose data is missing', { service: sound.service }, 'PORTAL_DATA'],
    ['whose data is text', { ...sound, data: '[]' }, 'PORTAL_DATA'],
    ['with a list among its records', { ...sound, data: [[]] }, 'PORTAL_DATA'],
    ['with null among its records', { ...sound, data: [null] }, 'PORTAL_DATA'],
    ['that is null', null, 'PORTAL_SERVICE'],
    ['that is a number', 7, 'PORTAL_SERVICE'],
  ])('%s', (_, body, code) => {
    expect(codeOf(body)).toBe(code);
  });
});

describe('the key', () => {
  it.each<[string, unknown, string | null]>([
    ['stands in session', { session: 'dh_a' }, 'dh_a'],
    ['stands in token', { token: ' dh_a ' }, 'dh_a'],
    ['in session wins', { session: 'dh_a', token: 'dh_b' }, 'dh_a'],
    ['of an empty session is that in token', { session: '', token: 'dh_b' }, 'dh_b'],
    ['is no number', { session: 5 }, null],
    ['is not there', {}, null],
    ['is in no list', ['dh_a'], null],
  ])('%s', (_, body, key) => {
    expect(keyIn(body)).toBe(key);
  });
});
