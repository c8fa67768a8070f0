import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { Runtime } from '../platform/runtime';
import { ApiDescription } from './api-docs';
import { registerCsrf } from './csrf';
import { registerJsonBody } from './json-body';
import { registerSecurity } from './security';
import { StaticFiles } from './static-files';
import { validationPipe } from './validation';

const MEBIBYTE = 1024 * 1024;

/** Everything between the socket and the controllers; main.ts and the tests call it before listening. */
export async function configureApp(app: NestFastifyApplication): Promise<void> {
  const runtime = app.get(Runtime);
  const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  await registerSecurity(server, runtime);
  await server.register(cookie, { secret: runtime.sessionKey });
  await registerCsrf(server, runtime);
  await app.register(multipart as never, {
    limits: { files: 5, fileSize: 64 * MEBIBYTE, fields: 100, fieldSize: MEBIBYTE },
  });
  registerJsonBody(app);
  app.get(StaticFiles).register(server);
  app.useGlobalPipes(validationPipe());
  app.get(ApiDescription).describes(app);
}
