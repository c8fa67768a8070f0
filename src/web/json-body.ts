import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isUtf8 } from 'node:buffer';
import { AppError } from '../platform/errors';
import { repeatedKey } from './repeated-key';

type Done = (error: Error | null, body?: unknown) => void;

/**
 * JSON as it stands: of a key that an object holds twice nobody knows which value is meant, so neither is taken.
 * @throws (through `done`) AppError JSON_UNREADABLE, JSON_KEY_TWICE
 */
export function registerJsonBody(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  const { bodyLimit } = server.initialConfig;
  const parse = server.getDefaultJsonParser('error', 'error');
  app.useBodyParser(
    'application/json',
    { ...(bodyLimit === undefined ? {} : { bodyLimit }) },
    (request: FastifyRequest, body: Buffer, done: Done) => {
      if (!isUtf8(body)) return done(new AppError('JSON_UNREADABLE'));
      const text = body.toString('utf8');
      void parse(request, text, (error, parsed) =>
        error ? done(new AppError('JSON_UNREADABLE')) : done(repeatedIn(text, parsed), parsed),
      );
    },
  );
}

function repeatedIn(text: string, parsed: unknown): AppError | null {
  if (typeof parsed !== 'object' || parsed === null) return null;
  const key = repeatedKey(text, parsed);
  return key === null ? null : new AppError('JSON_KEY_TWICE', { key: key.slice(0, 80) });
}
