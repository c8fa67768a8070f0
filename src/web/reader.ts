import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

export const ROLES = ['officer', 'supervisor', 'clerk', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** Who asks. Every query is limited to `communeIds`. */
export interface Reader {
  kind: 'user' | 'api-key';
  /** user_account.id, or api_key.id */
  id: number;
  name: string;
  title: string;
  role: Role;
  unitId: number;
  /** The department the person sits in, null when the account belongs to a commune or the province. */
  departmentId: number | null;
  communeIds: number[];
  /** Shown beside the product's name, e.g. "TTPVHCC xã Bình Lư". */
  unitName: string;
  letterKeys: boolean;
  /** Binds the CSRF token; empty for API keys. */
  sessionId: string;
}

/** The request as controllers see it after the guard of `auth/`. */
export interface ReaderRequest extends FastifyRequest {
  reader?: Reader;
}

export const ROLES_KEY = 'roles';

/** Who may call the route. A route without `@Roles` or `@Public` is refused at start. */
export const Roles = (...roles: Role[]) => SetMetadata(ROLES_KEY, roles);

/** Any signed-in person. */
export const SignedIn = () => SetMetadata(ROLES_KEY, [...ROLES]);

/** No sign-in needed. */
export const Public = () => SetMetadata(ROLES_KEY, []);

export const UNATTENDED_KEY = 'unattended';

/** The open page asks, not a person: the request does not keep a session from ending. */
export const Unattended = () => SetMetadata(UNATTENDED_KEY, true);

export const CurrentReader = createParamDecorator((_: unknown, context: ExecutionContext): Reader => {
  const { reader } = context.switchToHttp().getRequest<ReaderRequest>();
  if (!reader) throw new Error('route without a reader: mark it @Roles or @SignedIn');
  return reader;
});
