import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** ROLE=worker: handles jobs, opens no port. */
export async function startWorker(app: NestFastifyApplication): Promise<null> {
  await app.init();
  return null;
}
