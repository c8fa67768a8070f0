import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isUtf8 } from 'node:buffer';
import { AppError } from '../platform/errors';
import { depthOf, MAX_DEPTH, repeatedKey } from './repeated-key';

/**
 * JSON as it stands: of a key that an object holds twice nobody knows which value is meant, so neither is taken.
 * @throws AppError JSON_UNREADABLE, JSON_KEY_TWICE
 */
export function parsedJson(bytes: Buffer): unknown {
  const text = isUtf8(bytes) ? bytes.toString('utf8').replace(/^\ufeff/, '') : '';
  const parsed = parse(text);
  if (typeof parsed !== 'object' || parsed === null) return parsed;
  if (depthOf(parsed) > MAX_DEPTH) throw new AppError('JSON_UNREADABLE');
  const key = repeatedKey(text, parsed);
  if (key !== null) throw new AppError('JSON_KEY_TWICE', { key: key.slice(0, 80) });
  return parsed;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new AppError('JSON_UNREADABLE');
  }
}

export function registerJsonBody(app: NestFastifyApplication): void {
  const { bodyLimit } = (app.getHttpAdapter().getInstance() as unknown as FastifyInstance).initialConfig;
  const limit = bodyLimit === undefined ? {} : { bodyLimit };
  app.useBodyParser('application/json', limit, (_: FastifyRequest, body: Buffer) =>
    Promise.resolve().then(() => parsedJson(body)),
  );
}
