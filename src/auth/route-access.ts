import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { ROLES_KEY, type Role } from '../web/reader';

export interface Route {
  /** Class.method */
  at: string;
  /** undefined: says nothing; empty: public */
  roles: Role[] | undefined;
}

type Handler = (...args: unknown[]) => unknown;

/** Refuses to start while a route does not say who may call it. */
@Injectable()
export class RouteAccess implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** @throws Error that names every such route */
  onApplicationBootstrap(): void {
    const silent = this.routes().filter((route) => route.roles === undefined);
    if (silent.length > 0)
      throw new Error(
        `Routes without @Roles, @SignedIn or @Public:\n${silent.map(({ at }) => `  - ${at}`).join('\n')}`,
      );
  }

  routes(): Route[] {
    return this.discovery.getControllers().flatMap(({ metatype }) => {
      const controller = metatype as (new (...args: never[]) => object) | null;
      return controller ? this.routesOf(controller) : [];
    });
  }

  private routesOf(controller: new (...args: never[]) => object): Route[] {
    const prototype = controller.prototype as Record<string, Handler>;
    return this.scanner
      .getAllMethodNames(prototype)
      .map((name) => ({ name, handler: prototype[name] as Handler }))
      .filter(({ handler }) => Reflect.hasMetadata(PATH_METADATA, handler))
      .map(({ name, handler }) => ({
        at: `${controller.name}.${name}`,
        roles: this.reflector.getAllAndOverride<Role[] | undefined>(ROLES_KEY, [handler, controller]),
      }));
  }
}
