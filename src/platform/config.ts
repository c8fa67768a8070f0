import { z } from 'zod';

const flag = (text: string) => z.string().trim().min(1, text);

const schema = z
  .object({
    NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
    PORT: z.coerce.number().int().min(0).max(65_535).optional(),
    HOST: flag('HOST không được trống').default('127.0.0.1'),
    DATA_DIR: flag('DATA_DIR không được trống'),
    DATABASE_URL: z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'DATABASE_URL phải bắt đầu bằng postgres://')
      .optional(),
    REDIS_URL: z
      .string()
      .regex(/^rediss?:\/\//, 'REDIS_URL phải bắt đầu bằng redis://')
      .optional(),
    SMTP_URL: z
      .string()
      .regex(/^smtps?:\/\//, 'SMTP_URL phải bắt đầu bằng smtp:// hoặc smtps://')
      .optional(),
    MAIL_FROM: z.string().default('Đúng Hẹn <dung-hen@localhost>'),
    ALLOW_PRIVATE_WEBHOOKS: z
      .enum(['true', 'false'], 'ALLOW_PRIVATE_WEBHOOKS là true hoặc false')
      .default('false')
      .transform((text) => text === 'true'),
    PUBLIC_URL: z.url('PUBLIC_URL phải là một địa chỉ http(s)').optional(),
    ROLE: z.enum(['all', 'web', 'worker']).default('all'),
    LOG_LEVEL: z.enum(['error', 'warn', 'log', 'debug']).default('log'),
    IMPORT_FOLDER: z.string().trim().min(1).optional(),
    IMPORT_CHUNK_ROWS: z.coerce.number().int().min(100).max(100_000).default(20_000),
    SESSION_KEY: z.string().min(32, 'SESSION_KEY cần ít nhất 32 ký tự').optional(),
    NOW: z.iso.datetime({ offset: true, error: 'NOW phải có dạng 2026-11-23T09:00:00+07:00' }).optional(),
  })
  .refine((e) => !(e.NOW && e.DATABASE_URL && e.NODE_ENV !== 'test'), {
    path: ['NOW'],
    message: 'NOW chỉ dùng để trình diễn, không dùng cùng DATABASE_URL',
  });

export type Environment = z.infer<typeof schema>;

export class ConfigurationError extends Error {}

/**
 * Reads the environment once; empty variables count as absent.
 * @throws ConfigurationError that lists every fault at once.
 */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const given = Object.fromEntries(Object.entries(env).filter(([, v]) => v !== ''));
  const result = schema.safeParse(given);
  if (result.success) return Object.freeze(result.data);
  const faults = result.error.issues.map((i) => `  - ${i.path.join('.')}: ${i.message}`);
  throw new ConfigurationError(`Cấu hình chưa đúng:\n${faults.join('\n')}`);
}
