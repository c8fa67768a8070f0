import { ConsoleLogger, type LogLevel } from '@nestjs/common';
import type { Environment } from './config';

const LEVELS: LogLevel[] = ['fatal', 'error', 'warn', 'log', 'debug'];

/** Contexts in which Nest lists every module and route at start: of use only when debugging. */
const CHATTER = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** Everything goes to stderr: stdout belongs to what a command answers. One JSON object a line when not on a screen. */
export class ServiceLogger extends ConsoleLogger {
  constructor(level: Environment['LOG_LEVEL']) {
    super({
      logLevels: LEVELS.slice(0, LEVELS.indexOf(level) + 1),
      json: !process.stderr.isTTY,
      redact: ['password', 'token', 'secret', 'authorization', 'cookie'],
    });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (typeof context === 'string' && CHATTER.has(context) && !this.isLevelEnabled('debug')) return;
    super.log(message, ...(rest as [string?]));
  }

  protected override printMessages(
    ...[messages, context, level, , stack, params]: Parameters<ConsoleLogger['printMessages']>
  ): void {
    super.printMessages(messages, context, level, 'stderr', stack, params);
  }

  protected override printAsJson(...[message, options]: Parameters<ConsoleLogger['printAsJson']>): void {
    super.printAsJson(message, { ...options, writeStreamType: 'stderr' });
  }
}
