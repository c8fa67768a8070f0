import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** A file or a push: who sends it is known before it is read, or by what is read. */
const RAW_ROUTES = ['/api/v1/imports', '/api/v1/portal'];
const RAW = 'application/octet-stream';

/**
 * Lets the API take a file or a push as the bare body, whatever its type: the body stays a stream, so that it is read
 * only after the caller is known, and a JSON file is not parsed by the framework.
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
  RAW_ROUTES.includes(url.split('?')[0] ?? '') &&
  !String(headers['content-type'] ?? '').startsWith('multipart/');
