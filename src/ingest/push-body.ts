import type { FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { AppError } from '../platform/errors';
import { parsedJson } from '../web/json-body';

/** A thousand records with their attachments' addresses stay below. */
const PUSH_LIMIT_MB = 8;
const LIMIT = PUSH_LIMIT_MB * 1024 * 1024;
/** So many times the limit is read on: a sender who is cut off in mid-sentence never sees the answer. */
const PATIENCE = 5;

/** @throws AppError PUSH_TOO_LARGE, JSON_UNREADABLE, JSON_KEY_TWICE */
export async function pushedJson({ body }: FastifyRequest): Promise<unknown> {
  if (!(body instanceof Readable)) throw new AppError('JSON_UNREADABLE');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= LIMIT) chunks.push(chunk);
    else chunks.length = 0;
    if (size > LIMIT * PATIENCE) break;
  }
  if (size > LIMIT) throw new AppError('PUSH_TOO_LARGE', { limit: PUSH_LIMIT_MB });
  return parsedJson(Buffer.concat(chunks));
}
