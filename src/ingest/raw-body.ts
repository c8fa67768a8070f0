import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';

export const IMPORTS_ROUTE = '/api/v1/imports';
const RAW = 'application/octet-stream';

/**
 * Lets the API take a file as the bare body, whatever its type: the body stays a stream, so that it is read only
 * after the caller is known, and a JSON file is not parsed by the framework.
 */
@Injectable()
export class RawBody implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter?.getInstance() as FastifyInstance | undefined;
    if (typeof server?.addContentTypeParser !== 'function') return;
    if (!server.hasContentTypeParser(RAW))
      server.addContentTypeParser(RAW, (_, payload, done) => done(null, payload));
    server.addHook('onRequest', (request, _reply, done) => {
      if (isBareFile(request)) request.raw.headers['content-type'] = RAW;
      done();
    });
  }
}

const isBareFile = ({ method, url, headers }: FastifyRequest): boolean =>
  method === 'POST' &&
  url.split('?')[0] === IMPORTS_ROUTE &&
  !String(headers['content-type'] ?? '').startsWith('multipart/');
