import { NotFoundException } from '@nestjs/common';
import { AppError } from '../platform/errors';
import { faultOf } from './fault';
import { incidentNumber } from './incident';

const fail = (e: unknown) => faultOf(e, '/ho-so/1', () => 'AB12-0926');

describe('what a reader learns about a failure', () => {
  it.each([
    [new AppError('CASE_NOT_FOUND', { code: 'X-1' }), 404, 'CASE_NOT_FOUND', null],
    [new NotFoundException('Cannot GET /ho-so/1'), 404, 'PAGE_NOT_FOUND', null],
    [Object.assign(new Error('too large'), { statusCode: 413 }), 413, 'BODY_TOO_LARGE', null],
    [Object.assign(new Error('slow down'), { statusCode: 429 }), 429, 'TOO_MANY_REQUESTS', null],
    [Object.assign(new Error('bad JSON'), { statusCode: 400 }), 400, 'REQUEST_UNREADABLE', null],
    [new Error('password authentication failed for user "x"'), 500, 'UNEXPECTED', 'AB12-0926'],
    ['a string', 500, 'UNEXPECTED', 'AB12-0926'],
    [null, 500, 'UNEXPECTED', 'AB12-0926'],
  ])('%s: %s %s', (error, status, code, incident) => {
    expect(fail(error)).toMatchObject({ status, code, incident });
  });

  it('never the message of an unknown error', () => {
    expect(JSON.stringify(fail(new Error('secret of the database')))).not.toContain('secret');
  });

  it('an incident number can be said on the telephone: four digits and the time', () => {
    expect(incidentNumber(new Date('2026-08-26T09:26:40+07:00'))).toMatch(/^[0-9A-F]{4}-0926$/);
  });
});
