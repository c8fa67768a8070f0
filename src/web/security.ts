import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';
import type { Runtime } from '../platform/runtime';

/** Nothing from another host, nothing inline. */
const CONTENT_SECURITY_POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'"],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

const policy = (directives: Record<string, string[]>): string =>
  Object.entries(directives)
    .map(([name, values]) => [name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`), ...values].join(' '))
    .join('; ');

/** A page that shows a document of this service in a frame. */
export const FRAMING_POLICY = policy({ ...CONTENT_SECURITY_POLICY, frameSrc: ["'self'"] });

/** A mail in such a frame: styled inline as mails are, and nothing else. */
export const FRAMED_MAIL_POLICY = policy({
  defaultSrc: ["'none'"],
  styleSrc: ["'unsafe-inline'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'self'"],
  sandbox: [],
});

export async function registerSecurity(server: FastifyInstance, runtime: Runtime): Promise<void> {
  const https = runtime.publicUrl().startsWith('https:');
  await server.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CONTENT_SECURITY_POLICY },
    // Browsers warn about these three on plain http, which offices use inside their own network.
    strictTransportSecurity: https,
    crossOriginOpenerPolicy: https,
    originAgentCluster: https,
    referrerPolicy: { policy: 'same-origin' },
  });
  await server.register(compress, { encodings: ['gzip'], threshold: 1024, globalDecompression: false });
  server.addHook('onSend', (_request, reply, _payload, done) => {
    // Pages and files hold personal data; only the hashed static files may be kept.
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    // The browser's own PDF viewer is styled inline and would come up empty.
    if (String(reply.getHeader('content-type')).startsWith('application/pdf'))
      void reply.removeHeader('content-security-policy');
    done();
  });
}
