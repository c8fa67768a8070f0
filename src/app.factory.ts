import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module';
import type { Clock } from './platform/clock';
import { ServiceLogger } from './platform/logger';
import type { Runtime } from './platform/runtime';
import { configureApp } from './web/configure-app';

const options = (runtime: Runtime) => ({
  logger: new ServiceLogger(runtime.env.LOG_LEVEL),
  abortOnError: false,
});

/** The whole service with its pages and API. Jobs start with `init` or `listen`, which is left to the caller. */
export async function createWebApp(runtime: Runtime, clock: Clock): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ trustProxy: 'loopback' });
  const module = AppModule.with(runtime, clock);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, options(runtime));
  await configureApp(app);
  return app;
}

/** The same without pages and without handling jobs: for commands. */
export function createCommandContext(runtime: Runtime, clock: Clock): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(AppModule.with(runtime, clock), options(runtime));
}
